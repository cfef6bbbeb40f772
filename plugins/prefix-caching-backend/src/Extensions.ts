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

import type { PrefixCachingExtensionPoint } from 'backstage-plugin-prefix-caching-node';
import {
  PLATFORMS,
  withAddedChecks,
  type Check,
  type PlatformProfile,
} from 'backstage-plugin-prefix-caching-common/core';

/** What modules of other teams have added, each id once. */
export class Extensions implements PrefixCachingExtensionPoint {
  readonly #checks: Check[] = [];
  readonly #platforms: PlatformProfile[] = [];

  static create() {
    return new Extensions();
  }

  private constructor() {}

  addCheck(...checks: Check[]): void {
    withAddedChecks([...this.#checks, ...checks]);
    this.#checks.push(...checks);
  }

  addPlatformProfile(...profiles: PlatformProfile[]): void {
    for (const profile of profiles) {
      if (this.platforms.some(({ id }) => id === profile.id)) {
        throw new Error(
          `There is a platform '${profile.id}' already. Expected an id that no platform has; begin it with your team's or company's name, as in 'acme-${profile.id}'.`,
        );
      }
      this.#platforms.push(profile);
    }
  }

  /** In the order they were added. */
  get checks(): readonly Check[] {
    return this.#checks;
  }

  /** The plugin's own, then the added ones. */
  get platforms(): readonly PlatformProfile[] {
    return [...PLATFORMS, ...this.#platforms];
  }
}
