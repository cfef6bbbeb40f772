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

import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { SeriesStore } from './types';

export interface SeriesKeeperOptions {
  store: SeriesStore;
  logger: LoggerService;
  retention: { samples: HumanDuration; hourlyMeans: HumanDuration };
  now?: () => number;
}

const HOUR_MS = 3_600_000;

/** Joins every hour that is over, and deletes what is too old. */
export class SeriesKeeper {
  readonly #options: SeriesKeeperOptions;
  readonly #now: () => number;

  static create(options: SeriesKeeperOptions) {
    return new SeriesKeeper(options);
  }

  private constructor(options: SeriesKeeperOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'prefix-caching-series',
      // Soon after the hour, when its last run is through.
      frequency: { cron: '5 * * * *' },
      timeout: { minutes: 30 },
      scope: 'global',
      fn: signal => this.keep(signal),
    });
  }

  /** Takes up where the last time ended, also after hours of standstill. */
  async keep(signal?: AbortSignal): Promise<void> {
    const { store, retention, logger } = this.#options;
    const now = this.#now();
    const oldest = now - durationToMilliseconds(retention.samples);
    const last = Math.floor(now / HOUR_MS) * HOUR_MS;
    // The newest hour again: what joined it may have been stopped half way.
    const newest = (await store.newestHour()) ?? 0;
    let joined = 0;
    for (
      let hour = Math.max(newest, Math.ceil(oldest / HOUR_MS) * HOUR_MS);
      hour <= last && !signal?.aborted;
      hour += HOUR_MS
    ) {
      joined += await store.joinHour(hour);
    }
    if (signal?.aborted) {
      // What is not joined yet must not be deleted.
      return;
    }
    const gone = await store.cleanSeries({
      run: new Date(oldest),
      hour: new Date(now - durationToMilliseconds(retention.hourlyMeans)),
    });
    logger.debug(
      `Series: ${joined} hourly rows written, ${gone} old rows gone`,
    );
  }
}
