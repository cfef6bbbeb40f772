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

/** As the portal's configuration names the bed. */
export const CLUSTER = 'bed';

/** What a portal's configuration says of the bed's cluster. */
export function clusterConfig(options: {
  apiServer: { url: string; ca: string };
  /** Of the account that reads the cluster. */
  token: string;
}) {
  const { apiServer, token } = options;
  return {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: CLUSTER,
            url: apiServer.url,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
            caData: Buffer.from(apiServer.ca).toString('base64'),
            skipMetricsLookup: true,
          },
        ],
      },
    ],
  };
}

/** How the pickers' metrics are read: by port-forward, with a token where there is one. */
export function metricsConfig(token: string) {
  return {
    tokens: token ? [{ cluster: CLUSTER, token }] : [],
    portForward: true,
  };
}
