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
import type { PlatformChoice } from '../platforms';
import { referencePlan } from './__fixtures__/plans';
import { all, file } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';

function monitored(platform: PlatformChoice) {
  const files = renderDeployment({
    ...referencePlan(platform),
    monitoring: true,
  });
  const { objects } = file(files, 'deploy/monitoring.yaml');
  return {
    files,
    objects,
    ofKind: (kind: string) => objects.filter(it => it.kind === kind),
  };
}

describe('monitoring', () => {
  it('scrapes each service by its own name, and the picker with a token', () => {
    const { ofKind } = monitored('kserve-0.20');
    expect(
      ofKind('PodMonitor').map(({ spec }) => at(spec, 'selector')),
    ).toEqual(
      ['gpu', 'tpu'].map(name => ({
        matchLabels: {
          'app.kubernetes.io/name': `qwen-3b-${name}-svc`,
          'kserve.io/component': 'workload',
        },
      })),
    );
    const [picker] = ofKind('ServiceMonitor');
    const [secret] = ofKind('Secret');
    expect(listAt(picker.spec, 'endpoints')).toEqual([
      expect.objectContaining({
        port: 'metrics',
        authorization: {
          type: 'Bearer',
          credentials: { name: secret.metadata.name, key: 'token' },
        },
      }),
    ]);
    expect(secret.metadata.annotations).toEqual({
      'kubernetes.io/service-account.name':
        ofKind('ServiceAccount')[0].metadata.name,
    });
    // Nothing secret is in a repository.
    expect(secret).not.toHaveProperty('data');
    expect(secret).not.toHaveProperty('stringData');
  });

  it('gives the reader one right, bound to its own account', () => {
    const { ofKind } = monitored('kserve-0.20');
    const [role] = ofKind('ClusterRole');
    expect(role).toMatchObject({
      rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    });
    expect(ofKind('ClusterRoleBinding')[0]).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: role.metadata.name },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: 'qwen-3b-metrics-reader',
          namespace: 'rhaii-inference',
        },
      ],
    });
    // Cluster-wide names of two namespaces must differ.
    expect(role.metadata.name).toContain('rhaii-inference');
  });

  it.each([
    ['kserve-0.20', 'http'],
    ['rhaii-3.4-ea1', 'https'],
  ])('speaks to engines of %s in %s', (platform, scheme) => {
    const [monitor] = monitored(platform).ofKind('PodMonitor');
    expect(textAt(monitor.spec, 'podMetricsEndpoints', 0, 'scheme')).toBe(
      scheme,
    );
  });

  it('leaves monitors to a platform that writes them, and keeps the reader', () => {
    const { files, ofKind } = monitored('odh-0.20');
    expect(ofKind('PodMonitor')).toEqual([]);
    expect(ofKind('ServiceAccount')).toHaveLength(1);
    expect(file(files, 'README.md').content).toContain(
      'The platform writes PodMonitor and ServiceMonitor itself',
    );
  });

  it('is left out unless asked for', () => {
    const kinds = all(renderDeployment(referencePlan('kserve-0.20'))).map(
      ({ kind }) => kind,
    );
    expect(kinds).not.toContain('PodMonitor');
    expect(kinds).not.toContain('ClusterRole');
  });
});
