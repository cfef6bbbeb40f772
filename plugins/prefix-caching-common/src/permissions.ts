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

import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';

/** To see verifications at all. @public */
export const verificationReadPermission = createPermission({
  name: 'prefix-caching.verification.read',
  attributes: { action: 'read' },
});

/** To have an entity's targets verified now. @public */
export const verificationRunPermission = createPermission({
  name: 'prefix-caching.verification.run',
  attributes: { action: 'create' },
  resourceType: 'catalog-entity',
});

/** To send real requests, which cost tokens. @public */
export const probeRunPermission = createPermission({
  name: 'prefix-caching.probe.run',
  attributes: { action: 'create' },
  resourceType: 'catalog-entity',
});

/** To read the last lines of an Endpoint Picker's log. @public */
export const routerLogReadPermission = createPermission({
  name: 'prefix-caching.router-log.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

/** To accept a finding for a time. @public */
export const waiverCreatePermission = createPermission({
  name: 'prefix-caching.waiver.create',
  attributes: { action: 'create' },
  resourceType: 'catalog-entity',
});

/** To see clusters, what may be read there, and services that no entity claims. @public */
export const clusterReadPermission = createPermission({
  name: 'prefix-caching.cluster.read',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. @public */
export const prefixCachingPermissions: Permission[] = [
  verificationReadPermission,
  verificationRunPermission,
  probeRunPermission,
  routerLogReadPermission,
  waiverCreatePermission,
  clusterReadPermission,
];
