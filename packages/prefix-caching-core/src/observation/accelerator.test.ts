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

import { observeManifests } from './observeManifests';
import { acceleratorOf } from './accelerator';

function on(
  nodeSelector: Record<string, string>,
  limits: Record<string, string> = {},
  image = 'vllm/vllm-openai:v0.11.0',
) {
  const [observation] = observeManifests([
    {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: { name: 'chat', namespace: 'llm' },
      spec: {
        template: {
          nodeSelector,
          containers: [{ name: 'main', image, resources: { limits } }],
        },
      },
    },
  ]);
  return acceleratorOf(observation);
}

const GKE_GPU = 'cloud.google.com/gke-accelerator';
const GKE_TPU = 'cloud.google.com/gke-tpu-accelerator';
const GFD = 'nvidia.com/gpu.product';

describe('the accelerator of a target', () => {
  it.each([
    [GKE_GPU, 'nvidia-tesla-t4', 'nvidia-t4', 'NVIDIA T4'],
    [GFD, 'Tesla-T4', 'nvidia-t4', 'NVIDIA T4'],
    [GFD, 'NVIDIA-A100-PCIE-40GB', 'nvidia-a100-40', 'NVIDIA A100 40 GB'],
    [GKE_GPU, 'nvidia-b200', 'nvidia-b200', 'NVIDIA B200'],
  ])('is known by %s: %s', (key, value, id, name) => {
    expect(on({ [key]: value }, { 'nvidia.com/gpu': '2' })).toEqual({
      id,
      name,
      class: 'gpu',
      resource: 'nvidia.com/gpu',
      devices: 2,
    });
  });

  it.each([
    ['tpu-v5p-slice', 'tpu-v5p', 'Google TPU v5p'],
    ['tpu-v6e-slice', 'tpu-v6e', 'Google TPU v6e'],
    ['tpu7x', 'tpu-v7x', 'Google TPU v7x'],
  ])('is the TPU %s', (value, id, name) => {
    expect(on({ [GKE_TPU]: value }, { 'google.com/tpu': '4' })).toEqual({
      id,
      name,
      class: 'tpu',
      resource: 'google.com/tpu',
      devices: 4,
    });
  });

  it('is a vendor where nothing names the device', () => {
    expect(on({}, { 'amd.com/gpu': '1' })).toEqual({
      id: undefined,
      name: 'AMD GPU',
      class: 'gpu',
      resource: 'amd.com/gpu',
      devices: 1,
    });
  });

  it('is the simulator by its image, and unknown without a device', () => {
    expect(on({}, {}, 'ghcr.io/llm-d/llm-d-inference-sim:v0.10.2')?.id).toBe(
      'simulator',
    );
    expect(on({}, { cpu: '4' })).toBeUndefined();
  });
});
