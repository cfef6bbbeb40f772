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
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import { targetIdOf } from './targetId';

/** A target, and the entities whose tabs show it. */
export interface PublishedClaim {
  target: Target;
  entities: readonly { entityRef: string }[];
}

/**
 * Tells open pages that there is something new. Signals go to everybody who
 * listens, whatever they may see, so that they carry an id and no data.
 */
export class ChangePublisher {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  static create(options: { signals: SignalsService; logger: LoggerService }) {
    return new ChangePublisher(options.signals, options.logger);
  }

  private constructor(signals: SignalsService, logger: LoggerService) {
    this.#signals = signals;
    this.#logger = logger;
  }

  /** Tells the tabs of the entities that claim a target. */
  async publish(claim: PublishedClaim): Promise<void> {
    for (const { entityRef } of claim.entities) {
      await this.#send(`prefix-caching:${entityRef}`, {
        targetId: targetIdOf(claim.target),
      });
    }
  }

  /** Tells fleet pages, once for all targets of a run. */
  async publishFleet(): Promise<void> {
    await this.#send('prefix-caching:fleet', {});
  }

  async #send(channel: string, message: JsonObject): Promise<void> {
    try {
      await this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel,
        message,
      });
    } catch (error) {
      // Pages ask again by themselves; a portal without signals works too.
      this.#logger.debug(`No signal was sent on ${channel}: ${error}`);
    }
  }
}
