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

import { pickOne, type Random } from '../random';
import { BlockCache } from './blockCache';
import type { EngineReplica, Served } from './engine';
import { Histogram } from './exposition';
import type { Scorer } from './pickerConfig';
import type { Prompt } from './prompt';
import { SCORERS, type Candidate } from './scorers';

/** The EPP's smallest prefix block, in tokens. */
export const PICKER_BLOCK_TOKENS = 64;
const INDEX_CAPACITY = 31250;
const MOST_BLOCKS = 2048;

const RATIO_BOUNDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const BYTE_BOUNDS = [
  0, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536,
];
const LATENCY_BOUNDS = [
  0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
];
const TTFT_BOUNDS = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6,
];
const TOKEN_BOUNDS = [
  1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
];

export interface Endpoint {
  pod: string;
  engine: EngineReplica;
}

/** One pick, as the EPP's log tells of it. */
export interface Pick {
  at: number;
  requestId: string;
  pod?: string;
  /** By scorer, then by pod. */
  scores: { scorer: Scorer; byPod: Record<string, number> }[];
}

/** Picks kept until the log is written; more come in no second. */
const KEPT_PICKS = 100;

/** One EPP process: what it remembers, and what it counted. */
export class Picker {
  requests = 0;
  errors = 0;
  readonly picks = new Map<string, number>();
  readonly hitRatio = new Histogram(RATIO_BOUNDS);
  readonly hitBytes = new Histogram(BYTE_BOUNDS);
  readonly schedulingSeconds = new Histogram(LATENCY_BOUNDS);
  readonly timeToFirstToken = new Histogram(TTFT_BOUNDS);
  readonly inputTokens = new Histogram(TOKEN_BOUNDS);
  readonly pluginSeconds = new Map<string, Histogram>();
  modelName = '';
  #picks: Pick[] = [];
  readonly #index = new Map<string, BlockCache>();
  #coldOrder: string[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  get indexSize(): number {
    let size = 0;
    for (const cache of this.#index.values()) size += cache.size;
    return size;
  }

  /** Chooses an endpoint by the scorers, and remembers the prompt as sent there. */
  pick(
    prompt: Prompt,
    endpoints: Endpoint[],
    scorers: Scorer[],
    now: number,
  ): Endpoint | undefined {
    this.requests += 1;
    this.inputTokens.observe(prompt.tokens);
    const pick = this.#begin(now);
    if (endpoints.length === 0) {
      this.errors += 1;
      return undefined;
    }
    const followed = scorers.find(scorer => scorer.followsBlocksOf);
    const remembers = scorers.some(remembersPicks);
    const blocks = remembers
      ? prompt
          .blocks(PICKER_BLOCK_TOKENS, { includePartial: true })
          .slice(0, MOST_BLOCKS)
      : [];
    const candidates = endpoints.map(endpoint => ({
      ...this.#candidate(endpoint, blocks, now),
      ...(followed && { prefixRatio: toldShare(endpoint, prompt, followed) }),
    }));
    const totals = this.#score(candidates, scorers, pick);
    const best = Math.max(...totals);
    // Equal scores are decided by chance.
    const winners = endpoints.filter((_, index) => totals[index] === best);
    const chosen = pickOne(winners, this.#random) ?? endpoints[0];
    const candidate = candidates[endpoints.indexOf(chosen)];

    pick.pod = chosen.pod;
    this.#countPlugin('Picker', 'max-score-picker');
    this.picks.set(chosen.pod, (this.picks.get(chosen.pod) ?? 0) + 1);
    this.schedulingSeconds.observe(0.0001 + this.#random() * 0.0002);
    if (followed) {
      this.#countPlugin('DataProducer', 'precise-prefix-cache-producer');
    }
    if (remembers) {
      this.#countPlugin('DataProducer', 'approx-prefix-cache-producer');
      this.#remember(chosen.pod, blocks, candidate.prefixRatio);
    }
    return chosen;
  }

  /** The picks since this was last asked. */
  takePicks(): Pick[] {
    const picks = this.#picks;
    this.#picks = [];
    return picks;
  }

  /** Notes what the engine's answer showed. */
  observe(served: Served): void {
    this.timeToFirstToken.observe(served.timeToFirstToken);
  }

  /** Forgets endpoints that are gone. */
  retain(pods: Set<string>): void {
    for (const pod of [...this.#index.keys()]) {
      if (!pods.has(pod)) this.#index.delete(pod);
    }
  }

  #candidate(endpoint: Endpoint, blocks: string[], now: number): Candidate {
    const { pod, engine } = endpoint;
    const matched = this.#index.get(pod)?.match(blocks) ?? 0;
    return {
      pod,
      prefixRatio: blocks.length > 0 ? matched / blocks.length : 0,
      waiting: engine.waiting(now),
      running: engine.running(now),
      kvUsage: engine.kvUsage(now),
      coldRank: this.#coldOrder.indexOf(pod) + 1,
    };
  }

  #begin(at: number): Pick {
    const number = String(this.requests).padStart(12, '0');
    const requestId = `00000000-0000-4000-8000-${number}`;
    const pick: Pick = { at, requestId, scores: [] };
    this.#picks = [...this.#picks.slice(1 - KEPT_PICKS), pick];
    return pick;
  }

  #score(candidates: Candidate[], scorers: Scorer[], pick: Pick): number[] {
    const totals = candidates.map(() => 0);
    for (const scorer of scorers) {
      const { name, type, weight } = scorer;
      const scores = SCORERS[type]?.(candidates) ?? candidates.map(() => 0);
      const byPod = candidates.map(({ pod }, index) => [pod, scores[index]]);
      pick.scores.push({ scorer, byPod: Object.fromEntries(byPod) });
      scores.forEach((score, index) => {
        totals[index] += weight * Math.min(1, Math.max(0, score));
      });
      this.#countPlugin('Scorer', type, name);
    }
    return totals;
  }

  #remember(pod: string, blocks: string[], ratio: number) {
    const cache = this.#index.get(pod) ?? new BlockCache(INDEX_CAPACITY);
    this.#index.set(pod, cache);
    cache.keep(blocks);
    const matchedBlocks = Math.round(ratio * blocks.length);
    this.hitBytes.observe(matchedBlocks * PICKER_BLOCK_TOKENS * 4);
    if (blocks.length > 0) this.hitRatio.observe(ratio);
    if (ratio === 0) {
      this.#coldOrder = [...this.#coldOrder.filter(one => one !== pod), pod];
    }
  }

  #countPlugin(point: string, type: string, name = type) {
    const key = `${point}/${type}/${name}`;
    const histogram =
      this.pluginSeconds.get(key) ?? new Histogram(LATENCY_BOUNDS);
    this.pluginSeconds.set(key, histogram);
    histogram.observe(0.00001 + this.#random() * 0.00002);
  }
}

/** Whether a scorer goes by what the picker sent where, and not by what engines tell. */
export function remembersPicks({ type, followsBlocksOf }: Scorer): boolean {
  return type === 'prefix-cache-scorer' && followsBlocksOf === undefined;
}

/** What an engine's events say it holds: nothing where the two hash different blocks. */
function toldShare(
  { engine }: Endpoint,
  prompt: Prompt,
  { followsBlocksOf }: Scorer,
): number {
  const { tellsBlocks, blockSize } = engine.settings;
  return tellsBlocks && blockSize === followsBlocksOf
    ? engine.heldShare(prompt)
    : 0;
}
