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

import type { KubernetesObject } from '../kubernetes';
import { networkPolicies } from './networkPolicies';
import {
  engineLabels,
  GATEWAY,
  object,
  observe,
  pickerLabels,
  route,
  service,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const gatewayPeer = {
  namespaceSelector: {
    matchLabels: { 'kubernetes.io/metadata.name': GATEWAY.namespace },
  },
  podSelector: {
    matchLabels: { 'gateway.networking.k8s.io/gateway-name': GATEWAY.name },
  },
};
const pickerPeer = { podSelector: { matchLabels: pickerLabels('chat') } };
const tcp = (port: number | string) => [{ protocol: 'TCP', port }];

function policy(
  name: string,
  labels: Record<string, string>,
  spec: Record<string, unknown>,
  namespace?: string,
): KubernetesObject {
  return object('NetworkPolicy', name, {
    namespace,
    spec: { podSelector: { matchLabels: labels }, ...spec },
  });
}

const ENGINE = engineLabels('chat');
const PICKER = pickerLabels('chat');
const engine = (
  from: unknown[] = [gatewayPeer, pickerPeer],
  ports: unknown[] = tcp(8000),
) =>
  policy('engine', ENGINE, {
    policyTypes: ['Ingress'],
    ingress: [{ from, ports }],
  });
const picker = (
  from: unknown[] = [gatewayPeer],
  ports: unknown[] = tcp(9002),
) =>
  policy('picker', PICKER, {
    policyTypes: ['Ingress'],
    ingress: [{ from, ports }],
  });
const good = { engine: engine(), pickerPolicy: picker() };
const dead = {
  dead: policy(
    'old',
    { 'app.kubernetes.io/name': 'chat-pattern3' },
    { ingress: [] },
  ),
};
const elsewhere = { namespaceSelector: { matchLabels: { team: 'gateways' } } };
const noPods = { engine0: undefined, engine1: undefined, picker: undefined };

describe('network.policies', () => {
  it.each<Case>([
    ['none', observe(), 'skipped', 'prefix caching needs none'],
    [
      'none, in production',
      observe(),
      'warn',
      'it is in production',
      { lifecycle: 'production' },
    ],
    [
      'none, sensitive data of several tenants',
      observe(),
      'warn',
      'the cluster has several tenants and its data is customer data',
      { tenancy: 'multi-tenant', dataClass: 'customer data' },
    ],
    [
      'none, non-sensitive data',
      observe(),
      'skipped',
      'needs none',
      { dataClass: 'non-sensitive', lifecycle: 'experimental' },
    ],
    [
      'what is needed and no more',
      observe(good),
      'pass',
      'let the required traffic through',
    ],
    [
      'gateway may not reach the engines',
      observe({ ...good, engine: engine([pickerPeer]) }),
      'fail',
      'blocked: the gateway gateways/inference to the engines at 8000',
    ],
    [
      'picker may not read metrics',
      observe({ ...good, engine: engine([gatewayPeer]) }),
      'fail',
      'the picker to the engines at 8000',
    ],
    [
      'wrong port',
      observe({ ...good, pickerPolicy: picker([gatewayPeer], tcp(8000)) }),
      'fail',
      'to the picker at 9002',
    ],
    [
      'port range',
      observe({
        ...good,
        pickerPolicy: picker(
          [gatewayPeer],
          [{ protocol: 'TCP', port: 9000, endPort: 9010 }],
        ),
      }),
      'pass',
      'let the required',
    ],
    [
      'UDP only',
      observe({
        ...good,
        pickerPolicy: picker([gatewayPeer], [{ protocol: 'UDP', port: 9002 }]),
      }),
      'fail',
      'at 9002',
    ],
    [
      'another policy opens what one leaves shut',
      observe({
        ...good,
        engine: engine([gatewayPeer]),
        more: policy('more', ENGINE, {
          ingress: [{ from: [pickerPeer], ports: tcp(8000) }],
        }),
      }),
      'pass',
      'let the required',
    ],
    [
      'egress of the picker shut',
      observe({
        ...good,
        more: policy('more', PICKER, { policyTypes: ['Egress'], egress: [] }),
      }),
      'fail',
      'the picker to the engines',
    ],
    [
      'egress of the gateway shut',
      observe({
        ...good,
        more: policy(
          'more',
          {},
          { policyTypes: ['Egress'], egress: [] },
          GATEWAY.namespace,
        ),
      }),
      'fail',
      'the gateway gateways/inference to the picker',
    ],
    [
      'selects nothing',
      observe(dead),
      'warn',
      'A NetworkPolicy meant for this service selects no pod',
    ],
    [
      'selects nothing beside good ones',
      observe({ ...good, ...dead }),
      'pass',
      'let the required',
    ],
    [
      'selects nothing, and is meant for no service',
      observe({ stale: policy('stale', { app: 'vllm' }, { ingress: [] }) }),
      'warn',
      'A NetworkPolicy of its namespace selects no pod',
    ],
    [
      'selects nothing, and is meant for another service',
      observe({
        service2: service('code'),
        route2: route('code'),
        theirs: policy('code-old', { model: 'code' }, { ingress: [] }),
      }),
      'skipped',
      'needs none',
    ],
    [
      'several select nothing',
      observe({
        ...dead,
        older: policy('chat-older', { app: 'chat-pattern2' }, { ingress: [] }),
      }),
      'warn',
      '2 NetworkPolicies meant for this service select no pod',
    ],
    [
      'selects nothing, and only the picker runs',
      observe({ ...dead, engine0: undefined, engine1: undefined }),
      'warn',
      'selects no pod',
    ],
    [
      'selects nothing, and only the engines run',
      observe({ ...dead, picker: undefined }),
      'warn',
      'selects no pod',
    ],
    [
      'selects nothing yet, for no pod runs',
      observe({ ...noPods, ...dead }),
      'skipped',
      'needs none',
    ],
    [
      'of another workload',
      observe({
        job: object('Pod', 'job', { labels: { app: 'job' } }),
        theirs: policy('theirs', { app: 'job' }, { ingress: [] }),
      }),
      'skipped',
      'needs none',
    ],
    [
      'open to every namespace',
      observe({
        ...good,
        engine: engine([gatewayPeer, pickerPeer, { namespaceSelector: {} }]),
      }),
      'warn',
      'lets every pod of the cluster in',
    ],
    [
      'open to everybody',
      observe({ ...good, engine: engine([]) }),
      'warn',
      'lets every pod',
    ],
    [
      'several are open to everybody',
      observe({ engine: engine([]), pickerPolicy: picker([]) }),
      'warn',
      '2 NetworkPolicies let every pod of the cluster in',
    ],
    [
      'the gateway by labels nobody read',
      observe({
        engine: engine([pickerPeer, elsewhere]),
        pickerPolicy: picker([elsewhere]),
      }),
      'inconclusive',
      'not known: the gateway gateways/inference to the picker at 9002; the gateway gateways/inference to the engines at 8000',
    ],
    [
      'a namespace by labels nobody read',
      observe({ ...good, engine: engine([pickerPeer, elsewhere]) }),
      'inconclusive',
      'depends on labels or addresses',
    ],
    [
      'pods gone',
      observe({ ...good, ...noPods }),
      'inconclusive',
      'no pod of this service exists',
    ],
    [
      'may not be read',
      observe(
        {},
        {
          gaps: [
            {
              what: 'NetworkPolicy',
              reason: 'forbidden',
              message: 'NetworkPolicies may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether required traffic is let through",
    ],
    [
      'may not be read, in production',
      observe(
        {},
        {
          gaps: [
            {
              what: 'NetworkPolicy',
              reason: 'forbidden',
              message: 'NetworkPolicies may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether required traffic is let through",
      { lifecycle: 'production' },
    ],
    [
      'files without any',
      observe(noPods, { source: 'manifests', asked: ['LLMInferenceService'] }),
      'skipped',
      'Not decided from files',
    ],
    [
      'files without any, for production',
      observe(noPods, { source: 'manifests', asked: ['LLMInferenceService'] }),
      'skipped',
      'advised here: it is in production',
      { lifecycle: 'production' },
    ],
    [
      'files with good ones',
      observe({ ...noPods, ...good }, { source: 'manifests' }),
      'pass',
      'let the required',
    ],
    [
      'files with a dead one',
      observe({ ...noPods, ...dead }, { source: 'manifests' }),
      'warn',
      'selects no pod',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(networkPolicies, given)).toEqual(wanted(given));
  });
});
