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

import type {
  DeploymentPlan,
  RenderedFile,
} from 'backstage-plugin-prefix-caching-common/core';
import { stringify } from 'yaml';

/** Where the record stands; a folder that `kubectl` and the catalog pass over. */
export const RECORD_PATH = '.prefix-caching/plan.yaml';

/** Keys in alphabetical order, all the way down, and no empty ones. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined && entry !== null)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, entry]) => [key, inOrder(entry)]),
  );
}

/**
 * What these files were made from: the plan with its platform profile, and the
 * template that asked for it. Run the template again with these inputs, and
 * the repository shows nothing but what has really changed.
 *
 * No time and no task id: the same inputs give the same bytes.
 */
export function planRecord(
  plan: DeploymentPlan,
  template: { entityRef?: string; version?: string },
): RenderedFile {
  const { platform, ...inputs } = plan;
  const record = {
    apiVersion: 'prefix-caching/v1',
    kind: 'DeploymentRecord',
    metadata: { name: plan.name },
    template: inOrder({ ref: template.entityRef, version: template.version }),
    profile: inOrder(
      typeof platform === 'string' ? { id: platform } : platform,
    ),
    inputs: inOrder(inputs),
  };
  return {
    path: RECORD_PATH,
    content: `# What the template was given. Nothing reads this in the cluster; edit the
# deployment by running the template again with other inputs.
${stringify(record, { lineWidth: 0 })}`,
    objects: [],
  };
}
