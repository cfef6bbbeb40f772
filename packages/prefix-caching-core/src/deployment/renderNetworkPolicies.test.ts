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

import { at, listAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { referencePlan } from './__fixtures__/plans';
import { POLICY_FLOWS } from './networkFlows';
import { all, file } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';

describe('network policies', () => {
  const files = renderDeployment(referencePlan('rhaii-3.4-ea1'));
  const policies = file(files, 'deploy/network-policies.yaml').objects;
  const open = (policy: KubernetesObject, direction: string) =>
    listAt(policy.spec, direction).flatMap(rule =>
      listAt(rule, 'ports').map(
        port => `${textAt(port, 'protocol')} ${at(port, 'port')}`,
      ),
    );

  it('select one service each', () => {
    for (const policy of policies) {
      expect(
        at(policy.spec, 'podSelector', 'matchLabels', 'app.kubernetes.io/name'),
      ).toMatch(/^qwen-3b-(gpu|tpu)-svc$/);
    }
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([
      'qwen-3b-gpu-svc-engine',
      'qwen-3b-gpu-svc-picker',
      'qwen-3b-tpu-svc-engine',
      'qwen-3b-tpu-svc-picker',
    ]);
  });

  it.each([
    [0, 'ingress', ['TCP 8000', 'TCP 5557']],
    [0, 'egress', ['UDP 53', 'TCP 53', 'TCP 443', 'TCP 5557', 'TCP 15012']],
    [1, 'ingress', ['TCP 9002', 'TCP 9090', 'TCP 9003', 'TCP 5557']],
    [
      1,
      'egress',
      ['UDP 53', 'TCP 53', 'TCP 8000', 'TCP 5557', 'TCP 443', 'TCP 6443'],
    ],
  ])('policy %s opens %s for %s', (index, direction, ports) => {
    expect(open(policies[index], direction)).toEqual(
      expect.arrayContaining(ports),
    );
  });

  it('admit requests from the gateway only', () => {
    const [rule] = listAt(policies[1].spec, 'ingress');
    expect(listAt(rule, 'from')).toEqual([
      {
        namespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': 'opendatahub' },
        },
        podSelector: {
          matchLabels: {
            'gateway.networking.k8s.io/gateway-name': 'inference-gateway',
          },
        },
      },
    ]);
  });

  it('open what the table says, where it says', () => {
    const [engine, picker] = policies;
    const of = {
      'engine policy': [engine],
      'picker policy': [picker],
      'both policies': [engine, picker],
    };
    const written = POLICY_FLOWS.filter(({ ports }) => ports !== 'none');
    for (const { flow, ports, where } of written) {
      const wanted = [...ports.matchAll(/\d+/g)].map(([port]) => Number(port));
      const protocols = ports.match(/UDP|TCP/g) ?? [];
      for (const place of where.split('; ')) {
        const [which, how] = place.split(', ') as [keyof typeof of, string];
        const directions =
          how === 'both directions' ? ['ingress', 'egress'] : [how];
        for (const policy of of[which]) {
          for (const direction of directions) {
            const opened = open(policy, direction);
            for (const protocol of protocols) {
              for (const port of wanted) {
                expect([flow, which, direction, opened]).toEqual([
                  flow,
                  which,
                  direction,
                  expect.arrayContaining([`${protocol} ${port}`]),
                ]);
              }
            }
          }
        }
      }
    }
  });

  it('say of what they leave closed why', () => {
    expect(
      POLICY_FLOWS.filter(
        ({ ports, where }) =>
          (ports === 'none') !== where.startsWith('not opened: '),
      ),
    ).toEqual([]);
  });

  it('are mapped in the README to the document’s four names', () => {
    const readme = file(files, 'README.md').content;
    for (const name of [
      'allow-gateway-to-vllm',
      'allow-vllm-egress',
      'allow-istio',
      'allow-epp-scheduler',
    ]) {
      expect(readme).toContain(`| ${name}`);
    }
    for (const { flow, ports, where } of POLICY_FLOWS) {
      expect(readme).toContain(`| ${flow} | ${ports} | ${where} |`);
    }
  });

  it('are left out unless asked for', () => {
    const without = renderDeployment({
      ...referencePlan('rhaii-3.4-ea1'),
      networkPolicies: false,
    });
    expect(all(without).map(({ kind }) => kind)).not.toContain('NetworkPolicy');
    expect(file(without, 'README.md').content).toContain('None are rendered');
  });
});
