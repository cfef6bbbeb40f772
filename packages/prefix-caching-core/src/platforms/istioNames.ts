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

import { sha256Hex } from './sha256';

const LONGEST = 63;
const HASH = 8;
const SEPARATOR = '-ip-';

/** The GatewayClass Istio makes for itself, of controller istio.io/gateway-controller. @public */
export const DEFAULT_GATEWAY_CLASS = 'istio';

/**
 * The name of the Service Istio makes for an InferencePool: the pool's name,
 * cut to fit, and the beginning of the SHA-256 of the whole.
 *
 * Source: istio/istio, pilot/pkg/config/kube/gateway/inferencepool_collection.go.
 *
 * @public
 */
export function shadowServiceName(pool: string): string {
  const hash = sha256Hex(pool).slice(0, HASH);
  return pool.slice(0, LONGEST - SEPARATOR.length - HASH) + SEPARATOR + hash;
}

/**
 * What Envoy calls the route of one rule: its own name, else namespace,
 * HTTPRoute and the rule's position.
 *
 * Source: istio/istio, pilot/pkg/config/kube/gateway/conversion.go.
 *
 * @public
 */
export function envoyRouteName(
  namespace: string,
  route: string,
  index: number,
  ruleName?: string,
): string {
  return ruleName ?? `${namespace}.${route}.${index}`;
}
