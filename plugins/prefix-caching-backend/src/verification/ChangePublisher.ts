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
import type { Claim } from './claims';
import { targetIdOf } from './targetId';

/**
 * Tells open tabs that there is something new. Signals go to everybody who
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

  async publish(claim: Claim): Promise<void> {
    for (const { entityRef } of claim.entities) {
      try {
        await this.#signals.publish({
          recipients: { type: 'broadcast' },
          channel: `prefix-caching:${entityRef}`,
          message: { targetId: targetIdOf(claim.target) },
        });
      } catch (error) {
        // Tabs ask again by themselves; a portal without signals works too.
        this.#logger.debug(`No signal was sent for ${entityRef}: ${error}`);
      }
    }
  }
}
