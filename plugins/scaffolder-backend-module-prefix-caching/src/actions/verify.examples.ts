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

function step(input: object): string {
  return stringify({
    steps: [
      {
        id: 'verify',
        name: 'Wait until prefix caching is verified',
        action: 'prefix-caching:verify',
        input,
      },
    ],
  });
}

export const examples: TemplateExample[] = [
  {
    description: 'Wait for what an earlier step has registered',
    example: step({ entityRef: '${{ steps.register.output.entityRef }}' }),
  },
  {
    description:
      'Wait half an hour for proof by traffic, and fail the task without it',
    example: step({
      entityRef: 'component:default/qwen-3b-chat',
      deadlineMinutes: 30,
      untilProven: true,
      failOn: 'inconclusive',
    }),
  },
  {
    description: 'Only say what was found, whatever it is',
    example: step({
      entityRef: 'component:default/qwen-3b-chat',
      failOn: 'never',
    }),
  },
];
