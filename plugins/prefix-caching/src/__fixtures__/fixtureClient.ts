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

import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import { entity } from './entity';
import { asOfNow, brokenReport, healthyReport } from './reports';

/** The entity whose services work, and the one whose services do not. */
export const fixtureEntities = [
  entity,
  {
    ...entity,
    metadata: { ...entity.metadata, name: 'qwen-3b-broken' },
  },
];

/** The plugin's client with fixtures in the place of a back end. */
export function createFixtureClient(): PrefixCachingClient {
  const answer: typeof fetch = async input =>
    Response.json(
      asOfNow(
        String(input).includes('qwen-3b-broken') ? brokenReport : healthyReport,
      ),
    );
  return new PrefixCachingClient({
    discoveryApi: { getBaseUrl: async () => 'http://fixtures' },
    fetchApi: { fetch: answer },
  });
}
