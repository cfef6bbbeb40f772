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
import { runVerification, type VerificationRunner } from '../router';
import { entityInput } from './entityInput';
import {
  verificationStatus,
  verificationStatusSchema,
} from './verificationStatus';

export function createRunVerificationAction(
  options: VerificationRunner & { actionsRegistry: ActionsRegistryService },
) {
  const { actionsRegistry, access } = options;
  actionsRegistry.register({
    name: 'run-verification',
    title: 'Run Verification',
    description: `
Observes and verifies, now, prefix caching on the KServe LLMInferenceServices that a catalog entity
claims, and answers with the verdict and the findings, as \`get-verification-status\` does.

It reads the cluster and the metrics of its engines and Endpoint Picker; nothing in the cluster is
changed and no request is sent to a model. The portal verifies every service by itself once a minute or
so. It needs the permission \`prefix-caching.verification.run\`, and is written to the audit log.

## When to use

Use this action after a change of a deployment, to see whether it has mended what was wrong. Counters
are compared over two runs: what was \`inconclusive\` for want of a second sample may be decided by
calling it again after half a minute.
    `,
    attributes: { readOnly: false, destructive: false, idempotent: true },
    visibilityPermission: verificationReadPermission,
    schema: {
      input: z =>
        z.object({
          entityRef: entityInput(z),
          targetId: z
            .string()
            .optional()
            .describe(
              'Only this target, by the id that get-verification-status gives; all targets without it',
            ),
        }),
      output: z => verificationStatusSchema(z),
    },
    examples: [
      {
        title: 'Verify a component now',
        input: { entityRef: 'component:default/qwen-3b-chat' },
      },
    ],
    action: async ({ input, credentials }) => {
      const accessed = await access.readAs(credentials, input.entityRef);
      const report = await runVerification(options, accessed, input);
      return { output: verificationStatus(report) };
    },
  });
}
