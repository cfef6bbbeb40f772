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
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type { ComponentType, JSX } from 'react';
import { prefixCachingApiRef } from './api';
import {
  EntityPrefixCachingContent as TabContent,
  preloadTabContent,
} from './components/EntityPrefixCachingContent';
import {
  AcceleratorPicker,
  validateAccelerators,
} from './scaffolder/AcceleratorPicker';
import { ClusterPicker, validateCluster } from './scaffolder/ClusterPicker';
import { FilePreview } from './scaffolder/FilePreview';
import { ModelConfig } from './scaffolder/ModelConfig';
import { ModelPicker, validateModel } from './scaffolder/ModelPicker';

const rootRouteRef = createRouteRef({ id: 'prefix-caching' });
const fleetRouteRef = createRouteRef({ id: 'prefix-caching/fleet' });

/**
 * The prefix-caching plugin for Backstage's legacy front-end system.
 *
 * @public
 */
export const prefixCachingPlugin = createPlugin({
  id: 'prefix-caching',
  routes: { entityContent: rootRouteRef, fleet: fleetRouteRef },
  apis: [
    createApiFactory({
      api: prefixCachingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PrefixCachingClient(deps),
    }),
  ],
});

/**
 * The tab, for an `EntityLayout.Route` with `if={isPrefixCachingAvailable}`.
 *
 * @public
 */
export const EntityPrefixCachingContent: () => JSX.Element =
  prefixCachingPlugin.provide(
    createRoutableExtension({
      name: 'EntityPrefixCachingContent',
      component: async () => {
        preloadTabContent();
        return TabContent;
      },
      mountPoint: rootRouteRef,
    }),
  );

/**
 * `ui:field: PrefixCachingClusterPicker` of a template, for the children of
 * `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const PrefixCachingClusterPicker: ComponentType =
  prefixCachingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'PrefixCachingClusterPicker',
      component: ClusterPicker,
      validation: validateCluster,
    }),
  );

/**
 * `ui:field: PrefixCachingAcceleratorPicker` of a template, for the children of
 * `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const PrefixCachingAcceleratorPicker: ComponentType =
  prefixCachingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'PrefixCachingAcceleratorPicker',
      component: AcceleratorPicker,
      validation: validateAccelerators,
    }),
  );

/**
 * The fleet, for a `Route` with the path `/prefix-caching`.
 *
 * @public
 */
export const PrefixCachingPage: () => JSX.Element = prefixCachingPlugin.provide(
  createRoutableExtension({
    name: 'PrefixCachingPage',
    component: () => import('./fleet').then(module => module.FleetPage),
    mountPoint: fleetRouteRef,
  }),
);

/**
 * A card for the overview of an entity.
 *
 * @public
 */
export const EntityPrefixCachingCard: () => JSX.Element =
  prefixCachingPlugin.provide(
    createComponentExtension({
      name: 'EntityPrefixCachingCard',
      component: {
        lazy: () =>
          import('./card').then(module => module.EntityPrefixCachingCard),
      },
    }),
  );

/**
 * `ui:field: PrefixCachingFilePreview` of a template, for the children of
 * `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const PrefixCachingFilePreview: ComponentType =
  prefixCachingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'PrefixCachingFilePreview',
      component: FilePreview,
    }),
  );

/**
 * `ui:field: PrefixCachingModelPicker` of a template, for the children of
 * `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const PrefixCachingModelPicker: ComponentType =
  prefixCachingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'PrefixCachingModelPicker',
      component: ModelPicker,
      validation: validateModel,
    }),
  );

/**
 * `ui:field: PrefixCachingModelConfig` of a template, for the children of
 * `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const PrefixCachingModelConfig: ComponentType =
  prefixCachingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'PrefixCachingModelConfig',
      component: ModelConfig,
    }),
  );
