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
import type { KubernetesObject } from '../kubernetes';
import { referencePlan } from './__fixtures__/plans';
import { container, file } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';
import type { DeploymentPlan } from '.';

const PLATFORMS = ['rhaii-3.4-ea1', 'kserve-0.20'] as const;

describe.each(PLATFORMS)('the reference document’s case on %s', platform => {
  const files = renderDeployment(referencePlan(platform));
  const [gpu] = file(files, 'deploy/qwen-3b-gpu-svc.yaml').objects;
  const [tpu] = file(files, 'deploy/qwen-3b-tpu-svc.yaml').objects;

  it('is two services with the names, replicas, model and gateway it has', () => {
    for (const service of [gpu, tpu]) {
      expect(service).toMatchObject({
        kind: 'LLMInferenceService',
        metadata: {
          namespace: 'rhaii-inference',
          labels: { 'backstage.io/kubernetes-id': 'qwen-3b' },
          annotations: {
            'prefix-caching/entity-ref': 'component:default/qwen-3b',
          },
        },
        spec: {
          model: {
            uri: 'hf://Qwen/Qwen2.5-3B-Instruct',
            name: 'Qwen/Qwen2.5-3B-Instruct',
          },
          replicas: 3,
          router: {
            gateway: {
              refs: [{ name: 'inference-gateway', namespace: 'opendatahub' }],
            },
          },
        },
      });
    }
  });

  it('asks for the devices on nodes that have them', () => {
    expect(at(gpu.spec, 'template', 'nodeSelector')).toEqual({
      'cloud.google.com/gke-accelerator': 'nvidia-tesla-t4',
    });
    expect(at(container(gpu), 'resources', 'limits')).toEqual({
      'nvidia.com/gpu': '1',
    });
    expect(at(tpu.spec, 'template', 'nodeSelector')).toEqual({
      'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice',
      'cloud.google.com/gke-tpu-topology': '2x2',
    });
    expect(at(container(tpu), 'resources', 'limits')).toEqual({
      'google.com/tpu': '4',
    });
    expect(listAt(tpu.spec, 'template', 'tolerations')).toEqual([
      { key: 'google.com/tpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
    const names = listAt(container(tpu), 'env').map(it => textAt(it, 'name'));
    expect(names).toEqual(
      expect.arrayContaining([
        'PJRT_DEVICE',
        'TPU_CHIPS_PER_HOST_BOUNDS',
        'TPU_HOST_BOUNDS',
      ]),
    );
  });

  it('lets a TPU compile before it is probed to death', () => {
    const probe = at(container(tpu), 'startupProbe');
    expect(probe).toMatchObject({ periodSeconds: 30, failureThreshold: 120 });
    expect(textAt(probe, 'httpGet', 'scheme')).toBe(
      platform === 'rhaii-3.4-ea1' ? 'HTTPS' : 'HTTP',
    );
  });

  it('puts arguments where the platform reads them', () => {
    const argumentsOf = (service: KubernetesObject) => {
      const args = textsAt(container(service), 'args');
      const variable = listAt(container(service), 'env').find(
        it => textAt(it, 'name') === 'VLLM_ADDITIONAL_ARGS',
      );
      // One place, never both: the other one would be read as well.
      expect(args.length > 0).toBe(platform === 'kserve-0.20');
      expect(variable !== undefined).toBe(platform === 'rhaii-3.4-ea1');
      return variable ? textAt(variable, 'value')?.split(' ') : args;
    };
    expect(argumentsOf(gpu)).toEqual([
      '--enable-prefix-caching',
      '--enable-prompt-tokens-details',
      '--dtype=half',
      '--max-model-len=4096',
      '--gpu-memory-utilization=0.85',
      '--max-num-seqs=128',
    ]);
    expect(argumentsOf(tpu)).toEqual([
      '--enable-prefix-caching',
      '--enable-prompt-tokens-details',
      '--dtype=bfloat16',
      '--max-model-len=2048',
      '--gpu-memory-utilization=0.9',
      ...(platform === 'rhaii-3.4-ea1' ? ['--tensor-parallel-size=4'] : []),
    ]);
    expect(at(tpu.spec, 'parallelism')).toEqual(
      platform === 'rhaii-3.4-ea1' ? undefined : { tensor: 4 },
    );
  });

  it('never writes what stops an engine', () => {
    const text = files.map(({ content }) => content).join('\n');
    expect(text).not.toMatch(/disable-log-requests|python3 -m|scorerWeights/);
    expect(text).not.toMatch(/kind: EnvoyFilter/);
  });
});

describe('keeping services apart on one gateway', () => {
  const routeOf = (platform: DeploymentPlan['platform'], name: string) =>
    at(
      file(renderDeployment(referencePlan(platform)), `deploy/${name}.yaml`)
        .objects[0].spec,
      'router',
      'route',
      'http',
      'spec',
    );
  const namesOf = (route: unknown) =>
    listAt(route, 'rules').map(rule => textAt(rule, 'name'));

  it('gives each a host where the platform has unnamed rules', () => {
    expect(routeOf('rhaii-3.4-ea1', 'qwen-3b-gpu-svc')).toEqual({
      hostnames: ['qwen-3b-gpu-svc.rhaii-inference.example.internal'],
    });
    expect(routeOf('rhaii-3.4-ea1', 'qwen-3b-tpu-svc')).toEqual({
      hostnames: ['qwen-3b-tpu-svc.rhaii-inference.example.internal'],
    });
  });

  it('gives each rule names of its own where the platform’s are alike', () => {
    const gpu = namesOf(routeOf('kserve-0.20', 'qwen-3b-gpu-svc'));
    const tpu = namesOf(routeOf('kserve-0.20', 'qwen-3b-tpu-svc'));
    expect(gpu.length).toBeGreaterThan(0);
    expect(gpu.filter(name => tpu.includes(name))).toEqual([]);
    expect(new Set(gpu).size).toBe(gpu.length);
    expect(routeOf('kserve-0.20', 'qwen-3b-gpu-svc')).not.toHaveProperty(
      'hostnames',
    );
  });

  it('does both where Istio merges routes and rules are alike', () => {
    const route = routeOf(
      { id: 'kserve-0.20', istio: '1.28.4' },
      'qwen-3b-gpu-svc',
    );
    expect(textsAt(route, 'hostnames')).toHaveLength(1);
    expect(namesOf(route).length).toBeGreaterThan(0);
  });

  it('sends every prompt path to the pool also when services share a model', () => {
    const rules = listAt(routeOf('kserve-0.20', 'qwen-3b-gpu-svc'), 'rules');
    const toPool = rules
      .filter(
        rule => textAt(rule, 'backendRefs', 0, 'kind') === 'InferencePool',
      )
      .map(rule => textAt(rule, 'matches', 0, 'path', 'value'));
    expect(toPool).toEqual(
      ['completions', 'chat/completions', 'responses', 'messages'].map(
        name => `/rhaii-inference/qwen-3b-gpu-svc/v1/${name}`,
      ),
    );
    expect(JSON.stringify(rules)).not.toContain('publishers/');
  });

  it('follows KServe’s child names where a name is long', () => {
    const service = `a${'b'.repeat(60)}`;
    const plan = referencePlan('kserve-0.20');
    const [first] = file(
      renderDeployment({
        ...plan,
        accelerators: [{ id: 'nvidia-t4', service, maxModelLen: 4096 }],
      }),
      `deploy/${service}.yaml`,
    ).objects;
    const pool = textAt(
      first.spec,
      'router',
      'route',
      'http',
      'spec',
      'rules',
      0,
      'backendRefs',
      0,
      'name',
    );
    expect(pool).toMatch(/^a[b]+[0-9a-f]{32}-inference-pool$/);
    expect(pool).toHaveLength(63);
  });
});

describe('what a plan leaves out', () => {
  it.each([
    ['oci://registry.example.com:5000/models/qwen:1.0', 'qwen'],
    ['pvc://models/qwen', 'qwen'],
    ['s3://bucket/models/qwen/', 'qwen'],
    ['hf://acme/own-model:main', 'acme/own-model'],
  ])('names the model of %s', (uri, name) => {
    const [service] = renderDeployment({
      ...referencePlan('kserve-0.20'),
      model: { uri },
      accelerators: [{ id: 'nvidia-l4' }],
    }).flatMap(({ objects }) =>
      objects.filter(({ kind }) => kind === 'LLMInferenceService'),
    );
    expect(at(service.spec, 'model')).toEqual({ uri, name });
    // Nothing is known of its memory, so its own length stays.
    expect(textsAt(container(service), 'args').join(' ')).not.toContain(
      'max-model-len',
    );
  });

  it('chooses the fewest devices on which a model surely fits', () => {
    const [service] = renderDeployment({
      ...referencePlan('kserve-0.20'),
      model: { id: 'llama-3.3-70b-instruct-fp8' },
      accelerators: [{ id: 'nvidia-h100' }],
    }).flatMap(({ objects }) =>
      objects.filter(({ kind }) => kind === 'LLMInferenceService'),
    );
    expect(at(container(service), 'resources', 'limits')).toEqual({
      'nvidia.com/gpu': '2',
    });
    expect(at(service.spec, 'parallelism')).toEqual({ tensor: 2 });
  });

  it('takes the platform’s own gateway, and an empty text as nothing', () => {
    const plan = { ...referencePlan('kserve-0.20'), gateway: undefined };
    const files = renderDeployment({ ...plan, system: '', cluster: '' });
    const [component] = file(files, 'catalog-info.yaml').objects;
    expect(component.spec).not.toHaveProperty('system');
    const [service] = file(files, 'deploy/qwen-3b-gpu-svc.yaml').objects;
    expect(at(service.spec, 'router', 'gateway')).toEqual({});
  });
});
