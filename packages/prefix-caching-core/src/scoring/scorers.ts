/*
 * Copyright 2026 The Prefix Caching Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import type { EndpointFigures } from './types';

/** What a plugin of the Endpoint Picker is for, in words. @public */
export interface PluginDescription {
  /** The plugin type, such as `queue-scorer`. */
  type: string;
  /** Why it is there, one sentence. */
  purpose: string;
  /** How it decides, one sentence. */
  method: string;
  /** The score of one endpoint, 0 to 1, as a formula. */
  formula: string;
  /** What the score is computed from. */
  source: string;
}

/** A scorer whose formula is known. @public */
export interface ScorerDescription extends PluginDescription {
  /**
   * The score of an endpoint among all of them; `undefined` when a figure it
   * needs is.
   */
  score(
    endpoint: EndpointFigures,
    all: readonly EndpointFigures[],
  ): number | undefined;
}

/** Waiting requests from which load-aware-scorer gives nothing. */
const LOAD_THRESHOLD = 128;
/** Tokens in flight from which token-load-scorer gives nothing. */
const TOKEN_THRESHOLD = 4_194_304;

const LORA_SCORES = { active: 1, capacity: 0.8, waiting: 0.6, none: 0 };

/** Every scorer of epp.md §3.1 with its default parameters, in its order. @public */
export const SCORERS: readonly ScorerDescription[] = [
  {
    type: 'prefix-cache-scorer',
    purpose: 'Sends a request to the replica that holds its prompt prefix.',
    method:
      'Hashes the prompt block by block and counts the longest run of blocks that the picker believes cached there.',
    formula: 'matched blocks ÷ all blocks',
    source: 'the picker’s own record of its picks, or KV-cache events',
    score: ({ prefixMatch }) => prefixMatch,
  },
  {
    type: 'queue-scorer',
    purpose: 'Keeps requests away from replicas where others already wait.',
    method:
      'Spreads the replicas between the shortest and the longest queue, so that one waiting request costs the whole weight when no other replica has one.',
    formula: '(max − waiting) ÷ (max − min); 1 when all are equal',
    source: 'vllm:num_requests_waiting',
    score: ({ waiting }, all) =>
      shareBelow(
        waiting,
        all.map(e => e.waiting),
      ),
  },
  {
    type: 'kv-cache-utilization-scorer',
    purpose: 'Prefers replicas with KV cache to spare.',
    method: 'Takes the share of the KV cache that is not in use.',
    formula: '1 − KV in use',
    source: 'vllm:kv_cache_usage_perc',
    score: ({ kvUsage }) => (kvUsage === undefined ? undefined : 1 - kvUsage),
  },
  {
    type: 'running-requests-size-scorer',
    purpose: 'Prefers replicas that work on fewer requests.',
    method:
      'Spreads the replicas between the fewest and the most running requests.',
    formula: '(max − running) ÷ (max − min); 1 when all are equal',
    source: 'vllm:num_requests_running',
    score: ({ running }, all) =>
      shareBelow(
        running,
        all.map(e => e.running),
      ),
  },
  {
    type: 'load-aware-scorer',
    purpose: 'Keeps requests away from long queues, gently.',
    method:
      'Falls from one half without a queue to zero at 128 waiting requests.',
    formula: '0.5 · (1 − min(waiting, 128) ÷ 128)',
    source: 'vllm:num_requests_waiting',
    score: ({ waiting }) => freeShare(waiting, LOAD_THRESHOLD, 0.5),
  },
  {
    type: 'active-request-scorer',
    purpose:
      'Prefers replicas to which the picker has sent the fewest requests.',
    method:
      'Compares the requests that the picker itself has in flight, without waiting for a scrape.',
    formula: '1 when idle, else (max − active) ÷ max',
    source: 'requests in flight, as the picker counts them',
    score: scoreActiveRequests,
  },
  {
    type: 'lora-affinity-scorer',
    purpose: 'Sends a request to a replica that has its LoRA adapter loaded.',
    method: 'Ranks replicas by what they would have to do for the adapter.',
    formula: '1 adapter active, 0.8 room for it, 0.6 adapter waiting, else 0',
    source: 'vllm:lora_requests_info',
    score: ({ lora }) => lora && LORA_SCORES[lora],
  },
  {
    type: 'no-hit-lru-scorer',
    purpose: 'Spreads requests that no replica has cached.',
    method:
      'Prefers the replica that least recently got such a request; on any prefix hit it is the same for all.',
    formula: '0.5 for all on any hit, else 1 − rank ÷ (replicas − 1)',
    source: 'prefix matches and the order of cold requests',
    score: scoreNoHitLru,
  },
  {
    type: 'token-load-scorer',
    purpose: 'Prefers replicas with fewer tokens in flight.',
    method: 'Falls to zero at 4,194,304 tokens.',
    formula: '1 − min(tokens, 4194304) ÷ 4194304',
    source: 'tokens in flight, as the picker counts them',
    score: ({ activeTokens }) => freeShare(activeTokens, TOKEN_THRESHOLD, 1),
  },
  {
    type: 'precise-prefix-cache-scorer',
    purpose: 'Sends a request to the replica that holds its prompt prefix.',
    method:
      'Looks the prompt’s blocks up in an index fed by the engines’ KV-cache events. Deprecated: now prefix-cache-scorer with precise-prefix-cache-producer.',
    formula: 'matched blocks ÷ all blocks',
    source: 'KV-cache events of the engines',
    score: ({ prefixMatch }) => prefixMatch,
  },
];

/** Filters that decide on prefixes; they have no weight and no score. @public */
export const PREFIX_FILTERS: readonly PluginDescription[] = [
  {
    type: 'prefix-cache-affinity-filter',
    purpose: 'Leaves only replicas that hold most of the prefix.',
    method:
      'Keeps replicas with a match of at least 0.80, unless that would cost more than 18 s to the first token.',
    formula: 'match ≥ 0.80, unless the penalty is above 18,000 ms',
    source: 'prefix matches and predicted time to first token',
  },
];

const PREFIX_SCORERS: ReadonlySet<string> = new Set([
  'prefix-cache-scorer',
  'precise-prefix-cache-scorer',
]);

/** Whether a plugin type scores endpoints by the prefix they hold. @public */
export function isPrefixScorer(type: string): boolean {
  return PREFIX_SCORERS.has(type);
}

/** The scorer of that plugin type; `undefined` when its formula is not known. @public */
export function findScorer(type: string): ScorerDescription | undefined {
  return SCORERS.find(scorer => scorer.type === type);
}

/** Where a value lies between the largest (0) and the smallest (1) of all. */
function shareBelow(
  value: number | undefined,
  all: readonly (number | undefined)[],
): number | undefined {
  const known = all.filter(each => each !== undefined);
  if (value === undefined || known.length < all.length) return undefined;
  const [min, max] = [Math.min(...known), Math.max(...known)];
  return max === min ? 1 : (max - value) / (max - min);
}

function freeShare(
  used: number | undefined,
  limit: number,
  best: number,
): number | undefined {
  return used === undefined
    ? undefined
    : best * (1 - Math.min(used, limit) / limit);
}

function scoreActiveRequests(
  { active }: EndpointFigures,
  all: readonly EndpointFigures[],
): number | undefined {
  const known = all.map(each => each.active).filter(each => each !== undefined);
  if (active === undefined || known.length < all.length) return undefined;
  const max = Math.max(...known);
  return active === 0 ? 1 : (max - active) / max;
}

function scoreNoHitLru(
  { coldRank }: EndpointFigures,
  all: readonly EndpointFigures[],
): number | undefined {
  if (all.some(({ prefixMatch = 0 }) => prefixMatch > 0)) return 0.5;
  if (all.some(({ prefixMatch }) => prefixMatch === undefined))
    return undefined;
  if (all.length === 1) return 1;
  return coldRank === undefined ? undefined : 1 - coldRank / (all.length - 1);
}
