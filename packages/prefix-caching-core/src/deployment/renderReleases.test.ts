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

import { at, listAt, textAt, textsAt } from '../kubernetes';
import { PLATFORMS } from '../platforms';
import type { PlatformChoice } from '../platforms';
import { ALL_TABLES } from './__fixtures__/matrix';
import { referencePlan } from './__fixtures__/plans';
import { container, file, services } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';
import type { DeploymentPlan } from '.';

/** The GPU service of the reference case. */
function gpu(platform: PlatformChoice, more: Partial<DeploymentPlan> = {}) {
  return services(renderDeployment({ ...referencePlan(platform), ...more }))[0];
}

describe('what releases read differently', () => {
  it.each(PLATFORMS.map(profile => [profile.id, profile] as const))(
    '%s: its API version, weights and place of arguments',
    (id, profile) => {
      const service = gpu(id);
      expect(service.apiVersion).toBe(profile.apiVersion);
      const scheduler = at(service.spec, 'router', 'scheduler');
      expect(at(scheduler, 'config') !== undefined).toBe(
        profile.schedulerConfig === 'inline',
      );
      expect(textsAt(container(service), 'args').length > 0).toBe(
        profile.arguments !== 'replace-script',
      );
    },
  );

  it('0.16: the whole of the arguments, since a list replaces the platform’s', () => {
    const main = container(gpu('kserve-0.16'));
    expect(textsAt(main, 'command')).toEqual(['vllm', 'serve', '/mnt/models']);
    expect(textsAt(main, 'args').slice(0, 2)).toEqual([
      '--served-model-name=Qwen/Qwen2.5-3B-Instruct',
      '--port=8000',
    ]);
  });

  it('0.16: weights in the picker’s arguments, spelt as this release does', () => {
    const args = textsAt(
      gpu('kserve-0.16', {
        scorers: [{ type: 'prefix-cache-scorer', weight: 3 }],
      }).spec,
      'router',
      'scheduler',
      'template',
      'containers',
      0,
      'args',
    );
    expect(args).toEqual(
      expect.arrayContaining([
        '--poolName',
        'qwen-3b-gpu-svc-inference-pool',
        '--configText',
      ]),
    );
    expect(args).not.toContain('<pool>');
  });

  it.each<[PlatformChoice, boolean, boolean]>([
    ['rhaii-3.4-ea1', true, false],
    ['kserve-0.16', true, false],
    ['kserve-0.17', true, true],
    [{ id: 'kserve-0.18', istio: '1.30.0' }, false, true],
    [{ id: 'kserve-0.19', istio: '1.28.4' }, true, true],
    [{ id: 'kserve-0.19', istio: '1.28.5' }, false, true],
    ['kserve-0.20', false, true],
    ['odh-0.20', true, true],
  ])('%j: own host %s, own rule names %s', (platform, host, names) => {
    const [one, other] = services(renderDeployment(referencePlan(platform)));
    const route = (service: typeof one) =>
      at(service.spec, 'router', 'route', 'http', 'spec');
    expect(textsAt(route(one), 'hostnames').length > 0).toBe(host);
    const namesOf = (service: typeof one) =>
      listAt(route(service), 'rules').map(rule => textAt(rule, 'name'));
    expect(namesOf(one).length > 0).toBe(names);
    expect(namesOf(one).filter(name => namesOf(other).includes(name))).toEqual(
      [],
    );
  });

  it('names pools in the group that this Istio reads', () => {
    const groups = (istio: string) =>
      listAt(
        gpu({ id: 'kserve-0.20', istio }).spec,
        'router',
        'route',
        'http',
        'spec',
        'rules',
      )
        .flatMap(rule => listAt(rule, 'backendRefs'))
        .flatMap(backend => textAt(backend, 'group') ?? []);
    expect(new Set(groups('1.27.5'))).toEqual(
      new Set(['inference.networking.x-k8s.io']),
    );
    expect(new Set(groups('1.29.0'))).toEqual(
      new Set(['inference.networking.k8s.io']),
    );
  });

  it('takes Open Data Hub’s preset for the accelerator instead of an image', () => {
    const plan: DeploymentPlan = {
      ...referencePlan('odh-0.20'),
      nodePlatform: 'gfd',
      accelerators: [{ id: 'amd-mi300x' }],
    };
    const [onOdh] = services(renderDeployment(plan));
    expect(at(onOdh.spec, 'baseRefs')).toEqual([
      { name: 'kserve-config-llm-template-amd-rocm' },
    ]);
    expect(at(container(onOdh), 'image')).toBeUndefined();
    const [upstream] = services(
      renderDeployment({ ...plan, platform: 'kserve-0.20' }),
    );
    expect(at(upstream.spec, 'baseRefs')).toBeUndefined();
    expect(textAt(container(upstream), 'image')).toContain('rocm');
  });

  it('asks for what an accelerator needs besides its device', () => {
    const render = (id: string, nodePlatform: DeploymentPlan['nodePlatform']) =>
      services(
        renderDeployment(
          {
            ...referencePlan('kserve-0.20'),
            nodePlatform,
            accelerators: [{ id }],
          },
          ALL_TABLES,
        ),
      )[0];
    expect(
      at(container(render('cpu', 'gke')), 'resources', 'requests'),
    ).toEqual({ cpu: '64', memory: '64Gi' });
    expect(
      at(
        render('intel-xpu', 'gfd').spec,
        'template',
        'securityContext',
        'supplementalGroups',
      ),
    ).toEqual([107]);
  });

  it('looks ids up in the tables it is given', () => {
    const [row] = ALL_TABLES.accelerators;
    const own = {
      ...ALL_TABLES,
      accelerators: [{ ...row, id: 'our-gpu', class: 'ours', image: 'ours:1' }],
      platforms: [{ ...PLATFORMS[5], id: 'our-kserve' }],
    };
    const files = renderDeployment(
      {
        ...referencePlan('our-kserve'),
        accelerators: [{ id: 'our-gpu' }],
      },
      own,
    );
    const [service] = file(files, 'deploy/qwen-3b-ours-svc.yaml').objects;
    expect(textAt(container(service), 'image')).toBe('ours:1');
    expect(() =>
      renderDeployment(
        { ...referencePlan('kserve-0.20'), accelerators: [{ id: 'our-gpu' }] },
        own,
      ),
    ).toThrow(
      /platform: 'kserve-0.20' is not known\. Expected one of our-kserve/,
    );
  });
});
