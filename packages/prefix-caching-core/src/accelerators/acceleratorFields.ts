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
  amount,
  entityRef,
  fieldsWith,
  flag,
  isFields,
  listOf,
  mapOf,
  oneOf,
  text,
} from './configFields';
import type { FieldReaders, Reader } from './configFields';
import type {
  Accelerator,
  DeviceChoice,
  NodePlatform,
  NodeToleration,
} from './types';

export const NODE_PLATFORMS: readonly NodePlatform[] = [
  'gke',
  'gfd',
  'karpenter',
  'eks-auto',
  'generic',
];

export const VENDORS: readonly Accelerator['vendor'][] = [
  'nvidia',
  'tpu',
  'amd',
  'gaudi',
  'xpu',
  'neuron',
  'spyre',
  'cpu',
  'none',
];

const variable = fieldsWith<{ name: string; value: string }>(
  { name: text(), value: text() },
  ['name', 'value'],
);

const describedChoice = fieldsWith<DeviceChoice>(
  {
    devices: amount({ whole: true, least: 1 }),
    topology: text(),
    env: listOf(variable),
  },
  ['devices'],
);

/** `2` or `{ devices: 2 }`. */
const choice: Reader<DeviceChoice> = (path, value) =>
  isFields(value)
    ? describedChoice(path, value)
    : { devices: amount({ whole: true, least: 1 })(path, value) };

const toleration = fieldsWith<NodeToleration>(
  {
    key: text(),
    operator: oneOf(['Exists', 'Equal']),
    value: text(),
    effect: oneOf(['NoSchedule', 'NoExecute', 'PreferNoSchedule']),
  },
  ['key', 'operator', 'effect'],
);

const images = fieldsWith<{ upstream?: string; redhat?: string }>(
  { upstream: text(), redhat: text() },
  [],
);

/** What a platform team may say of an accelerator; an id and a source are given to it. */
export type AcceleratorOverride = Partial<
  Omit<Accelerator, 'id' | 'source'>
> & {
  /** Id of the row whose values a new one starts from. */
  basedOn?: string;
};

export const ACCELERATOR_FIELDS: FieldReaders<AcceleratorOverride> = {
  basedOn: text(),
  hidden: flag(),
  allowedFor: listOf(entityRef(), { least: 1 }),
  name: text(),
  vendor: oneOf(VENDORS),
  class: text({
    expression: /^[a-z](?:[a-z0-9-]{0,20}[a-z0-9])?$/,
    words: 'a short lower-case word, since it becomes part of service names',
  }),
  resource: text({
    expression: /^[a-z0-9.-]+\/[a-zA-Z0-9._-]+$/,
    words: "an extended resource, such as 'nvidia.com/gpu'",
  }),
  otherResources: listOf(text()),
  hbmGb: amount(),
  usableGib: amount(),
  fixedKvCacheGib: amount(),
  fixedKvTokens: amount({ whole: true, least: 1 }),
  devicesPerUnit: amount({ whole: true, least: 1 }),
  choices: listOf(choice, { least: 1 }),
  multiHostTopologies: listOf(text()),
  dtype: oneOf(['auto', 'half', 'float16', 'bfloat16', 'float32']),
  dtypes: listOf(text()),
  blockSize: amount({ whole: true, least: 1 }),
  blockSizeAssumed: flag(),
  fp8Kv: flag(),
  unsupportedWeights: listOf(oneOf(['bf16', 'fp8', 'mxfp4', 'int4'])),
  nodeSelectors: mapOf(mapOf(text()), NODE_PLATFORMS),
  otherLabelValues: mapOf(listOf(text()), NODE_PLATFORMS),
  nodeLabels: listOf(text()),
  topologyLabel: text(),
  tolerations: listOf(toleration),
  image: text(),
  images,
  platformImage: flag(),
  odhPreset: text(),
  command: listOf(text()),
  engine: oneOf(['vllm', 'llm-d-inference-sim']),
  env: listOf(variable),
  args: listOf(text()),
  podResources: mapOf(text()),
  supplementalGroups: listOf(amount({ whole: true, least: 0 })),
  startupSeconds: amount({ whole: true, least: 1 }),
  support: oneOf([
    'reference',
    'good',
    'limited',
    'legacy',
    'experimental',
    'unverified',
    'dev-and-ci',
  ]),
  evidence: oneOf(['verified', 'mixed', 'recalled', 'configured']),
  note: text(),
};
