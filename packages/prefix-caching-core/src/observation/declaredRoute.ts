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

import { at, generatedNames, isRecord, listAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';

/**
 * The HTTPRoute KServe will create from the rules a service writes out.
 *
 * From files it is the only route there is. `undefined` where the service
 * leaves its rules to the platform, for those are not in its own text.
 */
export function declaredRoute(
  service: KubernetesObject | undefined,
): KubernetesObject | undefined {
  const spec = at(service, 'spec', 'router', 'route', 'http', 'spec');
  if (!service || !isRecord(spec) || listAt(spec, 'rules').length === 0) {
    return undefined;
  }
  const { name, namespace } = service.metadata;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: generatedNames(name).route, namespace },
    spec: {
      parentRefs: listAt(service, 'spec', 'router', 'gateway', 'refs'),
      ...spec,
    },
  };
}
