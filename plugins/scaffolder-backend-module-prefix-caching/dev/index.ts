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

// The scaffolder with this module and the back end that renders; no catalog and
// no cluster, so nothing is verified. Start it with `yarn start`, and ask
//
//   curl http://localhost:7207/api/scaffolder/v2/actions
//
// Every request counts as a signed-in user's.
const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  mockServices.rootConfig.factory({
    data: {
      app: { baseUrl: 'http://localhost:7207' },
      backend: {
        baseUrl: 'http://localhost:7207',
        listen: ':7207',
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      prefixCaching: { schedule: { initialDelay: { days: 1 } } },
    },
  }),
);

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('backstage-plugin-prefix-caching-backend'));
backend.add(import('../src'));

backend.start();
