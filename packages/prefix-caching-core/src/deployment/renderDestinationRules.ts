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

import { generatedNames } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { manifestText } from './manifestText';
import type { ResolvedPlan } from './resolvedPlan';
import type { RenderedFile } from './types';

/**
 * `deploy/destination-rules.yaml`: makes the gateway speak TLS to each picker.
 *
 * The picker serves TLS unless it is told not to, and KServe says nothing when
 * its own TLS is off; the gateway would speak plain text, get no answer, and
 * send requests to any replica.
 */
export function renderDestinationRules(resolved: ResolvedPlan): RenderedFile {
  const { namespace, name } = resolved.plan;
  const objects = resolved.services.map(
    (service): KubernetesObject => ({
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: {
        name: `${service.name}-picker`,
        namespace,
        labels: { 'backstage.io/kubernetes-id': name },
      },
      spec: {
        host: `${
          generatedNames(service.name).pickerService
        }.${namespace}.svc.cluster.local`,
        trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } },
      },
    }),
  );
  return {
    path: 'deploy/destination-rules.yaml',
    content: objects
      .map(object =>
        manifestText(object, [
          [
            ['spec', 'trafficPolicy'],
            'The picker serves TLS by default, with a certificate it signed itself.',
          ],
        ]),
      )
      .join('---\n'),
    objects,
  };
}
