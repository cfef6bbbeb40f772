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

import {
  enginePod,
  observe,
  pickerDeployment,
  pickerPod,
} from './testing/cluster';
import { versionsOf } from './versionsOf';

const annotated = { 'app.kubernetes.io/version': '0.20.0-epp' };
const pickerAt = (image: string | undefined) =>
  observe({ picker: pickerPod('chat', { container: { image } }) });

describe('the releases that serve a service', () => {
  it('are those of its engine, its picker and its gateway', () => {
    expect(versionsOf(observe())).toEqual({
      kserve: '0.20',
      istio: '1.30.4',
      epp: '0.9.0',
      engine: 'vLLM 0.30.0',
    });
  });

  it.each([
    ['a tag without v', 'acme.example/epp:0.9.0', '0.9.0'],
    ['a word as the tag', 'acme.example/epp:vanilla', 'vanilla'],
    ['a release inside the tag', 'acme.example/epp:dev-v1', 'dev-v1'],
    [
      'a tag and a digest',
      'acme.example/epp:v0.9.0@sha256:0a1b2c3d4e5f',
      '0.9.0',
    ],
    ['a registry with a port', 'acme.example:5000/epp:v0.9.0', '0.9.0'],
    [
      'a digest alone, shortened',
      'acme.example:5000/epp@sha256:0a1b2c3d4e5f6071',
      'sha256:0a1b2c3d4e5f',
    ],
    ['neither', 'acme.example:5000/epp', undefined],
    ['no image', undefined, undefined],
  ])("the picker's, of its image: %s", (_, image, epp) => {
    expect(versionsOf(pickerAt(image)).epp).toBe(epp);
  });

  it('the annotation of its pod counts more than its image', () => {
    const pod = pickerPod('chat');
    const picker = {
      ...pod,
      metadata: { ...pod.metadata, annotations: annotated },
    };
    expect(versionsOf(observe({ picker })).epp).toBe('0.20.0-epp');
  });

  it('the annotation of the pods to come counts where none runs', () => {
    const deployment = pickerDeployment('chat');
    const { template } = deployment.spec as { template: object };
    const observation = observe({
      picker: undefined,
      pickerDeployment: {
        ...deployment,
        spec: {
          ...(deployment.spec as object),
          template: { ...template, metadata: { annotations: annotated } },
        },
      },
    });
    expect(versionsOf(observation).epp).toBe('0.20.0-epp');
  });

  it('are two of KServe that ship the same picker, where nothing else tells', () => {
    const image = 'ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1';
    const observation = observe({
      engine0: undefined,
      engine1: undefined,
      engines: undefined,
      route: undefined,
      picker: pickerPod('chat', { container: { image } }),
      pickerDeployment: {
        ...pickerDeployment('chat'),
        spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
      },
    });
    expect(versionsOf(observation).kserve).toBe('0.18 or 0.19');
  });

  it('what does not run has none', () => {
    const observation = observe({
      engine0: undefined,
      engine1: undefined,
      picker: undefined,
      pickerDeployment: undefined,
      istiod: undefined,
    });
    expect(versionsOf(observation)).toEqual({});
  });

  it("an engine of a distribution is named by its image, as its tag is not the engine's release", () => {
    const image = 'registry.redhat.io/rhaiis/vllm-cuda-rhel9:3.4.0';
    const observation = observe({
      engine0: enginePod('chat', 0, { container: { image } }),
      engine1: undefined,
    });
    expect(versionsOf(observation).engine).toBe('vllm-cuda-rhel9');
  });
});
