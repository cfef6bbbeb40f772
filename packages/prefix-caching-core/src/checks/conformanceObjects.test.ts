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

import { existsSync, readdirSync, readFileSync } from 'fs';
import path from 'path';
import { readObjects } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { observeTarget } from '../observation';
import type { Observation } from '../observation';
import type { Verdict } from '../verdicts';
import { CHECKS } from './catalogue';
import { judged } from './testing/judging';
import { verify } from './verify';

/*
 * The objects real releases create, as a cluster would hold them before any
 * pod runs: nothing may pass that needs a pod.
 */

const conformance =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../../shared/conformance');
const describeIf = existsSync(conformance) ? describe : describe.skip;

function read(folder: string): KubernetesObject[] {
  const directory = path.join(conformance, folder);
  const files = readdirSync(directory)
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({
      path: name,
      content: readFileSync(path.join(directory, name), 'utf8'),
    }));
  const { objects, problems } = readObjects(files);
  expect(problems).toEqual([]);
  return objects;
}

const ASKED = [
  'Deployment',
  'InferencePool',
  'HTTPRoute',
  'Pod',
  'DestinationRule',
  'EnvoyFilter',
  'NetworkPolicy',
];

function observe(
  objects: KubernetesObject[],
  extra: KubernetesObject[] = [],
): Observation {
  return observeTarget({
    source: 'cluster',
    target: { cluster: 'test', namespace: 'rhaii-inference', name: 'qwen-3b' },
    objects: [...objects, ...extra],
    asked: ASKED,
    observedAt: '2026-08-20T12:00:00.000Z',
  });
}

const WEIGHTS: Record<string, string> = {
  'v0.16.0': 'prefix-cache-scorer 2, load-aware-scorer 1',
  'v0.18.0': 'queue-scorer 2, prefix-cache-scorer 3',
  'v0.20.0':
    'queue-scorer 2, kv-cache-utilization-scorer 2, prefix-cache-scorer 3, no-hit-lru-scorer 2',
};

const SETS = ['v0.16.0', 'v0.18.0', 'v0.20.0'].flatMap(release => [
  [release, 'plain'] as const,
  [release, 'tls'] as const,
]);

describeIf(
  'objects of real releases (skipped where the conformance data is absent)',
  () => {
    describe.each(SETS)('%s, %s', (release, variant) => {
      // v0.16 never passes --secure-serving, in either variant: its default is on.
      const serves =
        variant === 'tls' && release !== 'v0.16.0'
          ? 'serves TLS (--secure-serving)'
          : 'serves TLS (its default)';
      const expected: [string, Verdict, string][] = [
        ['engine.prefix-caching', 'inconclusive', 'no pod'],
        ['engine.arguments', 'inconclusive', 'no pod'],
        ['engine.block-size', 'inconclusive', 'no pod'],
        ['engine.replicas', 'inconclusive', '0 pods'],
        ['router.available', 'inconclusive', '0 pods'],
        ['router.scorers', 'inconclusive', WEIGHTS[release]],
        [
          'router.pool',
          'inconclusive',
          'InferencePool rhaii-inference/qwen-3b-inference-pool agrees with route and picker; 0 pods',
        ],
        ['router.metrics', 'inconclusive', 'no sample'],
        [
          'router.failure-mode',
          'pass',
          'FailOpen in InferencePool rhaii-inference/qwen-3b-inference-pool',
        ],
        [
          'gateway.routes',
          'inconclusive',
          'every prompt path goes to a pool; not accepted',
        ],
        [
          'gateway.request-body',
          'inconclusive',
          'no shadow Service, no feature switch seen',
        ],
        [
          'gateway.picker-tls',
          'fail',
          `picker ${serves}; no DestinationRule for qwen-3b-epp-service`,
        ],
        [
          'gateway.shared-picker',
          'inconclusive',
          '0 other services on the gateway',
        ],
        ['network.policies', 'skipped', 'no policy selects its pods'],
        [
          'routing.bypass',
          'inconclusive',
          'picker not sampled twice, engines not sampled twice requests between two samples',
        ],
        ['routing.distribution', 'inconclusive', 'fewer than two samples'],
        ['routing.delivered-hits', 'inconclusive', 'fewer than two samples'],
        [
          'routing.prediction-gap',
          'inconclusive',
          'not sampled twice, or no requests',
        ],
        ['routing.probe', 'skipped', 'no probe'],
        [
          'status.conditions',
          'skipped',
          'it shows in LLMInferenceService, which was not asked for',
        ],
      ];

      it('covers every check', () => {
        expect(expected.map(([id]) => id)).toEqual(CHECKS.map(({ id }) => id));
      });

      it.each(expected)('%s: %s', (id, verdict, actual) => {
        const observation = observe(read(`objects/${release}-${variant}`));
        const finding = verify(observation).findings.find(
          ({ check }) => check === id,
        );
        expect(finding).toMatchObject({ verdict, actual });
      });

      it('gateway.picker-tls stops failing once a rule makes the gateway speak TLS', () => {
        const rule: KubernetesObject = {
          apiVersion: 'networking.istio.io/v1',
          kind: 'DestinationRule',
          metadata: { name: 'picker', namespace: 'rhaii-inference' },
          spec: {
            host: 'qwen-3b-epp-service.rhaii-inference.svc.cluster.local',
            trafficPolicy: {
              tls: { mode: 'SIMPLE', insecureSkipVerify: true },
            },
          },
        };
        const finding = verify(
          observe(read(`objects/${release}-${variant}`), [rule]),
        ).findings.find(({ check }) => check === 'gateway.picker-tls');
        expect(finding).toMatchObject({
          verdict: 'inconclusive',
          actual: `picker ${serves}; DestinationRule rhaii-inference/picker says SIMPLE`,
        });
      });
    });

    describe('the two EnvoyFilters of the fixtures', () => {
      const [requestBody] = CHECKS.filter(
        ({ id }) => id === 'gateway.request-body',
      );
      const filter = (file: string) =>
        readObjects(
          readFileSync(path.join(conformance, 'fixtures', file), 'utf8'),
        ).objects[0];
      /** The same release's objects for another service name. */
      const renamed = (release: string) =>
        JSON.parse(
          JSON.stringify(read(`objects/${release}-tls`)).replace(
            /qwen-3b(?!-gpu)/g,
            'qwen-3b-gpu-svc',
          ),
        ) as KubernetesObject[];
      const observeService = (objects: KubernetesObject[]) =>
        observeTarget({
          source: 'cluster',
          target: {
            cluster: 'test',
            namespace: 'rhaii-inference',
            name: 'qwen-3b-gpu-svc',
          },
          objects,
          asked: ASKED,
          observedAt: '2026-08-20T12:00:00.000Z',
        });

      it.each(['v0.16.0', 'v0.18.0', 'v0.20.0'])(
        'the one of the reference document matches every route on %s',
        release => {
          const judgement = judged(
            requestBody,
            observeService([
              ...renamed(release),
              filter('envoyfilter-seed-shape-invalid.yaml'),
            ]),
          );
          expect(judgement.verdict).toBe('fail');
          expect(judgement.actual).toContain(
            'matches every route, because match.route is no field of EnvoyFilter and is dropped',
          );
          expect(judgement.actual).toContain(
            'EnvoyFilter opendatahub/body-forwarding-seed-shape',
          );
        },
      );

      it("the valid one replaces Istio's entry where rules have no names", () => {
        const judgement = judged(
          requestBody,
          observeService([
            ...renamed('v0.18.0'),
            filter('envoyfilter-valid-but-harmful.yaml'),
          ]),
        );
        expect(judgement.verdict).toBe('fail');
        expect(judgement.actual).toBe(
          "EnvoyFilter opendatahub/body-forwarding matches route rhaii-inference.qwen-3b-gpu-svc-kserve-route.1 and replaces Istio's ext_proc entry, so the picker is no longer called (body mode BUFFERED)",
        );
      });

      it('the valid one matches nothing where rules have names', () => {
        const judgement = judged(
          requestBody,
          observeService([
            ...renamed('v0.20.0'),
            filter('envoyfilter-valid-but-harmful.yaml'),
          ]),
        );
        expect(judgement.verdict).toBe('warn');
        expect(judgement.actual).toContain(
          'EnvoyFilter opendatahub/body-forwarding names route',
        );
      });

      it('the valid one is none of the business of another service', () => {
        const judgement = judged(
          requestBody,
          observe([
            ...read('objects/v0.18.0-tls'),
            filter('envoyfilter-valid-but-harmful.yaml'),
          ]),
        );
        expect(judgement.verdict).toBe('inconclusive');
      });
    });

    it('the scoped policies of the fixtures let the required traffic through', () => {
      const { objects } = readObjects(
        readFileSync(
          path.join(conformance, 'fixtures/networkpolicies-scoped.yaml'),
          'utf8',
        ),
      );
      const [policies] = CHECKS.filter(({ id }) => id === 'network.policies');
      const judgement = judged(
        policies,
        observe([...read('objects/v0.20.0-tls'), ...objects]),
      );
      expect(judgement).toMatchObject({
        verdict: 'inconclusive',
        actual: '3 of 3 required flows open',
      });
    });
  },
);
