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
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type { JSX } from 'react';
import { prefixCachingApiRef } from './api';

const rootRouteRef = createRouteRef({ id: 'prefix-caching' });

/**
 * The prefix-caching plugin for Backstage's legacy front-end system.
 *
 * @public
 */
export const prefixCachingPlugin = createPlugin({
  id: 'prefix-caching',
  routes: { entityContent: rootRouteRef },
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
      component: () =>
        import('./components/EntityPrefixCachingContent').then(
          module => module.EntityPrefixCachingContent,
        ),
      mountPoint: rootRouteRef,
    }),
  );
