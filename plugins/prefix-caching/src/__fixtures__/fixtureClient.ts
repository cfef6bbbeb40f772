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

import type { Entity } from '@backstage/catalog-model';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { entity } from './entity';
import {
  asOfNow,
  brokenReport,
  emptyReport,
  healthyReport,
  inconclusiveReport,
} from './reports';

/** By the end of an entity's name. */
const REPORTS: [string, EntityReport][] = [
  ['qwen-3b-chat', healthyReport],
  ['qwen-3b-broken', brokenReport],
  ['qwen-3b-idle', inconclusiveReport],
  ['qwen-3b-unlinked', emptyReport],
];

/** Entities whose services work, do not work, are idle, and are none. */
export const fixtureEntities: Entity[] = REPORTS.map(([name]) => ({
  ...entity,
  metadata: { ...entity.metadata, name },
}));

/** The plugin's client with fixtures in the place of a back end. */
export function createFixtureClient(): PrefixCachingClient {
  const answer: typeof fetch = async input => {
    const known = REPORTS.find(([name]) => String(input).includes(name));
    return Response.json(asOfNow(known ? known[1] : healthyReport));
  };
  return new PrefixCachingClient({
    discoveryApi: { getBaseUrl: async () => 'http://fixtures' },
    fetchApi: { fetch: answer },
  });
}
