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

import type { Observation } from '../observation';
import { countersOf } from './counters';
import { engineBlocks } from './engineBlocks';
import { pickerBlock } from './pickerBlock';

/** What the picker's index holds for each engine unless configured otherwise (epp.md §3.2). */
const DEFAULT_CAPACITY = 31_250;
/** KV cache in use from which blocks are evicted before they are used again. */
const FULL = 0.9;

interface Figures {
  /** Tokens of one engine's cache, the smallest of all. */
  cacheTokens?: number;
  /** Tokens the picker remembers for one engine. */
  indexTokens?: number;
  kvUsage?: number;
  /** Mean length of the prompts between the two samples. */
  promptTokens?: number;
  pieceTokens?: number;
}

function smallest(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.min(...values) : undefined;
}

/** Whether both are known, and one is less than the other. */
function isLess(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one < other;
}

function figuresOf(observation: Observation): Figures {
  const engines = observation.endpoints.flatMap(
    ({ engine }) => engine?.current?.metrics ?? [],
  );
  const { requests, promptTokens } = countersOf(observation.endpoints).engine;
  const picker = pickerBlock(observation);
  const blocks = engineBlocks(observation).flatMap(
    ({ tokens }) => tokens ?? [],
  );
  const piece = picker?.tokens ?? smallest(blocks);
  return {
    cacheTokens: smallest(
      engines.flatMap(({ blockSize, cacheBlocks }) =>
        blockSize !== undefined && cacheBlocks !== undefined
          ? blockSize * cacheBlocks
          : [],
      ),
    ),
    indexTokens:
      picker?.mode === 'approximate' && piece !== undefined
        ? piece * (picker.indexCapacity ?? DEFAULT_CAPACITY)
        : undefined,
    kvUsage: smallest(engines.flatMap(({ kvUsage }) => kvUsage ?? [])),
    promptTokens:
      requests && promptTokens !== undefined
        ? Math.round(promptTokens / requests)
        : undefined,
    pieceTokens: piece,
  };
}

/** Why a picker may believe in hits that engines do not deliver, as far as figures tell; nearest first. */
export function reasonsForTooMuch(observation: Observation): string[] {
  const { cacheTokens, indexTokens, kvUsage, promptTokens, pieceTokens } =
    figuresOf(observation);
  return [
    ...(isLess(promptTokens, pieceTokens)
      ? [
          `prompts average ${promptTokens} tokens, and a block holds ${pieceTokens}`,
        ]
      : []),
    ...(isLess(cacheTokens, indexTokens)
      ? [
          `the picker remembers ${indexTokens} tokens for each engine, whose cache holds ${cacheTokens}`,
        ]
      : []),
    ...(kvUsage !== undefined && kvUsage >= FULL
      ? [
          `the KV caches are ${Math.round(
            kvUsage * 100,
          )} % full, so blocks are evicted early`,
        ]
      : []),
  ];
}

/** Why engines may deliver hits that the picker does not know of. */
export function reasonsForTooLittle(observation: Observation): string[] {
  const { cacheTokens, indexTokens } = figuresOf(observation);
  const routers = observation.endpoints.filter(({ role }) => role === 'router');
  return [
    ...(routers.length > 1
      ? [`${routers.length} pickers run, and each knows only its own picks`]
      : []),
    ...(isLess(indexTokens, cacheTokens)
      ? [
          `the picker remembers ${indexTokens} tokens for each engine, whose cache holds ${cacheTokens}`,
        ]
      : []),
  ];
}
