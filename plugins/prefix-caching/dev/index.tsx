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

import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { createDevApp } from '@backstage/frontend-dev-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import prefixCachingPlugin, { prefixCachingApiRef } from '../src';
import {
  createFixtureClient,
  fixtureEntities,
  ownerGroup,
} from '../src/__fixtures__';

/** A catalog of some components, in the place of the catalog's back end. */
const catalogFixtures = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            catalogApiMock({ entities: [...fixtureEntities, ownerGroup] }),
        }),
    }),
  ],
});

/** Reports of healthy, broken, idle and missing deployments, in the place of ours. */
const reportFixtures = createFrontendModule({
  pluginId: 'prefix-caching',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: prefixCachingApiRef,
          deps: {},
          factory: createFixtureClient,
        }),
    }),
  ],
});

// Look at /catalog/default/component/qwen-3b-chat/prefix-caching, and at
// qwen-3b-broken, qwen-3b-idle and qwen-3b-unlinked.
createDevApp({
  features: [
    catalogPlugin,
    catalogFixtures,
    prefixCachingPlugin,
    reportFixtures,
  ],
});
