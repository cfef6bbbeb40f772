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

import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, so that tests neither sleep nor guess. */
export interface Timing {
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** Resolves after a time, or at once when the signal is given; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  // Waiting for the next attempt keeps no process alive.
  sleep: (ms, signal) =>
    delay(ms, undefined, { signal, ref: false }).catch(() => {}),
};
