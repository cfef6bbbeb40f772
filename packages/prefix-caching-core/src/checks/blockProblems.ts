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

import type { EngineBlock } from './engineBlocks';
import { judge, listed } from './judgement';
import type { PickerBlock } from './pickerBlock';
import type { Judgement } from './types';

/** The largest block that an ordinary model has, on a TPU; models that mix attention with another state have far larger ones. */
const LARGEST_ORDINARY = 256;
/** Below this a picker without a floor of its own remembers so many pieces that it runs out of memory (llm-d-router#1158). */
const SMALLEST_PIECE = 16;

function describe(tokens: readonly number[]): string {
  return `${listed([...new Set(tokens)].map(String))} tokens`;
}

/** A block that no prompt fills. */
export function inert(engines: readonly EngineBlock[]): Judgement | undefined {
  const engine = engines.find(
    ({ tokens = 0, maxModelLen = Infinity }) => tokens > maxModelLen,
  );
  return (
    engine &&
    judge(
      'fail',
      'One block holds more tokens than the longest prompt, so nothing is ever cached.',
      `${engine.where}: block of ${engine.tokens}, --max-model-len ${engine.maxModelLen}`,
      {
        remedy:
          'Raise --max-model-len, or choose a smaller --block-size where the engine takes one.',
      },
    )
  );
}

/** Engines of one pool whose blocks differ. */
export function unlike(tokens: readonly number[]): Judgement | undefined {
  return new Set(tokens).size > 1
    ? judge(
        'warn',
        'Engines of one pool have blocks of different sizes.',
        describe(tokens),
        {
          remedy:
            'Give all replicas the same --block-size, so that a prefix that hits one would hit each.',
        },
      )
    : undefined;
}

/** A picker that remembers too many pieces. */
export function tooSmall(
  picker: PickerBlock | undefined,
): Judgement | undefined {
  const { configured, tokens } = picker ?? {};
  return picker?.mode === 'approximate' &&
    configured !== undefined &&
    configured === tokens &&
    configured < SMALLEST_PIECE
    ? judge(
        'warn',
        `The Endpoint Picker remembers pieces of ${configured} tokens, and may run out of memory.`,
        `${configured} tokens a piece`,
        { remedy: `Set it to ${SMALLEST_PIECE} tokens or more.` },
      )
    : undefined;
}

/** How long a prefix must be to hit, where all agree. */
export function smallestPrefix(
  tokens: readonly number[],
  picker: PickerBlock | undefined,
): Judgement {
  const smallest = Math.max(...tokens, picker?.tokens ?? 0);
  const actual = `${describe(tokens)} in engines, ${
    picker?.tokens === undefined
      ? 'not known of the picker'
      : `${picker.tokens} in the picker`
  }`;
  return smallest > LARGEST_ORDINARY
    ? judge(
        'warn',
        `Only prefixes of ${smallest} tokens or more can hit.`,
        actual,
        {
          remedy:
            'Compare with what your prompts share; a model of mixed attention has such blocks, and a shorter common beginning never hits.',
        },
      )
    : judge('pass', `Prefixes of ${smallest} tokens or more can hit.`, actual);
}
