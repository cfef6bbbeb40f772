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

import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { verificationReadPermission } from 'backstage-plugin-prefix-caching-common';
import type { VerificationRunner } from '../router';
import { entityInput } from './entityInput';
import {
  verificationStatus,
  verificationStatusSchema,
} from './verificationStatus';

export function createGetVerificationStatusAction(
  options: VerificationRunner & { actionsRegistry: ActionsRegistryService },
) {
  const { actionsRegistry, access, reporter } = options;
  actionsRegistry.register({
    name: 'get-verification-status',
    title: 'Get Verification Status',
    description: `
Says whether prefix caching works on the KServe LLMInferenceServices that a catalog entity claims: the
verdict of the last verification, since when, and each finding that neither passed nor was skipped, with
what was expected, what is the case, what to do and who can do it.

It reads the portal's store; no cluster is called. How old the answer is stands in \`verifiedAt\`.

## When to use

Use this action to learn why a model server is slow or its cache is never hit, before looking at the
cluster. An \`inconclusive\` verdict is no failure: it could not be decided, for the reason given.
    `,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: verificationReadPermission,
    schema: {
      input: z => z.object({ entityRef: entityInput(z) }),
      output: z => verificationStatusSchema(z),
    },
    examples: [
      {
        title: 'The status of a component',
        input: { entityRef: 'component:default/qwen-3b-chat' },
        output: {
          entityRef: 'component:default/qwen-3b-chat',
          targets: [
            {
              targetId: 'VUp6URebbR-P3miTOmEa3w',
              cluster: 'gke-eu',
              namespace: 'llm-serving',
              name: 'qwen-3b-gpu',
              verdict: 'pass',
              summary:
                'Prefix caching works on qwen-3b-gpu: 89 % of prompt tokens came from cache.',
              phase: 'running',
              freshness: 'fresh',
              passed: 13,
              findings: [],
            },
          ],
          problems: [],
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const accessed = await access.readAs(credentials, input.entityRef);
      const permissions = await access.permissionsOf(accessed);
      const report = await reporter.report(accessed, permissions);
      return { output: verificationStatus(report) };
    },
  });
}
