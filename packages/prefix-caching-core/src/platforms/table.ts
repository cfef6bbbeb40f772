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

import { KSERVE_0_20 } from './kserve020';
import { RHAII_3_4_EA1 } from './rhaii34ea1';
import type { PlatformChoice, PlatformProfile } from './types';
import { UnknownPlatformError } from './unknownPlatform';

/** The platforms a deployment can be written for. @public */
export const PLATFORMS: readonly PlatformProfile[] = [
  RHAII_3_4_EA1,
  KSERVE_0_20,
];

/**
 * The profile of an id.
 *
 * @throws UnknownPlatformError when there is none; the message lists the ids there are.
 * @public
 */
export function findPlatform(id: string): PlatformProfile {
  const found = PLATFORMS.find(platform => platform.id === id);
  if (!found) {
    throw new UnknownPlatformError(
      `Platform '${id}' is not known. Expected one of ${PLATFORMS.map(
        platform => platform.id,
      ).join(', ')}. Choose the one your cluster runs.`,
    );
  }
  return found;
}

/**
 * The profile a plan means: the table's row, with the Istio release and TLS
 * that the plan says are different there.
 *
 * @throws UnknownPlatformError for an unknown id.
 * @public
 */
export function resolvePlatform(choice: PlatformChoice): PlatformProfile {
  if (typeof choice === 'string') {
    return findPlatform(choice);
  }
  const profile = findPlatform(choice.id);
  return {
    ...profile,
    istio: choice.istio ?? profile.istio,
    tls: choice.tls ?? profile.tls,
  };
}
