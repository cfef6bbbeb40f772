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
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  OverridableFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { Content } from '@backstage/core-components';
import {
  CatalogFilterBlueprint,
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import MemoryIcon from '@material-ui/icons/Memory';
import type { FilterPredicate } from '@backstage/filter-predicates';
import {
  LLM_INFERENCE_SERVICES_ANNOTATION,
  PrefixCachingClient,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from './api';
import {
  EntityPrefixCachingContent,
  preloadTabContent,
} from './components/EntityPrefixCachingContent';
import {
  MODEL_SERVER_KIND,
  MODEL_SERVER_TYPE,
} from './isPrefixCachingAvailable';
import { fleetRouteRef } from './routes';
import {
  acceleratorPickerField,
  clusterPickerField,
  filePreviewField,
  modelConfigField,
  modelPickerField,
} from './scaffolder/formFields';
import { TAB_PATH } from './tabPath';

const prefixCachingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: prefixCachingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PrefixCachingClient(deps),
    }),
});

// A predicate and no function, so that an admin can override it in
// configuration; it says the same as isPrefixCachingAvailable.
const SERVES_MODELS: FilterPredicate = {
  $any: [
    {
      [`metadata.annotations.${LLM_INFERENCE_SERVICES_ANNOTATION}`]: {
        $exists: true,
      },
    },
    { kind: MODEL_SERVER_KIND },
    { kind: 'API', 'spec.type': MODEL_SERVER_TYPE },
  ],
};

export const entityPrefixCachingContent = EntityContentBlueprint.make({
  params: {
    path: `/${TAB_PATH}`,
    title: 'Prefix caching',
    group: 'observability',
    filter: SERVES_MODELS,
    loader: async () => {
      preloadTabContent();
      return <EntityPrefixCachingContent />;
    },
  },
});

const entityPrefixCachingCard = EntityCardBlueprint.make({
  params: {
    filter: SERVES_MODELS,
    loader: async () => {
      const { EntityPrefixCachingCard } = await import('./card');
      return <EntityPrefixCachingCard />;
    },
  },
});

const catalogFilter = CatalogFilterBlueprint.make({
  params: {
    loader: async () => {
      const { PrefixCachingPicker } = await import('./catalog');
      return <PrefixCachingPicker />;
    },
  },
});

const fleetPage = PageBlueprint.make({
  params: {
    path: '/prefix-caching',
    title: 'Prefix caching',
    icon: <MemoryIcon fontSize="inherit" />,
    routeRef: fleetRouteRef,
    loader: async () => {
      const { FleetContent } = await import('./fleet');
      return (
        <Content>
          <FleetContent />
        </Content>
      );
    },
  },
});

/**
 * The prefix-caching plugin for Backstage's new front-end system: an entity
 * tab, and the client of the plugin's back end.
 *
 * @public
 */
export const prefixCachingPlugin: OverridableFrontendPlugin =
  createFrontendPlugin({
    pluginId: 'prefix-caching',
    title: 'Prefix caching',
    routes: { fleet: fleetRouteRef },
    info: { packageJson: () => import('../package.json') },
    extensions: [
      prefixCachingApi,
      entityPrefixCachingContent,
      entityPrefixCachingCard,
      catalogFilter,
      fleetPage,
      clusterPickerField,
      acceleratorPickerField,
      filePreviewField,
      modelPickerField,
      modelConfigField,
    ],
  });
