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
  at,
  isRecord,
  LABELS,
  listAt,
  matchesSelector,
  numberAt,
  recordAt,
  textAt,
  textsAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';

/** One end of a flow: pods told by their labels and namespace. */
export interface PolicyPeer {
  /** As messages name it: `the gateway`, `the picker`. */
  name: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
  /** Labels of the namespace beyond its name, where they were read. */
  namespaceLabels?: Readonly<Record<string, string>>;
}

/** Traffic that has to be let through. */
export interface RequiredFlow {
  from: PolicyPeer;
  to: PolicyPeer;
  port: number;
  /** Names the port has in the destination's pods. */
  portNames: readonly string[];
}

/** `unknown`: it depends on labels or addresses nobody read. */
export type Openness = 'open' | 'closed' | 'unknown';

type Direction = 'ingress' | 'egress';

/** Whether a policy selects these pods. */
export function selects(policy: KubernetesObject, peer: PolicyPeer): boolean {
  return (
    (policy.metadata.namespace ?? 'default') === peer.namespace &&
    matchesSelector(peer.labels, recordAt(policy, 'spec', 'podSelector'))
  );
}

function governs(policy: KubernetesObject, direction: Direction): boolean {
  const types = textsAt(policy, 'spec', 'policyTypes');
  if (types.length > 0) {
    return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  }
  return direction === 'ingress' || at(policy, 'spec', 'egress') !== undefined;
}

function namespaceMatches(selector: unknown, peer: PolicyPeer): Openness {
  const labels = {
    ...peer.namespaceLabels,
    [LABELS.namespaceName]: peer.namespace,
  };
  if (matchesSelector(labels, selector)) return 'open';
  if (peer.namespaceLabels) return 'closed';
  const named = JSON.stringify(selector).includes(LABELS.namespaceName);
  return named ? 'closed' : 'unknown';
}

function peerMatches(
  entry: unknown,
  policyNamespace: string,
  peer: PolicyPeer,
): Openness {
  if (isRecord(at(entry, 'ipBlock'))) return 'unknown';
  const namespaceSelector = at(entry, 'namespaceSelector');
  const podSelector = at(entry, 'podSelector');
  const pods =
    podSelector === undefined || matchesSelector(peer.labels, podSelector);
  if (!pods) return 'closed';
  if (namespaceSelector !== undefined)
    return namespaceMatches(namespaceSelector, peer);
  return peer.namespace === policyNamespace ? 'open' : 'closed';
}

function portMatches(
  rule: unknown,
  port: number,
  names: readonly string[],
): boolean {
  const ports = listAt(rule, 'ports');
  return (
    ports.length === 0 ||
    ports.some(entry => {
      if ((textAt(entry, 'protocol') ?? 'TCP') !== 'TCP') return false;
      const first = numberAt(entry, 'port');
      const name = textAt(entry, 'port');
      if (name !== undefined) return names.includes(name);
      const last = numberAt(entry, 'endPort') ?? first;
      return first === undefined || (port >= first && port <= (last ?? first));
    })
  );
}

function best(results: readonly Openness[]): Openness {
  if (results.includes('open')) return 'open';
  return results.includes('unknown') ? 'unknown' : 'closed';
}

function openness(
  policies: readonly KubernetesObject[],
  which: Direction,
  subject: PolicyPeer,
  other: PolicyPeer,
  flow: RequiredFlow,
): Openness {
  const governing = policies.filter(
    policy => selects(policy, subject) && governs(policy, which),
  );
  if (governing.length === 0) return 'open';
  return best(
    governing.flatMap(policy =>
      listAt(policy, 'spec', which)
        .filter(rule => portMatches(rule, flow.port, flow.portNames))
        .map(rule => {
          const peers = listAt(rule, which === 'ingress' ? 'from' : 'to');
          return peers.length === 0
            ? 'open'
            : best(
                peers.map(entry =>
                  peerMatches(
                    entry,
                    policy.metadata.namespace ?? 'default',
                    other,
                  ),
                ),
              );
        }),
    ),
  );
}

/** Whether all policies together let a flow through: out of its source and into its destination. */
export function evaluateFlow(
  policies: readonly KubernetesObject[],
  flow: RequiredFlow,
): Openness {
  const both = [
    openness(policies, 'egress', flow.from, flow.to, flow),
    openness(policies, 'ingress', flow.to, flow.from, flow),
  ];
  if (both.includes('closed')) return 'closed';
  return both.includes('unknown') ? 'unknown' : 'open';
}

/** An ingress rule that lets any pod of any namespace in, and so isolates nothing. */
export function hasHole(policy: KubernetesObject): boolean {
  const everyNamespace = (entry: unknown) => {
    const selector = at(entry, 'namespaceSelector');
    const pods = at(entry, 'podSelector');
    return (
      isRecord(selector) &&
      Object.keys(selector).length === 0 &&
      (pods === undefined || (isRecord(pods) && Object.keys(pods).length === 0))
    );
  };
  return listAt(policy, 'spec', 'ingress').some(rule => {
    const from = listAt(rule, 'from');
    const health = listAt(rule, 'ports').every(
      port => numberAt(port, 'port') === 9003,
    );
    // The kubelet's probe comes from the node and can be told by no selector.
    if (listAt(rule, 'ports').length > 0 && health) return false;
    return from.length === 0 || from.some(everyNamespace);
  });
}
