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
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import type { Entity } from '@backstage/catalog-model';
import { screen } from '@testing-library/react';
import plugin, { isPrefixCachingAvailable, prefixCachingApiRef } from '.';
import {
  createFixtureClient,
  entity,
  entityWithoutServices,
} from './__fixtures__';
import { entityPrefixCachingContent } from './plugin';

describe('the plugin, in the new front-end system', () => {
  it('adds a tab to the entities that name services, and to no others', () => {
    expect(plugin.pluginId).toBe('prefix-caching');

    const tester = createExtensionTester(entityPrefixCachingContent);
    const { title, group, filterFunction } = EntityContentBlueprint.dataRefs;
    expect(tester.get(title)).toBe('Prefix caching');
    expect(tester.get(group)).toBe('observability');

    const cases: [Entity, boolean][] = [
      [entity, true],
      [entityWithoutServices, false],
      [{ ...entityWithoutServices, kind: 'AiModelServerAPI' }, true],
      [
        {
          ...entityWithoutServices,
          kind: 'API',
          spec: { type: 'ai-model-server' },
        },
        true,
      ],
      [
        { ...entityWithoutServices, kind: 'API', spec: { type: 'openapi' } },
        false,
      ],
    ];
    for (const [candidate, shown] of cases) {
      expect(tester.get(filterFunction)?.(candidate)).toBe(shown);
      expect(isPrefixCachingAvailable(candidate)).toBe(shown);
    }
  });

  it('renders the tab on an entity page', async () => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity }),
        entityPrefixCachingContent,
      ],
      apis: [
        [prefixCachingApiRef, createFixtureClient()],
        catalogApiMock({ entities: [entity] }),
        mockApis.config({ data: {} }),
      ],
    });

    expect(
      await screen.findByRole('heading', { name: /^Prefix caching works on/ }),
    ).toBeInTheDocument();
  });
});
