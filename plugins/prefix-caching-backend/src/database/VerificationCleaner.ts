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
import { ForwardedError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { ProbeStore, VerificationStore, WaiverStore } from './types';

/** A target nobody has asked for in so long is no longer claimed by an entity. */
const ABANDONED_AFTER_MS = durationToMilliseconds({ days: 30 });

/** Deletes, once a day, what is older than the retention allows. */
export class VerificationCleaner {
  readonly #store: VerificationStore;
  readonly #waivers: WaiverStore;
  readonly #probes: ProbeStore;
  readonly #logger: LoggerService;
  readonly #retentionMs: number;
  readonly #now: () => number;

  static create(options: {
    store: VerificationStore;
    waivers: WaiverStore;
    probes: ProbeStore;
    logger: LoggerService;
    retention: HumanDuration;
    now?: () => number;
  }) {
    return new VerificationCleaner(options);
  }

  private constructor(
    options: Parameters<typeof VerificationCleaner.create>[0],
  ) {
    this.#store = options.store;
    this.#waivers = options.waivers;
    this.#probes = options.probes;
    this.#logger = options.logger;
    this.#retentionMs = durationToMilliseconds(options.retention);
    this.#now = options.now ?? (() => Date.now());
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'prefix-caching-retention',
      frequency: { cron: '0 3 * * *' },
      timeout: { hours: 1 },
      scope: 'global',
      fn: () => this.clean(),
    });
  }

  async clean(): Promise<void> {
    const now = this.#now();
    try {
      const gone = await this.#store.clean({
        changes: new Date(now - this.#retentionMs),
        records: new Date(now - ABANDONED_AFTER_MS),
      });
      const before = new Date(now - this.#retentionMs);
      const waivers = await this.#waivers.cleanWaivers(before);
      const probes = await this.#probes.cleanProbes(before);
      this.#logger.info(
        `Retention removed ${gone.changes} verdict changes, ${gone.records} abandoned targets, ${waivers} expired waivers and ${probes} probes`,
      );
    } catch (error) {
      throw new ForwardedError('Removing old verifications failed', error);
    }
  }
}
