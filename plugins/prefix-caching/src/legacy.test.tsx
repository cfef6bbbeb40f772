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

import { discoveryApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { createFixtureClient, entity, ownerGroup } from './__fixtures__';
import {
  EntityPrefixCachingContent,
  prefixCachingApiRef,
  prefixCachingPlugin,
} from './legacy';

describe('the plugin, in the legacy front-end system', () => {
  it('brings its client, and renders the same tab', async () => {
    expect([...prefixCachingPlugin.getApis()].map(({ api }) => api.id)).toEqual(
      [prefixCachingApiRef.id],
    );

    await renderInTestApp(
      <TestApiProvider
        apis={[
          [prefixCachingApiRef, createFixtureClient()],
          [catalogApiRef, catalogApiMock({ entities: [entity, ownerGroup] })],
          [discoveryApiRef, { getBaseUrl: async () => 'http://portal/api' }],
        ]}
      >
        <EntityProvider entity={entity}>
          <Routes>
            <Route path="/" element={<EntityPrefixCachingContent />} />
          </Routes>
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );

    expect(
      await screen.findByRole('heading', { name: /^Prefix caching works on/ }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('group', {
        name: 'Request path GPU · T4: Pass',
      }),
    ).toBeInTheDocument();
  });
});
