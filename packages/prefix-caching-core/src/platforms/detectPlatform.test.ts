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

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readObjects } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  UnknownPlatformError,
  detectPlatform,
  findPlatform,
  resolvePlatform,
} from '.';

const conformance =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../../shared/conformance');
const describeIf = existsSync(conformance)
  ? describe
  : // The rendered objects of each release are kept outside of the repository.
    describe.skip;

function workload(
  kind: string,
  image: string,
  labels: Record<string, string> = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'workload', namespace: 'somewhere', labels },
    spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
  };
}

const PICKER = {
  'app.kubernetes.io/component': 'llminferenceservice-router-scheduler',
};

describeIf(
  'detectPlatform on each release’s objects (conformance data)',
  () => {
    it.each([
      ['v0.16.0', '0.16', 'inference.networking.x-k8s.io', undefined],
      ['v0.18.0', '0.18', 'inference.networking.k8s.io', undefined],
      ['v0.20.0', '0.20', 'inference.networking.k8s.io', 'kserve-0.20'],
    ])(
      'tells %s from what it creates',
      (release, kserve, poolGroup, profile) => {
        for (const tls of ['plain', 'tls']) {
          const folder = path.join(conformance, 'objects', `${release}-${tls}`);
          const { objects } = readObjects(
            ['epp-deployment', 'inferencepool', 'httproute'].map(name => ({
              path: name,
              content: readFileSync(path.join(folder, `${name}.yaml`), 'utf8'),
            })),
          );
          expect(detectPlatform(objects)).toMatchObject({
            kserve,
            distribution: 'upstream',
            poolGroup,
            profile,
          });
        }
      },
    );
  },
);

describe('detectPlatform', () => {
  it('tells 0.19 from 0.18 by named rules', () => {
    const picker = workload(
      'Deployment',
      'ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1',
      PICKER,
    );
    const route = (name?: string): KubernetesObject => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'route' },
      spec: { rules: [name ? { name } : {}] },
    });
    expect(detectPlatform([picker, route('v1')]).kserve).toBe('0.19');
    expect(detectPlatform([picker, route()]).kserve).toBe('0.18');
    expect(detectPlatform([picker]).unknown).toContain('kserve');
  });

  it('knows the reference document’s stack by its picker’s digest', () => {
    const { eppImage } = findPlatform('rhaii-3.4-ea1');
    expect(
      detectPlatform([workload('Deployment', eppImage, PICKER)]),
    ).toMatchObject({ profile: 'rhaii-3.4-ea1', distribution: 'rhaii' });
  });

  it.each([
    ['docker.io/istio/proxyv2:1.30.4', '1.30.4'],
    ['gcr.io/istio-release/pilot:1.28.5-distroless', '1.28.5'],
    ['registry.example.com/mirror/proxyv2:v1.29.0-rc.1', '1.29.0-rc.1'],
    ['docker.io/istio/proxyv2@sha256:0000', undefined],
    ['docker.io/other/proxy:1.30.4', undefined],
  ])('reads Istio from %s', (image, istio) => {
    const found = detectPlatform([workload('Deployment', image)]);
    expect(found.istio).toBe(istio);
    expect(found.unknown.includes('istio')).toBe(istio === undefined);
  });

  it('asks the control plane before a proxy, and a wish last', () => {
    const wish: KubernetesObject = {
      apiVersion: 'sailoperator.io/v1',
      kind: 'Istio',
      metadata: { name: 'default' },
      spec: { version: 'v1.27-latest' },
    };
    const proxy = workload('Deployment', 'istio/proxyv2:1.28.1');
    const pilot = workload('Deployment', 'istio/pilot:1.28.6');
    expect(detectPlatform([wish, proxy, pilot]).istio).toBe('1.28.6');
    expect(detectPlatform([wish, proxy]).istio).toBe('1.28.1');
    expect(detectPlatform([wish]).istio).toBe('1.27-latest');
  });

  it.each([
    ['serving.kserve.io/v1alpha1', 'rhaii-3.4-ea1'],
    ['serving.kserve.io/v1alpha2', 'kserve-0.20'],
    ['serving.kserve.io/v1', undefined],
  ])(
    'falls back to the API version of manifests: %s',
    (apiVersion, profile) => {
      expect(
        detectPlatform([
          { apiVersion, kind: 'LLMInferenceService', metadata: { name: 'x' } },
        ]).profile,
      ).toBe(profile);
    },
  );

  it('says what it cannot tell of nothing, and survives nonsense', () => {
    expect(detectPlatform([]).unknown).toEqual([
      'kserve',
      'istio',
      'distribution',
      'poolGroup',
      'apiVersion',
      'profile',
    ]);
    const broken: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: 'none', initContainers: [42, {}] },
    };
    expect(detectPlatform([broken]).kserve).toBeUndefined();
  });
});

describe('resolvePlatform', () => {
  it('takes the row, and what the plan says is different', () => {
    expect(resolvePlatform('kserve-0.20')).toMatchObject({ tls: false });
    expect(
      resolvePlatform({ id: 'kserve-0.20', istio: '1.28.3', tls: true }),
    ).toMatchObject({ istio: '1.28.3', tls: true, isolation: 'rule-names' });
  });

  it('says which platforms there are', () => {
    expect(() => findPlatform('kserve-0.12')).toThrow(UnknownPlatformError);
    expect(() => findPlatform('kserve-0.12')).toThrow(
      /'kserve-0.12' is not known\. Expected one of rhaii-3.4-ea1, kserve-0.20/,
    );
  });
});
