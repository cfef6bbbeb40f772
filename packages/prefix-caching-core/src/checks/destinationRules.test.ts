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
import type { Observation } from '../observation';
import { gatewaySpeaks } from './destinationRules';
import { GATEWAY, object, observe } from './testing/cluster';

const PICKER = {
  name: 'chat-epp-service',
  namespace: 'llm',
  port: 9002,
  failureMode: 'FailOpen',
};
const FULL = 'chat-epp-service.llm.svc.cluster.local';

type Rules = Record<string, [namespace: string, spec: object]>;
type Case = [title: string, acting: string | undefined, rules: Rules];

function rule(
  name: string,
  namespace: string | undefined,
  spec: object,
): KubernetesObject {
  const made = object('DestinationRule', name, {
    spec: { trafficPolicy: { tls: { mode: 'SIMPLE' } }, ...spec },
  });
  return { ...made, metadata: { ...made.metadata, namespace } };
}

/** Whatever rules there are in the cluster, whether they look fitting or not. */
function withRules(rules: KubernetesObject[]): Observation {
  const observation = observe({ rule: undefined });
  return { ...observation, objects: [...observation.objects, ...rules] };
}

const actingOf = (rules: Rules) =>
  gatewaySpeaks(
    withRules(
      Object.entries(rules).map(([name, [namespace, spec]]) =>
        rule(name, namespace, spec),
      ),
    ),
    PICKER,
  ).rule?.metadata.name;

describe('the DestinationRule that acts on the gateway’s calls', () => {
  it.each<Case>([
    ['none', undefined, {}],
    ['in the picker’s namespace', 'a', { a: ['llm', { host: FULL }] }],
    ['in the gateway’s', 'a', { a: [GATEWAY.namespace, { host: FULL }] }],
    ['in Istio’s root namespace', 'a', { a: ['istio-system', { host: FULL }] }],
    ['in a namespace of others', undefined, { a: ['team', { host: FULL }] }],
    [
      'exported to the gateway’s namespace, from others',
      'a',
      { a: ['team', { host: FULL, exportTo: ['x', GATEWAY.namespace] }] },
    ],
    [
      'in the picker’s namespace, exported to others alone',
      undefined,
      { a: ['llm', { host: FULL, exportTo: ['x'] }] },
    ],
    [
      'in the picker’s namespace, for itself alone',
      undefined,
      { a: ['llm', { host: FULL, exportTo: ['.'] }] },
    ],
    [
      'in the picker’s namespace, for everybody',
      'a',
      { a: ['llm', { host: FULL, exportTo: ['*'] }] },
    ],
    [
      'of others, for everybody: Istio does not look there',
      undefined,
      { a: ['team', { host: FULL, exportTo: ['*'] }] },
    ],
    [
      'in the gateway’s namespace, for itself alone',
      'a',
      { a: [GATEWAY.namespace, { host: FULL, exportTo: ['.'] }] },
    ],
    [
      'a short host, in the picker’s namespace',
      'a',
      { a: ['llm', { host: PICKER.name }] },
    ],
    [
      'a short host elsewhere, where it is another Service',
      undefined,
      { a: [GATEWAY.namespace, { host: PICKER.name }] },
    ],
    [
      'a short host of another Service',
      undefined,
      { a: ['llm', { host: 'code-epp-service' }] },
    ],
    [
      'a short host that begins alike',
      undefined,
      { a: ['llm', { host: 'chat' }] },
    ],
    [
      'a host with its namespace',
      'a',
      { a: [GATEWAY.namespace, { host: `${PICKER.name}.llm` }] },
    ],
    [
      'a host with its namespace and svc',
      'a',
      { a: ['llm', { host: `${PICKER.name}.llm.svc` }] },
    ],
    [
      'a host of another namespace',
      undefined,
      { a: ['llm', { host: `${PICKER.name}.code` }] },
    ],
    [
      'a wildcard over the namespace',
      'a',
      { a: ['llm', { host: '*.llm.svc.cluster.local' }] },
    ],
    [
      'a wildcard over another',
      undefined,
      { a: ['llm', { host: '*.code.svc.cluster.local' }] },
    ],
    ['a rule without a host', undefined, { a: ['llm', {}] }],
    [
      'the exact host before a wildcard, whichever comes first',
      'exact',
      {
        wide: ['llm', { host: '*.svc.cluster.local' }],
        exact: ['llm', { host: FULL }],
        wider: ['llm', { host: '*.local' }],
      },
    ],
  ])('%s: %s', (_, acting, rules) => {
    expect(actingOf(rules)).toBe(acting);
  });

  it('belongs to `default` where it names no namespace', () => {
    const bare = [rule('a', undefined, { host: FULL })];
    expect(
      gatewaySpeaks(withRules(bare), { ...PICKER, namespace: 'default' }).rule,
    ).toBeUndefined();
    expect(
      gatewaySpeaks(
        withRules([
          rule('a', undefined, { host: `${PICKER.name}.default.svc` }),
        ]),
        { ...PICKER, namespace: 'default' },
      ).rule?.metadata.name,
    ).toBe('a');
  });

  it('is read for the picker’s port: its own policy replaces the general one', () => {
    const ports = (...portLevelSettings: object[]) =>
      gatewaySpeaks(
        withRules([
          rule('a', 'llm', {
            host: FULL,
            trafficPolicy: { tls: { mode: 'SIMPLE' }, portLevelSettings },
          }),
        ]),
        PICKER,
      ).settings;
    const plain = { tls: { mode: 'DISABLE' } };
    expect(ports()).toEqual({ mode: 'SIMPLE' });
    expect(ports({ port: { number: 9090 }, ...plain })).toEqual({
      mode: 'SIMPLE',
    });
    expect(ports({ port: { number: 9002 }, ...plain })).toEqual(plain.tls);
    expect(ports({ port: { number: 9002 } })).toBeUndefined();
  });
});
