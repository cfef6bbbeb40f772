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

import type { DeploymentPlan } from 'backstage-plugin-prefix-caching-common/core';
import { parse } from 'yaml';
import { planRecord } from './planRecord';

const plan: DeploymentPlan = {
  name: 'qwen-3b',
  namespace: 'llm-serving',
  owner: 'group:default/assist',
  model: { id: 'qwen2.5-3b-instruct' },
  platform: { id: 'kserve-0.20', istio: '1.30.4' },
  accelerators: [{ id: 'nvidia-t4', devices: 1, maxModelLen: 4096 }],
  replicas: 2,
  description: 'yes, "quoted": 1:30 # not a comment\n',
};
const template = {
  entityRef: 'template:default/prefix-caching-deployment',
  version: '1.0.0',
};

describe('the record of a plan', () => {
  it('holds inputs, template version and profile', () => {
    const { path, content } = planRecord(plan, template);
    const { platform, ...inputs } = plan;
    expect(path).toBe('.prefix-caching/plan.yaml');
    expect(parse(content)).toEqual({
      apiVersion: 'prefix-caching/v1',
      kind: 'DeploymentRecord',
      metadata: { name: 'qwen-3b' },
      template: { ref: template.entityRef, version: '1.0.0' },
      profile: platform,
      inputs,
    });
  });

  it('is the same bytes for the same plan, however its fields were ordered', () => {
    const again = Object.fromEntries(
      Object.entries({ ...plan, cluster: undefined }).reverse(),
    ) as unknown as DeploymentPlan;
    expect(planRecord(again, template)).toEqual(planRecord(plan, template));
    expect(
      planRecord({ ...plan, platform: 'kserve-0.20' }, {}).content,
    ).toContain('profile:\n  id: kserve-0.20\n');
  });
});
