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

import { routerFailureMode } from './routerFailureMode';
import {
  observe,
  pool,
  poolBackend,
  prefixRule,
  route,
  service,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const closed = pool('chat', {
  endpointPickerRef: { name: 'chat-epp-service', failureMode: 'FailClose' },
});
const unsaid = pool('chat', {
  endpointPickerRef: { name: 'chat-epp-service' },
});
const older = pool(
  'chat',
  {
    endpointPickerRef: undefined,
    extensionRef: { name: 'chat-epp-service', failureMode: 'FailOpen' },
  },
  'inference.networking.x-k8s.io/v1alpha2',
);
const declared = service('chat', {
  router: {
    route: {},
    gateway: {},
    scheduler: {
      pool: { spec: { endpointPickerRef: { failureMode: 'FailOpen' } } },
    },
  },
});

describe('router.failure-mode', () => {
  it.each<Case>([
    [
      'open, nothing known of the lifecycle',
      observe(),
      'pass',
      'requests go on to any replica (FailOpen)',
    ],
    [
      'open, on trial',
      observe(),
      'pass',
      'FailOpen in InferencePool llm/chat-inference-pool',
      { lifecycle: 'experimental' },
    ],
    [
      'open in production',
      observe(),
      'warn',
      'requests go on to any replica, and nobody notices',
      { lifecycle: 'production' },
    ],
    [
      'open in production, by the older API',
      observe({ pool: older, route: undefined }),
      'warn',
      'nobody notices',
      { lifecycle: 'Prod' },
    ],
    [
      'closed in production',
      observe({ pool: closed }),
      'pass',
      'requests fail, so a failure is seen',
      { lifecycle: 'production' },
    ],
    [
      'closed where nothing is said',
      observe({ pool: unsaid }),
      'pass',
      'FailClose',
      { lifecycle: 'production' },
    ],
    [
      'no pool',
      observe({ pool: undefined }),
      'inconclusive',
      'No InferencePool was seen',
    ],
    [
      'pools may not be read',
      observe(
        { pool: undefined },
        {
          gaps: [
            {
              what: 'InferencePool',
              reason: 'forbidden',
              message: 'InferencePools may not be listed.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether requests go on without the Endpoint Picker: InferencePools may not be read.",
    ],
    [
      'files that declare a pool',
      observe(
        { service: declared, pool: undefined, route: undefined },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'warn',
      'nobody notices',
      { lifecycle: 'production' },
    ],
    [
      'files without a pool',
      observe(
        { pool: undefined, route: undefined },
        { source: 'manifests', asked: ['LLMInferenceService'] },
      ),
      'skipped',
      'Not decided from files',
    ],
    [
      'open in two pools',
      observe({
        second: {
          ...pool('chat'),
          metadata: { namespace: 'llm', name: 'chat-second' },
        },
        route: route('chat', {
          rules: [
            prefixRule('/llm/chat/v1/completions', poolBackend('chat')),
            prefixRule('/llm/chat', {
              ...poolBackend('chat'),
              name: 'chat-second',
            }),
          ],
        }),
      }),
      'pass',
      'FailOpen in InferencePool llm/chat-inference-pool, InferencePool llm/chat-second',
    ],
    [
      'files without a pool, where pools were looked for',
      observe({ pool: undefined, route: undefined }, { source: 'manifests' }),
      'skipped',
      'No InferencePool was seen, so its failure mode is not known.',
    ],
    [
      'a pool counts, and not what is declared since',
      observe({ service: declared, pool: closed }),
      'pass',
      'FailClose',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routerFailureMode, given)).toEqual(wanted(given));
  });
});
