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
import { parse, parseAllDocuments } from 'yaml';
import { at, listAt, textAt, textsAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { findPlatform } from '../platforms';
import { fullPlan, referencePlan } from './__fixtures__/plans';
import { all, container, file } from './__fixtures__/renderedFiles';
import { CONFORMANCE, violations } from './__testUtils__/customResourceSchema';
import { renderDeployment } from '.';
import type { DeploymentPlan } from '.';

const describeIf = existsSync(CONFORMANCE)
  ? describe
  : // The real CRDs, presets and objects are kept outside of the repository.
    describe.skip;

const CRDS = {
  'rhaii-3.4-ea1': 'crd/rhaii-3.4-ea1',
  'kserve-0.20': 'crd/kserve-v0.20.0',
} as const;

const PLATFORMS = Object.keys(CRDS) as (keyof typeof CRDS)[];

function crdFileOf(
  platform: keyof typeof CRDS,
  { kind }: KubernetesObject,
): string | undefined {
  return {
    LLMInferenceService: `${CRDS[platform]}/serving.kserve.io_llminferenceservices.yaml`,
    DestinationRule: 'crd/istio/crd-all.gen.yaml',
  }[kind];
}

describeIf.each(PLATFORMS)(
  'what is rendered for %s, by its own CRDs (conformance data)',
  platform => {
    const files = renderDeployment(referencePlan(platform));
    const [gpu] = file(files, 'deploy/qwen-3b-gpu-svc.yaml').objects;

    it('is valid in the reference document’s case', () => {
      const checked = all(files).flatMap(object => {
        const crd = crdFileOf(platform, object);
        return crd ? [[object.kind, ...violations(crd, object)]] : [];
      });
      expect(checked.length).toBe(platform === 'kserve-0.20' ? 4 : 2);
      expect(checked.flatMap(([, ...found]) => found)).toEqual([]);
    });

    it('mutated, it is not', () => {
      const wrong = structuredClone(gpu);
      Object.assign(wrong.spec?.router as object, { scorerWeights: {} });
      Object.assign(container(wrong) as object, { args: 'python3' });
      expect(
        violations(crdFileOf(platform, wrong) ?? '', wrong).join('\n'),
      ).toMatch(/scorerWeights[\s\S]*array|array[\s\S]*scorerWeights/);
    });

    it('is valid with everything a plan can say', () => {
      const found = all(renderDeployment(fullPlan(platform))).flatMap(
        object => {
          const crd = crdFileOf(platform, object);
          return crd ? violations(crd, object) : [];
        },
      );
      expect(found).toEqual([]);
    });
  },
);

describeIf.each(['0.18', '0.20'])(
  'what is rendered for KServe %s, by what it creates itself (conformance data)',
  release => {
    const platform = `kserve-${release}`;

    it('keeps every rule of the platform’s route but its names', () => {
      const plan: DeploymentPlan = {
        ...referencePlan(platform),
        model: { id: 'qwen2.5-3b-instruct', name: 'qwen-3b' },
        accelerators: [{ id: 'nvidia-t4', service: 'qwen-3b' }],
      };
      const [service] = file(
        renderDeployment(plan),
        'deploy/qwen-3b.yaml',
      ).objects;
      const real: unknown = parse(
        readFileSync(
          path.join(CONFORMANCE, `objects/v${release}.0-plain/httproute.yaml`),
          'utf8',
        ),
      );
      const rules = listAt(
        service.spec,
        'router',
        'route',
        'http',
        'spec',
        'rules',
      );
      const suffix = (rule: unknown) => ({
        ...(rule as object),
        name: textAt(rule, 'name')?.replace('qwen-3b.rhaii-inference.', ''),
      });
      const names = findPlatform(platform).routeRules.map(({ name }) => name);
      expect(rules.map(suffix)).toEqual(
        listAt(real, 'spec', 'rules').map((rule, index) => ({
          name: names[index],
          ...(rule as object),
        })),
      );
      expect(
        violations(
          'crd/gateway-api-v1.6.1/gateway.networking.k8s.io_httproutes.yaml',
          {
            apiVersion: 'gateway.networking.k8s.io/v1',
            kind: 'HTTPRoute',
            metadata: { name: 'qwen-3b' },
            spec: { rules },
          },
        ),
      ).toEqual([]);
    });
  },
);

describeIf('the picker, by the platform’s own (conformance data)', () => {
  const schedulerOf = (plan: DeploymentPlan) =>
    at(
      renderDeployment(plan)
        .flatMap(({ objects }) => objects)
        .find(({ kind }) => kind === 'LLMInferenceService')?.spec,
      'router',
      'scheduler',
    );
  const scorers = [{ type: 'prefix-cache-scorer', weight: 5 }];

  it.each(['0.18', '0.20'])('has the weights of %s written out', release => {
    expect(
      at(schedulerOf(referencePlan(`kserve-${release}`)), 'config', 'inline'),
    ).toEqual(
      parse(
        readFileSync(
          path.join(CONFORMANCE, `scheduler-config/v${release}.0-single.yaml`),
          'utf8',
        ),
      ),
    );
  });

  it('has its container written out when weights are asked for', () => {
    const scheduler = schedulerOf({
      ...referencePlan('rhaii-3.4-ea1'),
      scorers,
    });
    const args = textsAt(scheduler, 'template', 'containers', 0, 'args');
    const preset = parseAllDocuments(
      readFileSync(
        path.join(
          CONFORMANCE,
          'presets/rhaii-3.4-ea1/charts-kserve-files-resources.yaml',
        ),
        'utf8',
      ),
    )
      .map(document => document.toJS() as unknown)
      .find(
        it => textAt(it, 'metadata', 'name') === 'kserve-config-llm-scheduler',
      );
    const presetArgs = textsAt(
      preset,
      'spec',
      'router',
      'scheduler',
      'template',
      'containers',
      0,
      'args',
    ).map(word =>
      word
        .replace(/^\{\{ ChildName.*\}\}$/, 'qwen-3b-gpu-svc-inference-pool')
        .replace(/^\{\{ \.ObjectMeta\.Namespace \}\}$/, 'rhaii-inference'),
    );
    expect(args.slice(0, -2)).toEqual(presetArgs);
    expect(args.at(-2)).toBe('--config-text');
    expect(
      at(parse(args.at(-1) ?? ''), 'schedulingProfiles', 0, 'plugins', 0),
    ).toEqual({ pluginRef: 'prefix-cache-scorer', weight: 5 });
  });
});
