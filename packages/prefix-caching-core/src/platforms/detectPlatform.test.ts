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
      ['v0.16.0', '0.16', 'inference.networking.x-k8s.io', 'kserve-0.16'],
      ['v0.18.0', '0.18', 'inference.networking.k8s.io', 'kserve-0.18'],
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
          const found = detectPlatform(objects);
          expect(found).toMatchObject({
            kserve,
            distribution: 'upstream',
            poolGroup,
            profile,
            candidates: [profile],
            // 0.16 has no TLS, whatever its configuration says.
            tls: tls === 'tls' && release !== 'v0.16.0',
          });
          expect(found.unknown).toEqual(['istio', 'apiVersion']);
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
    expect(detectPlatform([picker, route('v1-completions')]).kserve).toBe(
      '0.19',
    );
    expect(detectPlatform([picker, route()]).kserve).toBe('0.18');
    expect(detectPlatform([picker]).unknown).toContain('kserve');
    // Names that the service gives its rules itself tell nothing.
    const given = detectPlatform([picker, route('qwen.llm.v1-completions')]);
    expect(given.unknown).toContain('kserve');
    expect(given.candidates).toEqual(['kserve-0.18', 'kserve-0.19']);
    expect(
      detectPlatform([picker, route('qwen.llm.v1-completions'), route()])
        .kserve,
    ).toBe('0.18');
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
      'tls',
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

/** A managed route of a release, as its profile says; `other` adds rules nobody manages. */
function managedRoute(
  id: string,
  gateway?: { namespace: string; name: string },
): KubernetesObject {
  const { routeRules, namesRules, poolGroup } = findPlatform(id);
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: 'x-kserve-route',
      labels: { 'app.kubernetes.io/component': 'llminferenceservice-router' },
    },
    spec: {
      parentRefs: gateway ? [gateway] : [],
      rules: routeRules.map(({ name, by, prompts, to }) => ({
        ...(namesRules ? { name } : {}),
        matches: [
          by === 'header'
            ? { headers: [] }
            : {
                path: {
                  type: 'PathPrefix',
                  value: `/${
                    by === 'path' ? 'ns/x' : 'publishers/ns/models/m'
                  }${prompts[0] ?? ''}`,
                },
              },
        ],
        backendRefs: [
          to === 'pool'
            ? { kind: 'InferencePool', group: poolGroup }
            : { kind: 'Service' },
        ],
      })),
    },
  };
}

/** An engine as it is launched, with nothing else that tells. */
function launched(command: string[], args: string[] = []): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'x-kserve',
      labels: { 'kserve.io/component': 'workload' },
    },
    spec: {
      template: { spec: { containers: [{ name: 'main', command, args }] } },
    },
  };
}

describe('what detectPlatform can and cannot tell apart', () => {
  const SCRIPT = 'eval "vllm serve /mnt/models --served-model-name x $@"';
  const NEWER = 'eval "exec vllm serve --served-model-name x publishers/ns $@"';
  it.each([
    [
      'a managed route of 0.20',
      [managedRoute('kserve-0.20')],
      ['kserve-0.20', 'odh-0.20', 'xks-0.20'],
    ],
    ['of 0.19', [managedRoute('kserve-0.19')], ['kserve-0.19']],
    ['of 0.18', [managedRoute('kserve-0.18')], ['kserve-0.18']],
    ['of 0.17', [managedRoute('kserve-0.17')], ['kserve-0.17']],
    [
      'of 0.17 still in the older pool group',
      [
        managedRoute('rhaii-3.4-ea1'),
        launched(['vllm', 'serve', '/mnt/models']),
      ],
      ['kserve-0.17'],
    ],
    ['of 0.16', [managedRoute('kserve-0.16')], ['kserve-0.16']],
    [
      'a script in args',
      [launched(['/bin/bash', '-c'], [SCRIPT])],
      ['rhaii-3.4-ea1'],
    ],
    [
      'no script',
      [launched(['vllm', 'serve', '/mnt/models'])],
      ['kserve-0.16', 'kserve-0.17'],
    ],
    [
      'a script in command',
      [launched(['/bin/bash', '-c', SCRIPT, '--'])],
      ['kserve-0.18'],
    ],
    [
      'the publisher’s name',
      [launched(['/bin/bash', '-c', NEWER, '--'])],
      ['kserve-0.19', 'kserve-0.20', 'odh-0.20', 'xks-0.20'],
    ],
    [
      'a picker two releases ship',
      [
        workload(
          'Deployment',
          'ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1',
          PICKER,
        ),
      ],
      ['kserve-0.18', 'kserve-0.19'],
    ],
    [
      'Open Data Hub’s picker',
      [workload('Deployment', findPlatform('odh-0.20').eppImage, PICKER)],
      ['odh-0.20', 'xks-0.20'],
    ],
    [
      'and OpenShift’s gateway',
      [
        workload('Deployment', findPlatform('odh-0.20').eppImage, PICKER),
        managedRoute('odh-0.20', findPlatform('odh-0.20').gateway),
      ],
      ['odh-0.20'],
    ],
    [
      'or the other one',
      [
        workload('Deployment', findPlatform('odh-0.20').eppImage, PICKER),
        managedRoute('xks-0.20', findPlatform('xks-0.20').gateway),
      ],
      ['xks-0.20'],
    ],
  ])('%s', (_, objects, candidates) => {
    const found = detectPlatform(objects);
    expect(found.candidates).toEqual(candidates);
    expect(found.unknown.includes('profile')).toBe(candidates.length > 1);
    expect(found.profile).toBe(
      candidates.length === 1 ? candidates[0] : undefined,
    );
    expect(found.evidence.length).toBeGreaterThan(0);
  });

  it('takes nothing from rules that somebody wrote', () => {
    const route = managedRoute('kserve-0.20');
    const [rule] = (route.spec as { rules: { name: string }[] }).rules;
    rule.name = 'qwen.ns.v1-completions-path';
    expect(detectPlatform([route]).candidates).toContain('kserve-0.17');
  });

  it('guesses from manifests alone, and says that it guesses', () => {
    const found = detectPlatform([
      {
        apiVersion: 'serving.kserve.io/v1alpha2',
        kind: 'LLMInferenceService',
        metadata: { name: 'x' },
      },
    ]);
    expect(found).toMatchObject({
      profile: 'kserve-0.20',
      candidates: [
        'kserve-0.17',
        'kserve-0.18',
        'kserve-0.19',
        'kserve-0.20',
        'odh-0.20',
        'xks-0.20',
      ],
    });
    expect(found.unknown).toContain('profile');
  });
});

describe('resolvePlatform', () => {
  it('takes the row, and what the plan says is different', () => {
    expect(resolvePlatform('kserve-0.20')).toMatchObject({ tls: false });
    expect(
      resolvePlatform({ id: 'kserve-0.20', istio: '1.28.3', tls: true }),
    ).toMatchObject({ istio: '1.28.3', tls: true, isolation: 'rule-names' });
  });

  it('names pools in the group the Istio release reads', () => {
    const groupOn = (istio: string) =>
      resolvePlatform({ id: 'kserve-0.19', istio }).poolGroup;
    expect(groupOn('1.27.4')).toBe('inference.networking.x-k8s.io');
    expect(groupOn('1.28.0')).toBe('inference.networking.k8s.io');
  });

  it('says which platforms there are', () => {
    expect(() => findPlatform('kserve-0.12')).toThrow(UnknownPlatformError);
    expect(() => findPlatform('kserve-0.12')).toThrow(
      /'kserve-0.12' is not known\. Expected one of rhaii-3.4-ea1, kserve-0.16, .*xks-0.20/,
    );
  });
});
