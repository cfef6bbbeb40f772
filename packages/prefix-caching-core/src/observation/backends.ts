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

import { listAt, numberAt, PICKER_PORT, recordAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { namespaceOf } from './ObjectIndex';

/** Where a route's rule sends requests. @public */
export interface RouteBackend {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  port?: number;
  /** 1 where the route leaves it out; 0 gets nothing. */
  weight: number;
}

/** One rule of an HTTPRoute with its backends. @public */
export interface RouteRule {
  index: number;
  name?: string;
  backends: RouteBackend[];
  matches: unknown[];
}

/** The rules of an HTTPRoute, in order; told apart by backend and path, never by index. @public */
export function rulesOf(route: KubernetesObject): RouteRule[] {
  return listAt(route, 'spec', 'rules').map((rule, index) => ({
    index,
    name: textAt(rule, 'name'),
    matches: listAt(rule, 'matches'),
    backends: listAt(rule, 'backendRefs').map(backend => ({
      group: textAt(backend, 'group') ?? '',
      kind: textAt(backend, 'kind') ?? 'Service',
      namespace: textAt(backend, 'namespace') ?? namespaceOf(route),
      name: textAt(backend, 'name') ?? '',
      port: numberAt(backend, 'port'),
      weight: numberAt(backend, 'weight') ?? 1,
    })),
  }));
}

/** Whether a backend is an InferencePool of either group. @public */
export function isPool(backend: RouteBackend): boolean {
  return backend.kind === 'InferencePool';
}

/** The Service of the Endpoint Picker that a pool names. @public */
export interface PickerReference {
  name: string;
  namespace: string;
  port: number;
  /** `FailClose` where the pool leaves it out, as its API does; KServe says `FailOpen`. */
  failureMode: string;
}

/** Reads `endpointPickerRef` or the older `extensionRef`. @public */
export function pickerOf(pool: KubernetesObject): PickerReference | undefined {
  const current = recordAt(pool, 'spec', 'endpointPickerRef');
  const older = recordAt(pool, 'spec', 'extensionRef');
  const reference = textAt(current, 'name') ? current : older;
  const name = textAt(reference, 'name');
  if (!name) return undefined;
  return {
    name,
    namespace: namespaceOf(pool),
    port:
      numberAt(reference, 'port', 'number') ??
      numberAt(reference, 'portNumber') ??
      PICKER_PORT,
    failureMode: textAt(reference, 'failureMode') ?? 'FailClose',
  };
}

/** The ports of the engines behind a pool. @public */
export function targetPortsOf(pool: KubernetesObject): number[] {
  const older = numberAt(pool, 'spec', 'targetPortNumber');
  const current = listAt(pool, 'spec', 'targetPorts').flatMap(
    port => numberAt(port, 'number') ?? [],
  );
  return current.length > 0 || older === undefined ? current : [older];
}
