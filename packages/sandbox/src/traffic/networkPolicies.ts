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

import { matchesLabels, type KubeObject, type ObjectStore } from '../api';
import { listAt, numberAt, stringsAt, textAt } from '../json';

/**
 * Whether NetworkPolicies let anybody reach a port of a pod. Who may is not
 * looked at: enough to see a policy that forgot the port.
 */
export function portIsOpen(
  store: ObjectStore,
  pod: KubeObject,
  port: number,
): boolean {
  const policies = store
    .kind('NetworkPolicy', pod.metadata.namespace)
    .filter(policy => {
      const types = listAt(policy, 'spec', 'policyTypes');
      const selector = stringsAt(policy, 'spec', 'podSelector', 'matchLabels');
      return (
        (types.length === 0 || types.includes('Ingress')) &&
        matchesLabels(selector, pod.metadata.labels)
      );
    });
  if (policies.length === 0) return true;
  return policies
    .flatMap(policy => listAt(policy, 'spec', 'ingress'))
    .some(rule => {
      const ports = listAt(rule, 'ports');
      return (
        ports.length === 0 ||
        ports.some(
          entry =>
            (textAt(entry, 'protocol') ?? 'TCP') === 'TCP' &&
            covers(entry, port),
        )
      );
    });
}

function covers(entry: unknown, port: number): boolean {
  const from = numberAt(entry, 'port');
  if (from === undefined) return true;
  return port >= from && port <= (numberAt(entry, 'endPort') ?? from);
}
