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

import { verify } from './checks';
import type { Finding } from './checks';
import { renderDeployment } from './deployment';
import { referencePlan } from './deployment/__fixtures__/plans';
import { recordAt } from './kubernetes';
import type { KubernetesObject } from './kubernetes';
import { observeManifests } from './observation';

/*
 * The reference document's own case, through the whole of the domain: what is
 * written for it is observed and judged like anybody's manifests.
 */

const PLATFORMS = ['rhaii-3.4-ea1', 'kserve-0.20'] as const;

function rendered(platform: (typeof PLATFORMS)[number]): KubernetesObject[] {
  return renderDeployment(referencePlan(platform))
    .filter(({ path }) => path.startsWith('deploy/'))
    .flatMap(({ objects }) => objects);
}

function findingsOf(objects: KubernetesObject[]): Record<string, Finding[]> {
  return Object.fromEntries(
    observeManifests(objects).map(observation => [
      observation.target.name,
      verify(observation).findings,
    ]),
  );
}

/** The pair as it comes without care: routes are left to the platform, which names them alike on every host. */
function naive(objects: KubernetesObject[]): KubernetesObject[] {
  return objects.map(object => {
    if (object.kind !== 'LLMInferenceService') return object;
    const plain = structuredClone(object);
    recordAt(plain, 'spec', 'router').route = {};
    return plain;
  });
}

describe.each(PLATFORMS)('the reference case, written for %s', platform => {
  const services = findingsOf(rendered(platform));

  it('is the two services of the document', () => {
    expect(Object.keys(services)).toEqual([
      'qwen-3b-gpu-svc',
      'qwen-3b-tpu-svc',
    ]);
  });

  it.each(['qwen-3b-gpu-svc', 'qwen-3b-tpu-svc'])(
    '%s passes what files can decide',
    name => {
      const verdicts = Object.fromEntries(
        services[name].map(({ check, verdict }) => [check, verdict]),
      );
      expect(verdicts).toMatchObject({
        'engine.prefix-caching': 'pass',
        'engine.arguments': 'pass',
        'engine.replicas': 'pass',
        'gateway.shared-picker': 'pass',
        'network.policies': 'pass',
      });
      expect(
        services[name].filter(({ verdict }) =>
          ['fail', 'warn', 'inconclusive'].includes(verdict),
        ),
      ).toEqual([]);
    },
  );

  it.each(['qwen-3b-gpu-svc', 'qwen-3b-tpu-svc'])(
    '%s says why it skips the rest',
    name => {
      const skipped = services[name].filter(
        ({ verdict }) => verdict === 'skipped',
      );
      expect(skipped).not.toEqual([]);
      for (const { summary, actual } of skipped) {
        expect(summary).toMatch(/^Not decided from files: .+\.$/);
        expect(actual).not.toBe('');
      }
    },
  );

  it.each(['qwen-3b-gpu-svc', 'qwen-3b-tpu-svc'])(
    '%s shares its picker when the pair is written without care',
    name => {
      const finding = findingsOf(naive(rendered(platform)))[name].find(
        ({ check }) => check === 'gateway.shared-picker',
      );
      expect(finding).toMatchObject({
        verdict: 'fail',
        actual: expect.stringContaining('rhaii-inference/qwen-3b-'),
      });
    },
  );
});

describe('services that Istio would merge', () => {
  /** What is said of their pickers, on a release that merges the routes of one host. */
  function sharedPickers(change: (router: Record<string, unknown>) => void) {
    const plan = referencePlan({ id: 'kserve-0.20', istio: '1.28.4' });
    const objects = renderDeployment({ ...plan, isolation: 'gateway' })
      .filter(({ path }) => path.startsWith('deploy/'))
      .flatMap(file => file.objects);
    for (const { kind, spec } of objects) {
      if (kind === 'LLMInferenceService') {
        change(recordAt(spec, 'router'));
      }
    }
    return observeManifests(objects).map(
      observation =>
        verify(observation, { istio: '1.28.4' }).findings.find(
          ({ check }) => check === 'gateway.shared-picker',
        )?.verdict,
    );
  }

  it('are kept apart by a Gateway each, and would not be on one', () => {
    expect(sharedPickers(() => {})).toEqual(['pass', 'pass']);
    expect(
      sharedPickers(router => {
        router.gateway = { refs: [{ name: 'one', namespace: 'ingress' }] };
      }),
    ).not.toContain('pass');
  });
});
