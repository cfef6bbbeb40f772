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
  ACCELERATORS,
  ConfigError,
  findAccelerator,
  mergeAccelerators,
} from '.';

const PATH = 'prefixCaching.accelerators';

describe('mergeAccelerators', () => {
  it('leaves the table as it is without a section', () => {
    expect(mergeAccelerators(ACCELERATORS, undefined)).toEqual(ACCELERATORS);
  });

  it('changes, hides, shows and restricts rows in place', () => {
    const merged = mergeAccelerators(ACCELERATORS, {
      'nvidia-t4': { hidden: true },
      'nvidia-h100': {
        allowedFor: ['group:ml-platform', 'Group:AI/Research'],
        nodeSelectors: { generic: { pool: 'h100' } },
        tolerations: [
          { key: 'team', operator: 'Equal', value: 'ml', effect: 'NoExecute' },
        ],
        image: 'registry.example.com/vllm:1.2',
      },
      'intel-gaudi3': { hidden: false },
    });
    expect(merged.map(({ id }) => id)).toEqual(
      ACCELERATORS.map(({ id }) => id),
    );
    expect(findAccelerator('nvidia-t4', merged).hidden).toBe(true);
    expect(findAccelerator('intel-gaudi3', merged).hidden).toBe(false);
    expect(findAccelerator('nvidia-h100', merged)).toMatchObject({
      allowedFor: ['group:default/ml-platform', 'group:ai/research'],
      nodeSelectors: { generic: { pool: 'h100' } },
      usableGib: 79.18,
      image: 'registry.example.com/vllm:1.2',
    });
  });

  it('adds a row of its own, and one that starts from another', () => {
    const merged = mergeAccelerators(ACCELERATORS, {
      'nvidia-l40s': {
        name: 'NVIDIA L40S',
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        usableGib: 44.4,
        choices: [1, { devices: 2 }],
      },
      'h100-mig': { basedOn: 'nvidia-h100', usableGib: 39, choices: [1] },
    });
    expect(findAccelerator('nvidia-l40s', merged)).toMatchObject({
      class: 'gpu',
      blockSize: 16,
      choices: [{ devices: 1 }, { devices: 2 }],
      evidence: 'configured',
      source: 'prefixCaching.accelerators.nvidia-l40s',
    });
    expect(findAccelerator('h100-mig', merged)).toMatchObject({
      usableGib: 39,
      dtype: 'auto',
      fp8Kv: true,
      tolerations: findAccelerator('nvidia-h100').tolerations,
    });
  });

  const own = { name: 'Own', vendor: 'amd', choices: [1], usableGib: 10 };

  it.each([
    [[], `${PATH} is no object`],
    [{ 'Nvidia T4': {} }, `${PATH} is "Nvidia T4"; expected an id`],
    [{ 'nvidia-t4': true }, `${PATH}.nvidia-t4 is true; expected an object`],
    [
      { 'nvidia-t4': { hiden: true } },
      `${PATH}.nvidia-t4.hiden is not known; expected one of basedOn, hidden, allowedFor,`,
    ],
    [
      { 'nvidia-t4': { hidden: 'yes' } },
      `${PATH}.nvidia-t4.hidden is "yes"; expected true or false`,
    ],
    [
      { 'nvidia-t4': { dtype: 'fp16' } },
      `${PATH}.nvidia-t4.dtype is "fp16"; expected one of auto, half, float16, bfloat16, float32`,
    ],
    [
      { 'nvidia-t4': { blockSize: 1.5 } },
      `${PATH}.nvidia-t4.blockSize is 1.5; expected a whole number of at least 1`,
    ],
    [
      { 'nvidia-t4': { choices: [] } },
      `${PATH}.nvidia-t4.choices is []; expected a list of at least 1`,
    ],
    [
      { 'nvidia-t4': { choices: [1, { devices: 0 }] } },
      `${PATH}.nvidia-t4.choices[1].devices is 0`,
    ],
    [
      { 'nvidia-t4': { nodeSelectors: { gcp: {} } } },
      `${PATH}.nvidia-t4.nodeSelectors.gcp is not known; expected one of gke, gfd, karpenter, eks-auto, generic`,
    ],
    [
      { 'nvidia-t4': { nodeSelectors: { gke: { gpu: true } } } },
      `${PATH}.nvidia-t4.nodeSelectors.gke.gpu is true; expected a text (in quotes`,
    ],
    [
      { 'nvidia-t4': { tolerations: [{ key: 'a', operator: 'Exists' }] } },
      `${PATH}.nvidia-t4.tolerations[0].effect is absent`,
    ],
    [
      { 'nvidia-t4': { allowedFor: ['ml-platform'] } },
      `${PATH}.nvidia-t4.allowedFor[0] is "ml-platform"; expected an entity ref`,
    ],
    [
      { 'nvidia-t4': { resource: 'gpu' } },
      `${PATH}.nvidia-t4.resource is "gpu"; expected an extended resource`,
    ],
    [{ own: {} }, `${PATH}.own.name is absent`],
    [{ own: { ...own, vendor: 'nv' } }, `${PATH}.own.vendor is "nv"`],
    [{ own: { ...own, vendor: undefined } }, `${PATH}.own.vendor is undefined`],
    [{ own: { name: 'Own', vendor: 'amd' } }, `${PATH}.own.choices is absent`],
    [
      { own: { name: 'Own', vendor: 'amd', choices: [1] } },
      `${PATH}.own.usableGib is absent`,
    ],
    [{ own }, `${PATH}.own.image is absent; expected an image that drives Own`],
    [
      { own: { basedOn: 'nvidia-v100' } },
      `${PATH}.own.basedOn is 'nvidia-v100'; expected one of nvidia-t4,`,
    ],
    [
      { 'nvidia-t4': { basedOn: 'nvidia-l4' } },
      `${PATH}.nvidia-t4.basedOn is 'nvidia-l4', but nvidia-t4 is a row of the table itself`,
    ],
    [
      { 'aws-trainium1': { hidden: false } },
      `${PATH}.aws-trainium1.image is absent`,
    ],
  ])('refuses %j', (overrides, message) => {
    expect(() => mergeAccelerators(ACCELERATORS, overrides)).toThrow(
      ConfigError,
    );
    expect(() => mergeAccelerators(ACCELERATORS, overrides)).toThrow(message);
  });
});
