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

import { gatewayPickerTls } from './gatewayPickerTls';
import {
  destinationRule,
  enginePod,
  gateway,
  observe,
  pickerContainer,
  pickerDeployment,
  pickerPod,
  route,
  service,
  traffic,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const args = (...flags: string[]) => ({
  picker: pickerPod('chat', { container: { args: flags } }),
});
const PLAIN = args('--secure-serving=false');
const gap = (what: string) => ({
  what,
  reason: 'forbidden' as const,
  message: `${what}s may not be listed.`,
});
const PROVEN = {
  endpoints: traffic({ picker: 20, engines: 20 }),
  previousVerdicts: { 'routing.bypass': 'pass' as const },
};
const rule = (
  ...parameters: Parameters<typeof destinationRule> extends [string, ...infer R]
    ? R
    : never
) => ({ rule: destinationRule('chat', ...parameters) });
const sidecar = {
  spec: { containers: [{ name: 'main' }, { name: 'istio-proxy' }] },
};
const https = {
  container: { readinessProbe: { httpGet: { scheme: 'HTTPS' } } },
};
const httpsEngines = {
  engine0: enginePod('chat', 0, https),
  engine1: enginePod('chat', 1, https),
};
const templated = service('chat', {
  router: {
    route: {},
    scheduler: { template: { containers: [pickerContainer()] } },
  },
});
const SIMPLE = { mode: 'SIMPLE', insecureSkipVerify: true };

describe('gateway.picker-tls', () => {
  it.each<Case>([
    [
      'TLS by default, and the gateway speaks it',
      observe(),
      'pass',
      'both speak TLS',
    ],
    [
      'TLS by default, no rule',
      observe({ rule: undefined }),
      'fail',
      'The Endpoint Picker serves TLS, and the gateway speaks plain text',
    ],
    [
      'TLS by default, DestinationRules unknown to the cluster',
      observe(
        { rule: undefined },
        {
          gaps: [
            {
              what: 'DestinationRule',
              reason: 'not-installed',
              message: 'not served',
            },
          ],
        },
      ),
      'fail',
      'speaks plain text',
    ],
    [
      'plain on both sides',
      observe({ ...PLAIN, rule: undefined }),
      'pass',
      'both speak plain text',
    ],
    [
      'plain in the older spelling',
      observe({ ...args('--secureServing=false'), rule: undefined }),
      'pass',
      'plain text',
    ],
    [
      'plain picker, TLS gateway',
      observe(PLAIN),
      'fail',
      'The Endpoint Picker serves plain text, and the gateway speaks TLS',
    ],
    [
      'rule that disables TLS',
      observe(rule({ mode: 'DISABLE' })),
      'fail',
      'speaks plain text',
    ],
    [
      'rule for another port',
      observe(
        rule(
          {},
          {
            spec: {
              trafficPolicy: {
                portLevelSettings: [{ port: { number: 9090 }, tls: SIMPLE }],
              },
            },
          },
        ),
      ),
      'fail',
      'speaks plain text',
    ],
    [
      'rule for this port',
      observe(
        rule(
          {},
          {
            spec: {
              trafficPolicy: {
                portLevelSettings: [{ port: { number: 9002 }, tls: SIMPLE }],
              },
            },
          },
        ),
      ),
      'pass',
      'both speak TLS',
    ],
    [
      'rule by short host in the same namespace',
      observe(rule(SIMPLE, { host: 'chat-epp-service' })),
      'pass',
      'both speak TLS',
    ],
    [
      'rule by wildcard',
      observe(rule(SIMPLE, { host: '*.llm.svc.cluster.local' })),
      'pass',
      'both speak TLS',
    ],
    [
      'rule in the gateway’s namespace',
      observe(rule(SIMPLE, { namespace: 'gateways' })),
      'pass',
      'both speak TLS',
    ],
    [
      'rule in a namespace nobody looks in',
      observe(rule(SIMPLE, { namespace: 'elsewhere' })),
      'fail',
      'speaks plain text',
    ],
    [
      'rule kept to its own namespace',
      observe(rule(SIMPLE, { spec: { exportTo: ['.'] } })),
      'fail',
      'speaks plain text',
    ],
    [
      'rule for another service',
      observe(
        rule(SIMPLE, { host: 'chat-epp-service.other.svc.cluster.local' }),
      ),
      'fail',
      'speaks plain text',
    ],
    [
      'TLS without the CA',
      observe(rule({ mode: 'SIMPLE' })),
      'warn',
      'without its CA',
    ],
    [
      'rules may not be listed',
      observe({ rule: undefined }, { gaps: [gap('DestinationRule')] }),
      'inconclusive',
      "Can't tell whether gateway and Endpoint Picker agree on TLS",
    ],
    [
      'rules may not be listed, counters prove it',
      observe(
        { rule: undefined },
        { gaps: [gap('DestinationRule')], ...PROVEN },
      ),
      'pass',
      'both speak TLS',
    ],
    [
      'sidecar in the picker',
      observe({ picker: pickerPod('chat', sidecar) }),
      'fail',
      'sidecar in chat-epp-0',
    ],
    [
      'sidecar in an engine, counters prove it harmless',
      observe({ engine0: enginePod('chat', 0, sidecar) }, PROVEN),
      'warn',
      'sidecar',
    ],
    [
      'engines speak https, the picker asks over http',
      observe(httpsEngines),
      'fail',
      'over http, and they speak https',
    ],
    [
      'engines speak https, and so does the picker',
      observe({
        ...httpsEngines,
        ...args('--model-server-metrics-scheme=https'),
      }),
      'pass',
      'both speak TLS',
    ],
    [
      'no picker pod, flags of the Deployment',
      observe({ picker: undefined }),
      'inconclusive',
      'no picker pod runs',
    ],
    [
      'no picker pod, and the Deployment disagrees',
      observe({
        picker: undefined,
        rule: undefined,
        pickerDeployment: pickerDeployment('chat'),
      }),
      'fail',
      'speaks plain text',
    ],
    [
      'no picker pod, for pods may not be listed',
      observe({ picker: undefined }, { gaps: [gap('Pod')] }),
      'inconclusive',
      "Can't tell whether a sidecar stands between",
    ],
    [
      'no picker but the template that the service gives',
      observe({
        picker: undefined,
        pickerDeployment: undefined,
        service: templated,
      }),
      'inconclusive',
      'no picker pod runs',
    ],
    [
      'TLS with the CA',
      observe(rule({ mode: 'SIMPLE', caCertificates: '/etc/ca.crt' })),
      'pass',
      'both speak TLS',
    ],
    [
      'TLS with the CA in a Secret',
      observe(rule({ mode: 'SIMPLE', credentialName: 'picker-ca' })),
      'pass',
      'both speak TLS',
    ],
    [
      'TLS without the CA, and counters prove that it is taken',
      observe(rule({ mode: 'SIMPLE' }), PROVEN),
      'pass',
      'both speak TLS',
    ],
    [
      'plain picker, a rule that says nothing of TLS',
      observe({ ...PLAIN, ...rule({}, { spec: { trafficPolicy: {} } }) }),
      'pass',
      'says nothing of TLS',
    ],
    [
      'nothing of the picker, for it may not be listed',
      observe(
        { picker: undefined, pickerDeployment: undefined },
        { gaps: [gap('Deployment')] },
      ),
      'inconclusive',
      "Can't tell whether gateway and Endpoint Picker agree on TLS",
    ],
    [
      'nothing of the picker',
      observe({ picker: undefined, pickerDeployment: undefined }),
      'inconclusive',
      'No Endpoint Picker was seen',
    ],
    [
      'another controller’s gateway',
      observe({
        gateway: gateway('kgateway'),
        istiod: undefined,
        route: route('chat', { status: {} }),
      }),
      'inconclusive',
      'not run by Istio',
    ],
    [
      'files with the picker’s Deployment',
      observe({ picker: undefined }, { source: 'manifests' }),
      'pass',
      'both speak TLS',
    ],
    [
      'files with the template that a service gives, which is half the truth',
      observe(
        { picker: undefined, pickerDeployment: undefined, service: templated },
        { source: 'manifests' },
      ),
      'skipped',
      'Not decided from files',
    ],
    [
      'files without a picker',
      observe(
        { picker: undefined, pickerDeployment: undefined },
        { source: 'manifests' },
      ),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(gatewayPickerTls, given)).toEqual(wanted(given));
  });
});
