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

import type { ReactNode } from 'react';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  EntityReport,
  PrefixCachingApi,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import { ProbeProvider } from '../components/Probe';
import type { ReportFeed } from '../hooks/useEntityReport';
import { ReportProvider } from '../hooks/useReportContext';
import { createFixtureClient, entity, ownerGroup } from '../__fixtures__';

/** Part of a page, with the page's report around it and fixtures for all that is asked beside it. */
export function renderInReport(
  element: ReactNode,
  report: EntityReport,
  options: {
    api?: Partial<PrefixCachingApi>;
    feed?: Partial<ReportFeed>;
    config?: NonNullable<Parameters<typeof renderInTestApp>[1]>['config'];
    hash?: string;
  } = {},
) {
  const client: PrefixCachingApi = createFixtureClient();
  const api = new Proxy(client, {
    get: (target, name) => {
      const own = Reflect.get(options.api ?? {}, name);
      const value = own ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const feed: ReportFeed = {
    report,
    receivedAt: Date.now(),
    verifying: false,
    verify: () => {},
    take: async request => {
      await request;
    },
    ...options.feed,
  };
  return renderInTestApp(
    <ReportProvider report={report} feed={feed}>
      <ProbeProvider report={report}>{element}</ProbeProvider>
    </ReportProvider>,
    {
      apis: [
        [prefixCachingApiRef, api],
        catalogApiMock({ entities: [entity, ownerGroup] }),
        mockApis.storage(),
      ],
      config: options.config,
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${options.hash ?? ''}`],
    },
  );
}
