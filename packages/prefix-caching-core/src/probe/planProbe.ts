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

import type { ProbePlan, ProbeStep, ProbeSubject } from './types';

/** So seldom may a router that ignores prefixes pass by chance. */
export const FALSE_PASS = 0.01;

/** Fewer pairs have no median worth the name. */
const FEWEST_PREFIXES = 3;

/** Blocks of the larger kind that a prefix is long. */
const BLOCKS = 4;

/** The smallest prefix of an Endpoint Picker since llm-d-router 0.9 (epp.md §3.2). */
const PICKER_BLOCK = 64;

/** Where no engine says: the largest block that attention of one kind has. */
const UNKNOWN_BLOCK = 256;

/** Words of a question's end, which differs from request to request. */
export const TAIL_WORDS = 12;

/** Tokens that tokenizers make of a word, at most on average. */
const TOKENS_PER_WORD = 2;

/**
 * How many prefixes tell a router that knows them from one that does not:
 * by chance all of them come back to the replica they were sent to first with
 * a probability of `replicas` to the power of minus this.
 */
export function prefixesFor(replicas: number): number {
  let prefixes = FEWEST_PREFIXES;
  while (replicas ** -prefixes > FALSE_PASS) prefixes += 1;
  return prefixes;
}

/**
 * By how much the order of the repeats is turned against that of the first
 * requests, so that a gateway which goes around the replicas in turn, as one
 * does whose picker is gone, brings as few as possible back to where they were.
 */
function turnFor(prefixes: number, replicas: number): number {
  const backByTurns = (turn: number) => {
    let back = 0;
    for (let nth = 0; nth < prefixes; nth++) {
      // The control stands between the two rows.
      const apart = prefixes + 1 + nth - ((nth + turn) % prefixes);
      if (apart % replicas === 0) back += 1;
    }
    return back;
  };
  let best = 0;
  for (let turn = 1; turn < prefixes; turn++) {
    if (backByTurns(turn) < backByTurns(best)) best = turn;
  }
  return best;
}

/**
 * What to send to a service: each prefix cold, one that must miss, then each
 * prefix again in another order, and a large body twice.
 *
 * @returns why nothing can be learned, where that is known beforehand.
 *
 * @public
 */
export function planProbe(
  subject: ProbeSubject,
): ProbePlan | { impossible: string } {
  const { replicas, maxModelLen } = subject;
  if (replicas < 2) {
    return {
      impossible: `${
        replicas === 1 ? 'Only one replica is' : 'No replica is'
      } ready: whether requests are routed by prefix shows from two on.`,
    };
  }
  const block = Math.max(
    subject.engineBlock ?? UNKNOWN_BLOCK,
    subject.pickerBlock ?? 0,
    PICKER_BLOCK,
  );
  const prefixWords = BLOCKS * block;
  const words = prefixWords + TAIL_WORDS;
  if (maxModelLen !== undefined && words * TOKENS_PER_WORD + 1 > maxModelLen) {
    return {
      impossible: `Four blocks of ${block} tokens may not fit into --max-model-len ${maxModelLen}, so that no prefix of a probe could be reused.`,
    };
  }
  const prefixes = prefixesFor(replicas);
  const each = (role: ProbeStep['role'], turn = 0) =>
    Array.from({ length: prefixes }, (_, nth) => ({
      role,
      prefix: (nth + turn) % prefixes,
    }));
  const steps: ProbeStep[] = [
    ...each('cold'),
    { role: 'control', prefix: prefixes },
    ...each('warm', turnFor(prefixes, replicas)),
    { role: 'large-cold', prefix: prefixes + 1 },
    { role: 'large-warm', prefix: prefixes + 1 },
  ];
  return {
    steps,
    prefixes,
    prefixWords,
    promptTokens: Math.round(steps.length * words * 1.4),
    outputTokens: steps.length,
  };
}
