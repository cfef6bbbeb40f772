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
import { evaluateFlow, hasHole, selects } from './policyEvaluation';
import type { Openness, PolicyPeer, RequiredFlow } from './policyEvaluation';
import { object } from './testing/cluster';

const GATEWAY: PolicyPeer = {
  name: 'gateway',
  namespace: 'gateways',
  labels: { app: 'gateway' },
};
const ENGINE: PolicyPeer = {
  name: 'engine',
  namespace: 'llm',
  labels: { app: 'engine' },
};
const PICKER: PolicyPeer = {
  name: 'picker',
  namespace: 'llm',
  labels: { app: 'picker' },
};

type InCase = [
  title: string,
  expected: Openness,
  policies: KubernetesObject[],
  flow?: Partial<RequiredFlow>,
];
type OutCase = [title: string, expected: Openness, spec: object];
type HoleCase = [title: string, hole: boolean, policy: KubernetesObject];

const policy = (spec: object) =>
  object('NetworkPolicy', 'rule', { spec: { podSelector: {}, ...spec } });
const ingress = (...rules: object[]) => policy({ ingress: rules });
const from = (...peers: object[]) => ingress({ from: peers });
const flow = (parts: Partial<RequiredFlow> = {}): RequiredFlow => ({
  from: GATEWAY,
  to: ENGINE,
  port: 8000,
  portNames: ['https'],
  ...parts,
});
const named = (name: string) => ({
  matchLabels: { 'kubernetes.io/metadata.name': name },
});
const app = (name: string) => ({ matchLabels: { app: name } });

describe('whether policies let a flow through', () => {
  it.each<InCase>([
    ['no policy', 'open', []],
    [
      'none that selects the pod',
      'open',
      [policy({ podSelector: app('other') })],
    ],
    [
      'one of another namespace',
      'open',
      [
        object('NetworkPolicy', 'x', {
          namespace: 'other',
          spec: { podSelector: {} },
        }),
      ],
    ],
    ['no rule at all', 'closed', [policy({})]],
    ['a rule for everybody', 'open', [ingress({})]],
    ['one rule of two', 'open', [from({ podSelector: app('x') }), ingress({})]],
    [
      'its namespace by name',
      'open',
      [from({ namespaceSelector: named('gateways') })],
    ],
    [
      'another namespace by name',
      'closed',
      [from({ namespaceSelector: named('b') })],
    ],
    ['every namespace', 'open', [from({ namespaceSelector: {} })]],
    [
      'a namespace by labels nobody read',
      'unknown',
      [from({ namespaceSelector: { matchLabels: { team: 'a' } } })],
    ],
    [
      'a namespace by labels it has',
      'open',
      [from({ namespaceSelector: { matchLabels: { team: 'a' } } })],
      { from: { ...GATEWAY, namespaceLabels: { team: 'a' } } },
    ],
    [
      'a namespace by labels it has not',
      'closed',
      [from({ namespaceSelector: { matchLabels: { team: 'a' } } })],
      { from: { ...GATEWAY, namespaceLabels: { team: 'b' } } },
    ],
    [
      'its pods in its namespace',
      'open',
      [
        from({
          namespaceSelector: named('gateways'),
          podSelector: app('gateway'),
        }),
      ],
    ],
    [
      'other pods in its namespace',
      'closed',
      [from({ namespaceSelector: named('gateways'), podSelector: app('x') })],
    ],
    [
      'its labels, but pods of the own namespace alone',
      'closed',
      [from({ podSelector: app('gateway') })],
    ],
    [
      'a pod of the own namespace',
      'open',
      [from({ podSelector: app('picker') })],
      { from: PICKER },
    ],
    ['addresses', 'unknown', [from({ ipBlock: { cidr: '10.0.0.0/8' } })]],
    [
      'addresses, or its namespace',
      'open',
      [
        from(
          { ipBlock: { cidr: '10.0.0.0/8' } },
          { namespaceSelector: named('gateways') },
        ),
      ],
    ],
    ['its port', 'open', [ingress({ ports: [{ port: 8000 }] })]],
    ['another port', 'closed', [ingress({ ports: [{ port: 8001 }] })]],
    [
      'its port among others',
      'open',
      [ingress({ ports: [{ port: 8001 }, { port: 8000 }] })],
    ],
    [
      'a range of ports',
      'open',
      [ingress({ ports: [{ port: 7000, endPort: 8000 }] })],
    ],
    [
      'a range below',
      'closed',
      [ingress({ ports: [{ port: 7000, endPort: 7999 }] })],
    ],
    [
      'a range above',
      'closed',
      [ingress({ ports: [{ port: 8001, endPort: 9000 }] })],
    ],
    ['every TCP port', 'open', [ingress({ ports: [{ protocol: 'TCP' }] })]],
    ['UDP', 'closed', [ingress({ ports: [{ port: 8000, protocol: 'UDP' }] })]],
    ['the name of its port', 'open', [ingress({ ports: [{ port: 'https' }] })]],
    [
      'the name of another port',
      'closed',
      [ingress({ ports: [{ port: 'grpc' }] })],
    ],
    [
      'a policy for egress alone',
      'open',
      [policy({ policyTypes: ['Egress'] })],
    ],
    [
      'a policy for ingress alone',
      'closed',
      [policy({ policyTypes: ['Ingress'], ingress: [] })],
    ],
  ])('into a pod, %s: %s', (...[, expected, policies, parts]) => {
    expect(evaluateFlow(policies, flow(parts))).toBe(expected);
  });

  const out = { from: PICKER, to: GATEWAY };
  it.each<OutCase>([
    ['no word of egress', 'open', {}],
    ['a type without a rule', 'closed', { policyTypes: ['Egress'] }],
    ['a rule for everybody', 'open', { egress: [{}] }],
    ['an empty list of rules', 'closed', { egress: [] }],
    [
      'to its namespace',
      'open',
      { egress: [{ to: [{ namespaceSelector: named('gateways') }] }] },
    ],
    [
      'to another',
      'closed',
      { egress: [{ to: [{ namespaceSelector: named('b') }] }] },
    ],
    ['to addresses', 'unknown', { egress: [{ to: [{ ipBlock: {} }] }] }],
    [
      '`from`, which egress does not know',
      'open',
      { egress: [{ from: [{ namespaceSelector: named('b') }] }] },
    ],
    [
      'a policy for ingress alone',
      'open',
      { policyTypes: ['Ingress'], egress: [] },
    ],
  ])('out of a pod, %s: %s', (_, expected, spec) => {
    expect(evaluateFlow([policy(spec)], flow(out))).toBe(expected);
  });

  it('selects pods of its own namespace, `default` where it has none', () => {
    const rule = { ...policy({ podSelector: app('engine') }) };
    expect(selects(rule, ENGINE)).toBe(true);
    expect(selects(rule, PICKER)).toBe(false);
    expect(selects(rule, { ...ENGINE, namespace: 'b' })).toBe(false);
    const bare = { ...rule, metadata: { name: 'rule' } };
    expect(selects(bare, { ...ENGINE, namespace: 'default' })).toBe(true);
    expect(selects(bare, ENGINE)).toBe(false);
  });
});

describe('whether a policy isolates nothing', () => {
  const anyone = { namespaceSelector: {} };
  it.each<HoleCase>([
    ['no rule', false, policy({})],
    ['a rule without peers', true, ingress({})],
    ['every namespace', true, from(anyone)],
    [
      'every pod of every namespace',
      true,
      from({ ...anyone, podSelector: {} }),
    ],
    [
      'some pods of every namespace',
      false,
      from({ ...anyone, podSelector: app('x') }),
    ],
    ['a namespace', false, from({ namespaceSelector: named('b') })],
    ['every pod of its own namespace', false, from({ podSelector: {} })],
    ['one rule of two', true, ingress({ from: [{ podSelector: {} }] }, {})],
    ['one peer of two', true, from({ podSelector: {} }, anyone)],
    [
      'anybody, at the port of the health check',
      false,
      ingress({ ports: [{ port: 9003 }] }),
    ],
    [
      'anybody, at that and another port',
      true,
      ingress({ ports: [{ port: 9003 }, { port: 8000 }] }),
    ],
    ['anybody, at another port', true, ingress({ ports: [{ port: 8000 }] })],
  ])('%s: %p', (_, hole, given) => {
    expect(hasHole(given)).toBe(hole);
  });
});
