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

import { KSERVE_0_16 } from './kserve016';
import { KSERVE_0_17 } from './kserve017';
import { KSERVE_0_18 } from './kserve018';
import { KSERVE_0_19 } from './kserve019';
import { KSERVE_0_20 } from './kserve020';
import { ODH_0_20 } from './odh020';
import { RHAII_3_4_EA1 } from './rhaii34ea1';
import type { PlatformChoice, PlatformProfile } from './types';
import { UnknownPlatformError } from './unknownPlatform';
import { ISTIO_POOL_V1, isOlderThan } from './versions';
import { XKS_0_20 } from './xks020';

/** The platforms a deployment can be written for. @public */
export const PLATFORMS: readonly PlatformProfile[] = [
  RHAII_3_4_EA1,
  KSERVE_0_16,
  KSERVE_0_17,
  KSERVE_0_18,
  KSERVE_0_19,
  KSERVE_0_20,
  ODH_0_20,
  XKS_0_20,
];

/**
 * The profile of an id, among those given or those shipped.
 *
 * @throws UnknownPlatformError when there is none; the message lists the ids there are.
 * @public
 */
export function findPlatform(
  id: string,
  platforms: readonly PlatformProfile[] = PLATFORMS,
): PlatformProfile {
  const found = platforms.find(platform => platform.id === id);
  if (!found) {
    throw new UnknownPlatformError(
      `Platform '${id}' is not known. Expected one of ${platforms
        .map(platform => platform.id)
        .join(', ')}. Choose the one your cluster runs.`,
    );
  }
  return found;
}

/**
 * The profile a plan means: the table's row, with the Istio release and TLS
 * that the plan says are different there. Istio decides the group of the
 * pools that routes name: before 1.28 it reads the older one only.
 *
 * @throws UnknownPlatformError for an unknown id.
 * @public
 */
export function resolvePlatform(
  choice: PlatformChoice,
  platforms: readonly PlatformProfile[] = PLATFORMS,
): PlatformProfile {
  const { id, istio, tls } =
    typeof choice === 'string'
      ? { id: choice, istio: undefined, tls: undefined }
      : choice;
  const profile = findPlatform(id, platforms);
  const release = istio ?? profile.istio;
  return {
    ...profile,
    istio: release,
    tls: tls ?? profile.tls,
    poolGroup:
      profile.writesOlderPool && isOlderThan(release, ISTIO_POOL_V1)
        ? 'inference.networking.x-k8s.io'
        : profile.poolGroup,
  };
}
