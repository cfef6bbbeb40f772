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

import type { ScrapeSource } from './types';
import { MAX_EXPOSITION_BYTES } from './types';

/** Over a port-forward, with a token for the endpoint; opt-in. */
export function createPortForwardSource(options: {
  enabled: boolean;
}): ScrapeSource {
  return {
    source: 'port-forward',
    serves: ({ client, token }) =>
      options.enabled && token !== undefined && Boolean(client.portForward),
    scrape: async ({ client, endpoint, token = '', signal }) =>
      client.portForward?.(endpoint, {
        path: endpoint.path,
        bearerToken: token,
        maxBytes: MAX_EXPOSITION_BYTES,
        signal,
      }) ?? {
        ok: false,
        reason: 'not-configured',
        message: `cluster ${client.name} cannot be port-forwarded to`,
      },
  };
}
