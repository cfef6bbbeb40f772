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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Observation } from 'backstage-plugin-prefix-caching-common/core';
import { targetIdOf, targetKey } from '../verification/targetId';
import { eventsOf, marksOf } from './targetEvents';
import type { SeriesStore } from './types';
import { windowsOf } from './windowsOf';

export interface SeriesRecorderOptions {
  store: SeriesStore;
  logger: LoggerService;
  intervalSeconds: number;
}

/** Runs a window may span; a longer one holds an outage. */
const MAX_RUNS = 2.5;

/** A window is no longer than a few runs, even where runs are seconds apart. */
const MIN_REACH_SECONDS = 90;

/** Keeps of every observation what a chart needs. */
export class SeriesRecorder {
  readonly #options: SeriesRecorderOptions;

  static create(options: SeriesRecorderOptions) {
    return new SeriesRecorder(options);
  }

  private constructor(options: SeriesRecorderOptions) {
    this.#options = options;
  }

  /** Never throws: a chart with a gap is no reason to lose a verification. */
  async record(observation: Observation): Promise<void> {
    const { store, logger, intervalSeconds } = this.#options;
    const { target, endpoints } = observation;
    const targetId = targetIdOf(target);
    try {
      const before = await store.getMarks(targetId);
      const marks = marksOf(observation, before);
      const events = eventsOf(observation, before, marks);
      if (!before || marks.seenAt > before.seenAt) {
        await store.saveMarks(targetId, marks, events);
      }
      // What Prometheus keeps already is not kept twice.
      const sampled = endpoints.filter(
        ({ engine, router }) =>
          (engine ?? router)?.current?.source !== 'prometheus',
      );
      await store.saveWindows(
        targetId,
        sampled.length === 0
          ? []
          : windowsOf(
              endpoints,
              Math.max(MIN_REACH_SECONDS, MAX_RUNS * intervalSeconds),
            ),
      );
    } catch (error) {
      logger.error(
        `The figures of ${targetKey(target)} could not be kept`,
        toError(error),
      );
    }
  }
}
