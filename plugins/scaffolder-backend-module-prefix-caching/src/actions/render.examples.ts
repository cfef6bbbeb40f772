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

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const pair = {
  name: 'qwen-3b',
  namespace: 'rhaii-inference',
  owner: 'group:default/ml-platform',
  lifecycle: 'production',
  model: { id: 'qwen2.5-3b-instruct' },
  platform: 'kserve-0.20',
  accelerators: [
    { id: 'nvidia-t4', maxModelLen: 4096 },
    { id: 'tpu-v6e', topology: '2x2', maxModelLen: 2048 },
  ],
  replicas: 3,
};

function step(input: object): string {
  return stringify({
    steps: [
      {
        id: 'render',
        name: 'Write the deployment',
        action: 'prefix-caching:render',
        input,
      },
    ],
  });
}

export const examples: TemplateExample[] = [
  {
    description: 'One model on a GPU and a TPU, side by side',
    example: step({ plan: pair }),
  },
  {
    description:
      'Into a folder, for a merge request against a repository that exists',
    example: step({ plan: pair, targetPath: 'deploy/qwen-3b' }),
  },
  {
    description:
      'Fail at once where the repository is on a host no later step publishes to',
    example: step({
      plan: pair,
      repoUrl: '${{ parameters.repoUrl }}',
      publishers: ['gitlab', 'github'],
    }),
  },
];
