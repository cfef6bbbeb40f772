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

export * from './types';
export { PLATFORMS, findPlatform, resolvePlatform } from './table';
export { UnknownPlatformError } from './unknownPlatform';
export { detectPlatform } from './detectPlatform';
export {
  DEFAULT_GATEWAY_CLASS,
  envoyRouteName,
  shadowServiceName,
} from './istioNames';
export {
  ISTIO_MERGED_ROUTES_FIXED,
  ISTIO_POOL_V1,
  ISTIO_REQUEST_BODY,
  KSERVE_NAMED_RULES,
  KSERVE_SCHEDULER_CONFIG,
  compareVersions,
  isOlderThan,
} from './versions';
