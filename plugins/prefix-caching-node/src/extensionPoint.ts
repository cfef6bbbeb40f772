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

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Check, PlatformProfile } from 'prefix-caching-core';

/**
 * What another team may add to the prefix-caching back end.
 *
 * Call it while a module registers; what is added later is not seen.
 *
 * @public
 */
export interface PrefixCachingExtensionPoint {
  /**
   * Adds checks, which run after the plugin's own in the order they were
   * added. They appear in the API, on the tab and in the history like any
   * other, under their own ids.
   *
   * A check is a pure function of an observation: it reads nothing itself and
   * keeps nothing. One that throws becomes an inconclusive finding of its own
   * and stops no other.
   *
   * @throws DuplicateCheckError when an id is taken, by the plugin's own checks
   * or by another module; the start of the back end ends with its message.
   */
  addCheck(...checks: Check[]): void;

  /**
   * Adds platforms that a deployment can be written for, beside the plugin's
   * own. The form and the API offer them by their ids.
   *
   * @throws an error when an id is taken; the start of the back end ends with
   * its message.
   */
  addPlatformProfile(...profiles: PlatformProfile[]): void;
}

/**
 * The extension point of the prefix-caching back end.
 *
 * @public
 */
export const prefixCachingExtensionPoint =
  createExtensionPoint<PrefixCachingExtensionPoint>({
    id: 'prefix-caching.extensions',
  });
