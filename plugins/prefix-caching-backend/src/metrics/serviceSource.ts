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

import { DEFAULT_LIMITS } from '../clusters';
import { httpGet } from '../clusters/httpGet';
import { checkedName } from '../clusters/paths';
import type { ScrapeSource } from './types';
import { MAX_EXPOSITION_BYTES } from './types';

/** By the Endpoint Picker's Service, where the portal runs in its cluster. */
export function createServiceSource(
  options: { hostOf?: (service: string, namespace: string) => string } = {},
): ScrapeSource {
  const hostOf =
    options.hostOf ?? ((service, namespace) => `${service}.${namespace}.svc`);
  return {
    source: 'service',
    serves: ({ client, endpoint, token }) =>
      client.inCluster && token !== undefined && endpoint.service !== undefined,
    scrape: async ({ endpoint, token = '', signal }) => {
      const host = hostOf(
        checkedName(endpoint.service ?? ''),
        checkedName(endpoint.namespace),
      );
      return httpGet(
        new URL(
          `${endpoint.scheme}://${host}:${endpoint.port}${endpoint.path}`,
        ),
        {
          ...DEFAULT_LIMITS,
          maxBytes: MAX_EXPOSITION_BYTES,
          signal,
          // An EPP that serves its metrics over TLS signs its certificate itself.
          tls: { rejectUnauthorized: false },
          headers: { Accept: 'text/plain', Authorization: `Bearer ${token}` },
        },
      );
    },
  };
}
