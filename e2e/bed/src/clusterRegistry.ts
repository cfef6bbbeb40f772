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
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ClusterRegistry } from '../../../plugins/prefix-caching-backend/src/clusters';
import type { Bed } from './Bed';
import { CLUSTER } from './clusterConfig';

/** The plugin's own clients of a cluster, for the bed's API server and one account. */
export function clusterRegistry(bed: Bed, token: string): ClusterRegistry {
  const { url, ca } = bed.apiServer;
  return ClusterRegistry.create({
    config: new ConfigReader({
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: CLUSTER,
                url,
                authProvider: 'serviceAccount',
                serviceAccountToken: token,
                caData: Buffer.from(ca).toString('base64'),
              },
            ],
          },
        ],
      },
    }),
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });
}
