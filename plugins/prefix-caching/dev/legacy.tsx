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

import { createDevApp } from '@backstage/dev-utils';
import { CatalogEntityPage } from '@backstage/plugin-catalog';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  EntityPrefixCachingContent,
  prefixCachingApiRef,
  prefixCachingPlugin,
} from '../src/legacy';
import {
  createFixtureClient,
  fixtureEntities,
  ownerGroup,
} from '../src/__fixtures__';

const app = createDevApp()
  .registerPlugin(prefixCachingPlugin)
  .registerApi({
    api: catalogApiRef,
    deps: {},
    factory: () =>
      catalogApiMock({ entities: [...fixtureEntities, ownerGroup] }),
  })
  .registerApi({
    api: prefixCachingApiRef,
    deps: {},
    factory: createFixtureClient,
  });

// Links to teams and systems need an entity page to lead to.
app.addPage({
  path: '/catalog/:namespace/:kind/:name',
  element: <CatalogEntityPage />,
});

for (const entity of fixtureEntities) {
  app.addPage({
    path: `/${entity.metadata.name}`,
    title: entity.metadata.name,
    element: (
      <EntityProvider entity={entity}>
        <EntityPrefixCachingContent />
      </EntityProvider>
    ),
  });
}

app.render();
