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

import { stringifyEntityRef } from '@backstage/catalog-model';
import { Progress } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../../hooks/useEntityReport';
import { useLoaded } from '../../hooks/useLoaded';

function loadTabContent() {
  return import('./TabContent').then(module => module.TabContent);
}

/** Has the code of the tab come while the page around it is rendered. */
export function preloadTabContent() {
  // Where it does not come, the tab itself asks for it again, and says so.
  loadTabContent().catch(() => {});
}

/**
 * The tab: whether prefix caching works on the services of the entity at
 * hand, since when, which layer is at fault, what to do, and whose it is.
 *
 * It asks for the report while its code is on the way; so this part of it is
 * small, and in the app's own bundle.
 *
 * @public
 */
export function EntityPrefixCachingContent() {
  const { entity } = useEntity();
  const feed = useEntityReport(stringifyEntityRef(entity));
  const TabContent = useLoaded(loadTabContent);
  return TabContent ? <TabContent entity={entity} feed={feed} /> : <Progress />;
}
