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

import { parse, parseAllDocuments } from 'yaml';
import { at, listAt, readObjects, textAt, textsAt } from '../kubernetes';
import { fullPlan } from './__fixtures__/plans';
import { container, file, services } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';

const PLATFORMS = ['rhaii-3.4-ea1', 'kserve-0.20'] as const;

describe.each(PLATFORMS)('a full plan on %s', platform => {
  const plan = fullPlan(platform);
  const files = renderDeployment(plan);

  it('is these files, each path inside of the repository', () => {
    expect(files.map(({ path: it }) => it).sort()).toEqual(
      [
        'README.md',
        'argocd/application.yaml',
        'catalog-info.yaml',
        ...(platform === 'kserve-0.20'
          ? ['deploy/destination-rules.yaml']
          : []),
        'deploy/kustomization.yaml',
        'deploy/llama-assist-nvidia-l4-svc.yaml',
        'deploy/llama-assist-sim-svc.yaml',
        'deploy/llama-assist-tpu-svc.yaml',
        'deploy/llama-fast.yaml',
        'deploy/network-policies.yaml',
        'deploy/service-account.yaml',
      ].sort(),
    );
  });

  it('says in its files what its objects say, by both YAML rules', () => {
    for (const { content, objects } of files.filter(it => it.objects.length)) {
      for (const version of ['1.1', '1.2'] as const) {
        expect(
          parseAllDocuments(content, { version }).map(
            document => document.toJS() as unknown,
          ),
        ).toEqual(objects);
      }
    }
    const kustomization: unknown = parse(
      file(files, 'deploy/kustomization.yaml').content,
    );
    expect(
      textsAt(kustomization, 'resources').map(it => `deploy/${it}`),
    ).toEqual(
      files
        .map(({ path: it }) => it)
        .filter(it => it.startsWith('deploy/') && !it.includes('kustomization'))
        .sort(),
    );
    expect(
      readObjects(
        files
          .filter(({ path: it }) => it.endsWith('.yaml'))
          .map(({ path: it, content }) => ({ path: it, content })),
      ).problems,
    ).toEqual([]);
  });

  it('downloads with an account that names the Secret, never its value', () => {
    expect(file(files, 'deploy/service-account.yaml').objects[0]).toMatchObject(
      {
        metadata: { name: 'llama-assist-model' },
        secrets: [{ name: 'hf-token' }],
      },
    );
    for (const object of services(files)) {
      expect(at(object.spec, 'template', 'serviceAccountName')).toBe(
        'llama-assist-model',
      );
      expect(at(object.spec, 'template', 'imagePullSecrets')).toEqual([
        { name: 'registry-credentials' },
      ]);
    }
  });

  it('gives GPUs that work together room to talk', () => {
    const [service] = file(
      files,
      'deploy/llama-assist-nvidia-l4-svc.yaml',
    ).objects;
    // The platform's own volume of this name is mounted there too: merged, not doubled.
    expect(listAt(service.spec, 'template', 'volumes')).toEqual([
      { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } },
    ]);
    expect(listAt(container(service), 'volumeMounts')).toEqual([
      { name: 'dshm', mountPath: '/dev/shm' },
    ]);
  });

  it('starts the simulator as it is, without devices', () => {
    const [service] = file(files, 'deploy/llama-assist-sim-svc.yaml').objects;
    expect(container(service)).toMatchObject({
      image: expect.stringContaining('llm-d-inference-sim'),
      command: ['/app/llm-d-inference-sim'],
      args: expect.arrayContaining([
        '--model=assist/llama',
        '--enable-kvcache',
      ]),
    });
    expect(container(service)).not.toHaveProperty('resources');
    expect(service.spec?.template).not.toHaveProperty('nodeSelector');
  });

  it('is in the catalog as a server, its API and its model', () => {
    const [component, api, resource] = file(files, 'catalog-info.yaml').objects;
    expect(component).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'llama-assist',
        namespace: 'ai',
        description: plan.description,
        annotations: {
          'serving.kserve.io/llm-inference-services':
            'rhaii-inference/llama-assist-nvidia-l4-svc,rhaii-inference/llama-fast,rhaii-inference/llama-assist-tpu-svc,rhaii-inference/llama-assist-sim-svc',
          'backstage.io/kubernetes-id': 'llama-assist',
          'backstage.io/kubernetes-cluster': 'europe-west4',
        },
      },
      spec: {
        type: 'model-server',
        lifecycle: 'production',
        owner: 'group:default/team-assist',
        system: 'assistant',
        providesApis: ['llama-assist'],
        dependsOn: ['resource:ai/llama-assist'],
      },
    });
    expect(api.spec).toMatchObject({ type: 'openapi' });
    expect(parse(textAt(api.spec, 'definition') ?? '')).toMatchObject({
      openapi: '3.0.3',
      paths: { '/chat/completions': {} },
    });
    expect(resource.spec).toMatchObject({ type: 'ai-model' });
  });

  it('explains itself in the README', () => {
    const { content } = file(files, 'README.md');
    for (const text of [
      'kubectl apply -k deploy',
      'kubectl apply -f argocd/application.yaml',
      'git revert',
      'create secret generic hf-token',
      'allow-gateway-to-vllm',
      'allow-vllm-egress',
      'allow-istio',
      'allow-epp-scheduler',
      'ENABLE_GATEWAY_API_INFERENCE_EXTENSION',
      '3 × prefix-cache-scorer + 1 × queue-scorer',
    ]) {
      expect(content).toContain(text);
    }
    expect(content).not.toMatch(/undefined|\[object|NaN/);
  });

  it('is the same, byte for byte, every time', () => {
    expect(renderDeployment(structuredClone(plan))).toEqual(files);
  });
});
