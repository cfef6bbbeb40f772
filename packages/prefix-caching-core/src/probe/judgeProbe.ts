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

import type { ProbeResult } from '../observation';
import { prefixesFor } from './planProbe';
import type { ProbeAnswer, ProbeReading, ProbeRole } from './types';

/** What a probe found, before it is known who ran it and when. @public */
export type ProbeJudgement = Omit<ProbeResult, 'at' | 'by' | 'durationMs'>;

type Outcome = Pick<ProbeJudgement, 'outcome' | 'summary' | 'evidence'>;

/** Of a prompt, that counts as its prefix having been reused. */
const REUSED = 0.5;

/**
 * What the answers of a probe mean: by what the engines say of each request,
 * else by their counters. Time only corroborates.
 *
 * @public
 */
export function judgeProbe(reading: ProbeReading): ProbeJudgement {
  const { answers, replicas } = reading;
  const cold = of(answers, 'cold');
  const warm = of(answers, 'warm');
  const prefixes = warm.length;
  const tokens = warm.flatMap(({ promptTokens }) => promptTokens ?? []);
  const evidence = evidenceOf(warm);
  const hits = count(warm, isHit);
  const affine = count(warm, answer => sameReplica(answer, cold));
  const [control] = of(answers, 'control');
  const [large] = of(answers, 'large-warm');
  const controlHit = control && isHit(control);
  const largeBodyHit = large && isHit(large);
  const firstToken = (of_: readonly ProbeAnswer[]) =>
    median(of_.flatMap(({ firstToken: seconds }) => seconds ?? []));
  const sum = answers.reduce(
    (total, { promptTokens = 0 }) => total + promptTokens,
    0,
  );
  const seen: Seen = {
    reading,
    prefixes,
    hits,
    affine,
    prefixTokens: tokens.length > 0 ? Math.min(...tokens) : undefined,
    controlHit,
    evidence,
    cold: firstToken(cold),
    warm: firstToken(warm),
  };
  return {
    ...outcomeOf(seen),
    replicas,
    prefixes,
    ...(seen.prefixTokens !== undefined && { prefixTokens: seen.prefixTokens }),
    // A prefix that is only its own cannot hit elsewhere than where it was sent.
    ...(affine !== undefined
      ? { affine }
      : hits === prefixes && prefixes > 0 && { affine: hits }),
    ...(hits !== undefined && { hits }),
    ...(controlHit !== undefined && { controlMissed: !controlHit }),
    ...(largeBodyHit !== undefined && { largeBodyHit }),
    timeToFirstToken: {
      ...(seen.cold !== undefined && { cold: seen.cold }),
      ...(seen.warm !== undefined && { warm: seen.warm }),
    },
    requests: answers.length,
    ...(sum > 0 && { promptTokens: sum }),
  };
}

interface Seen {
  reading: ProbeReading;
  prefixes: number;
  /** Warm requests answered from cache; absent where that cannot be told. */
  hits?: number;
  /** Warm requests that came to the replica of the cold one; absent where not all endpoints are known. */
  affine?: number;
  prefixTokens?: number;
  controlHit?: boolean;
  evidence: ProbeJudgement['evidence'];
  cold?: number;
  warm?: number;
}

/** Only where nobody else was there is it a proof. */
function proofOf({ otherTraffic }: ProbeReading): string {
  if (otherTraffic === false) {
    return 'routing by prefix is proved, with no other traffic';
  }
  return `consistent with routing by prefix, ${
    otherTraffic
      ? 'beside other traffic'
      : 'where other traffic cannot be ruled out'
  }`;
}

function outcomeOf(seen: Seen): Outcome {
  const { reading, prefixes, hits, affine, evidence } = seen;
  const { replicas, engineBlock, cacheTokens, prefixCaching } = reading;
  const tell = (
    outcome: Outcome['outcome'],
    summary: string,
    by = evidence,
  ): Outcome => ({ outcome, summary, evidence: by });

  if (replicas < 2) {
    return tell(
      'inconclusive',
      'Fewer than two replicas are ready, so that there is nothing to route.',
    );
  }
  if (
    engineBlock !== undefined &&
    seen.prefixTokens !== undefined &&
    seen.prefixTokens <= engineBlock
  ) {
    return tell(
      'inconclusive',
      `The prompt of ${seen.prefixTokens} tokens is shorter than one block of ${engineBlock}, and only whole blocks are reused.`,
    );
  }
  if (seen.controlHit) {
    return tell(
      'inconclusive',
      'A prefix that had never been sent was answered from cache too, so that a hit means nothing.',
    );
  }
  if (hits === undefined) {
    return tell('inconclusive', withoutEvidence(seen), timeEvidence(seen));
  }
  if (hits === prefixes) {
    return prefixes < prefixesFor(replicas)
      ? tell(
          'inconclusive',
          `All ${prefixes} repeats hit, too few to tell from chance with ${replicas} replicas.`,
        )
      : tell(
          'hit',
          `All ${prefixes} repeats were answered from cache: ${proofOf(
            reading,
          )}.`,
        );
  }
  const reached = affine === prefixes;
  if (hits === 0 && prefixCaching === 'off') {
    return tell(
      'miss',
      'No repeat was answered from cache: the engines say that prefix caching is off.',
    );
  }
  if (
    cacheTokens !== undefined &&
    cacheTokens < prefixes * (seen.prefixTokens ?? 0)
  ) {
    return tell(
      'inconclusive',
      `A replica's cache holds ${cacheTokens} tokens, fewer than the probe sends, so that a miss means nothing.`,
    );
  }
  if (reached) {
    return tell(
      'miss',
      `All ${prefixes} repeats came to the replica that had the prefix, and ${
        prefixes - hits
      } of them were not answered from cache.`,
    );
  }
  if (affine !== undefined) {
    return affine === prefixes - 1 && reading.otherTraffic !== false
      ? tell(
          'inconclusive',
          `${affine} of ${prefixes} repeats came back to their replica; one went elsewhere, which other traffic can explain.`,
        )
      : tell(
          'routing-at-fault',
          `${affine} of ${prefixes} repeats came to the replica that had the prefix.`,
        );
  }
  if (hits === 0) {
    return tell(
      'inconclusive',
      'No repeat was answered from cache, and with other traffic it cannot be told which replica answered: routing and engine look alike.',
    );
  }
  return hits >= prefixes - 1
    ? tell(
        'inconclusive',
        `${hits} of ${prefixes} repeats were answered from cache; one was not, which other traffic can explain.`,
      )
    : tell(
        'routing-at-fault',
        `${hits} of ${prefixes} repeats were answered from cache: the caches work, and the others went elsewhere.`,
      );
}

function withoutEvidence({ cold, warm }: Seen): string {
  const flag =
    'Neither the answers nor the counters say what came from cache; start the engines with --enable-prompt-tokens-details.';
  return cold !== undefined && warm !== undefined && warm < cold / 2
    ? `${flag} Repeats were answered sooner, which only hints at it.`
    : flag;
}

function timeEvidence({ cold, warm }: Seen): ProbeJudgement['evidence'] {
  return cold !== undefined && warm !== undefined ? 'time' : 'none';
}

/** The best that every warm request has. */
function evidenceOf(warm: readonly ProbeAnswer[]): ProbeJudgement['evidence'] {
  if (warm.length === 0) return 'none';
  if (warm.every(({ cachedTokens }) => cachedTokens !== undefined)) {
    return 'cached-tokens';
  }
  return warm.every(answer => cachedOf(answer) !== undefined)
    ? 'counters'
    : 'none';
}

function cachedOf(answer: ProbeAnswer): number | undefined {
  return answer.cachedTokens ?? answer.countedHitTokens;
}

function isHit(answer: ProbeAnswer): boolean | undefined {
  const cached = cachedOf(answer);
  if (cached === undefined) return undefined;
  const { promptTokens } = answer;
  return promptTokens === undefined
    ? cached > 0
    : cached >= promptTokens * REUSED;
}

function sameReplica(
  { prefix, endpoint }: ProbeAnswer,
  cold: readonly ProbeAnswer[],
): boolean | undefined {
  const first = cold.find(answer => answer.prefix === prefix)?.endpoint;
  return endpoint === undefined || first === undefined
    ? undefined
    : endpoint === first;
}

/** How many hold; `undefined` as soon as one cannot be told. */
function count(
  answers: readonly ProbeAnswer[],
  holds: (answer: ProbeAnswer) => boolean | undefined,
): number | undefined {
  let total = 0;
  for (const answer of answers) {
    const held = holds(answer);
    if (held === undefined) return undefined;
    if (held) total += 1;
  }
  return answers.length > 0 ? total : undefined;
}

function of(answers: readonly ProbeAnswer[], role: ProbeRole): ProbeAnswer[] {
  return answers.filter(answer => answer.role === role);
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
