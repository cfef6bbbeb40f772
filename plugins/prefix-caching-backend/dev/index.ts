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

import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

// The plugin alone, against the sandbox's cluster: start that with
// `npm start` in the root, then this with `yarn start`, and ask
//
//   curl http://localhost:7107/api/prefix-caching/entities/component/default/qwen-3b-chat
//
// Every request counts as a signed-in user's.
const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: 'http://localhost:7107',
        listen: ':7107',
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'sandbox',
                url: 'http://127.0.0.1:7008',
                authProvider: 'serviceAccount',
                serviceAccountToken: 'sandbox-reader',
                skipTLSVerify: true,
              },
            ],
          },
        ],
      },
      prefixCaching: {
        schedule: { frequency: { seconds: 10 } },
        metrics: {
          tokens: [{ cluster: 'sandbox', token: 'sandbox-metrics' }],
          portForward: true,
        },
      },
    },
  }),
);
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'qwen-3b-chat',
          namespace: 'default',
          annotations: {
            'serving.kserve.io/llm-inference-services':
              'llm-serving/qwen-3b-gpu,llm-serving/qwen-3b-tpu',
          },
        },
        spec: {
          type: 'service',
          owner: 'team-assist',
          lifecycle: 'production',
        },
      },
    ],
  }),
);
backend.add(import('../src'));

backend.start();
