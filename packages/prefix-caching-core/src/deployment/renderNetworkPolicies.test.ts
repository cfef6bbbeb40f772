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

  it('are left out unless asked for', () => {
    const without = renderDeployment({
      ...referencePlan('rhaii-3.4-ea1'),
      networkPolicies: false,
    });
    expect(all(without).map(({ kind }) => kind)).not.toContain('NetworkPolicy');
    expect(file(without, 'README.md').content).toContain('None are rendered');
  });
});
