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

import { TAIL_WORDS } from './planProbe';
import type { ProbeStep } from './types';

/** Of four and more letters, so that none is less than a token, and of no meaning. */
const WORDS = [
  'amber',
  'basin',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'harbour',
  'island',
  'jasper',
  'kettle',
  'lagoon',
  'meadow',
  'northern',
  'orchard',
  'pebble',
  'quarry',
  'river',
  'summit',
  'timber',
  'upland',
  'valley',
  'willow',
  'yonder',
];

/** Bytes of a body that goes where short ones may not (envoy#41654: about 6 kB). */
const LARGE_BODY_BYTES = 8 * 1024;

/** What to ask, and how it is kept apart from everybody else's cache. @public */
export interface ProbePrompt {
  prompt: string;
  /** Engines that know it mix it into the first block's hash. */
  cacheSalt: string;
  /** Ignored by engines; makes the body large without making the prompt long. */
  padding?: string;
}

/**
 * The prompt of one step. Prefixes begin with a nonce, so that nobody has ever
 * sent them, and are equal for equal steps; ends differ.
 *
 * @param nonce - random for each probe
 * @param serial - of the request within the probe
 *
 * @public
 */
export function probePrompt(
  step: ProbeStep,
  options: { nonce: string; prefixWords: number; serial: number },
): ProbePrompt {
  const { role, prefix } = step;
  const { nonce, prefixWords, serial } = options;
  const key = `${nonce}-${prefix}`;
  const words = (count: number, start: number) =>
    Array.from(
      { length: count },
      (_, index) => WORDS[(start + index * (1 + (start % 5))) % WORDS.length],
    );
  return {
    prompt: [
      key,
      ...words(prefixWords, prefix * 7),
      `Question ${serial}:`,
      ...words(TAIL_WORDS - 2, serial * 3 + 1),
    ].join(' '),
    cacheSalt: key,
    ...(role.startsWith('large') && { padding: 'x'.repeat(LARGE_BODY_BYTES) }),
  };
}
