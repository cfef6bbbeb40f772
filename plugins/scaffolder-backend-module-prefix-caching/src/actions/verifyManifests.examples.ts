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
        name: 'Check the deployment',
        action: 'prefix-caching:verify-manifests',
        input,
      },
    ],
  });
}

export const examples: TemplateExample[] = [
  {
    description: 'Check what a step before has rendered',
    example: step({ targetPath: 'deploy' }),
  },
  {
    description:
      'Check for production on a known Istio, and take warnings as failures',
    example: step({
      targetPath: 'deploy',
      entityRef: '${{ steps.render.output.entityRef }}',
      lifecycle: 'production',
      istio: '1.28.2',
      failOn: 'warn',
    }),
  },
];
