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

import { at, textAt } from '../kubernetes';
import { referencePlan } from './__fixtures__/plans';
import { all } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';
import type { DeploymentPlan } from '.';

describe('the picker', () => {
  const schedulerOf = (plan: DeploymentPlan) =>
    at(
      renderDeployment(plan)
        .flatMap(({ objects }) => objects)
        .find(({ kind }) => kind === 'LLMInferenceService')?.spec,
      'router',
      'scheduler',
    );
  it('has the platform’s own weights where there is no field for them', () => {
    expect(schedulerOf(referencePlan('rhaii-3.4-ea1'))).toEqual({});
  });

  it('is spoken to over TLS: by our rule, or by the platform’s own', () => {
    const rules = (platform: DeploymentPlan['platform']) =>
      all(renderDeployment(referencePlan(platform))).filter(
        ({ kind }) => kind === 'DestinationRule',
      );
    expect(rules('rhaii-3.4-ea1')).toEqual([]);
    expect(
      rules('kserve-0.20').map(({ spec }) => [
        textAt(spec, 'host'),
        at(spec, 'trafficPolicy', 'tls'),
      ]),
    ).toEqual(
      ['gpu', 'tpu'].map(name => [
        `qwen-3b-${name}-svc-epp-service.rhaii-inference.svc.cluster.local`,
        { mode: 'SIMPLE', insecureSkipVerify: true },
      ]),
    );
  });
});
