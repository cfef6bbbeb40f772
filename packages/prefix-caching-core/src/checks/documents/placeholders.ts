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

import { generatedNames, POOL_GROUPS } from '../../kubernetes';
import type { KubernetesObject } from '../../kubernetes';
import type { Observation } from '../../observation';

/** Stand-ins that no shell quoting touches, and what a reader sees for them. */
const PLACEHOLDERS: Record<string, string> = {
  GATEWAYNAMESPACE: '<gateway namespace>',
  GATEWAYNAME: '<gateway>',
  SERVICENAMESPACE: '<namespace>',
  SERVICENAME: '<name>',
  POD: '<pod>',
};

/** Puts what a reader has to fill in where the stand-ins are. */
export function withPlaceholders(text: string): string {
  return Object.entries(PLACEHOLDERS).reduce(
    (shown, [word, placeholder]) =>
      shown.replace(new RegExp(`\\b${word}(?=\\b|-)`, 'g'), placeholder),
    text,
  );
}

/** An observation of nobody, for the commands. */
export function placeholderObservation(): Observation {
  const target = {
    cluster: '',
    namespace: 'SERVICENAMESPACE',
    name: 'SERVICENAME',
  };
  const names = generatedNames(target.name);
  const route: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: names.route, namespace: target.namespace },
    spec: {
      parentRefs: [{ name: 'GATEWAYNAME', namespace: 'GATEWAYNAMESPACE' }],
      rules: [
        {
          backendRefs: [
            {
              kind: 'InferencePool',
              group: POOL_GROUPS[1],
              name: names.pool,
            },
          ],
        },
      ],
    },
  };
  return {
    source: 'cluster',
    target,
    objects: [route],
    neighbours: [],
    endpoints: [],
    observedAt: '1970-01-01T00:00:00.000Z',
    gaps: [],
  };
}
