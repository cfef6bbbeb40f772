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
  matchesLabels,
  ownerReference,
  type KubeObject,
  type ObjectStore,
} from '../api';
import { listAt, stringsAt, textAt } from '../json';
import { isPodReady } from './pods';

/** One EndpointSlice per Service with a selector. */
export function reconcileEndpointSlices(store: ObjectStore): void {
  for (const service of store.kind('Service')) {
    const selector = stringsAt(service, 'spec', 'selector');
    if (Object.keys(selector).length === 0) continue;
    const { name, namespace } = service.metadata;
    store.apply({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-sandbox`,
        namespace,
        labels: { 'kubernetes.io/service-name': name },
        ownerReferences: [ownerReference(service)],
      },
      addressType: 'IPv4',
      ports: listAt(service, 'spec', 'ports').map(port => ({
        name: textAt(port, 'name'),
        port: (port as { targetPort?: unknown }).targetPort,
        protocol: 'TCP',
      })),
      endpoints: podsBehind(store, service)
        .filter(pod => textAt(pod, 'status', 'podIP'))
        .map(pod => ({
          addresses: [textAt(pod, 'status', 'podIP')],
          conditions: { ready: isPodReady(pod) },
          nodeName: textAt(pod, 'spec', 'nodeName'),
          targetRef: { kind: 'Pod', name: pod.metadata.name, namespace },
        })),
    });
  }
}

/** The pods a Service's selector chooses. */
export function podsBehind(
  store: ObjectStore,
  service: KubeObject,
): KubeObject[] {
  const selector = stringsAt(service, 'spec', 'selector');
  if (Object.keys(selector).length === 0) return [];
  return store
    .kind('Pod', service.metadata.namespace)
    .filter(pod => matchesLabels(selector, pod.metadata.labels));
}
