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
import { ResponseErrorPanel } from '@backstage/core-components';
import { isForbidden } from '../../hooks/useEntityReport';
import type { ReportFeed } from '../../hooks/useEntityReport';
import { LoadingCard } from '../LoadingCard';
import { NoPermissionCard } from '../NoPermissionCard';
import { ReportPage } from '../ReportPage';
import { TabFrame } from './TabFrame';

/** What is in the tab, whatever came of asking for the report. */
export function TabContent(props: { entity: Entity; feed: ReportFeed }) {
  return (
    <TabFrame>
      <Content {...props} />
    </TabFrame>
  );
}

function Content(props: { entity: Entity; feed: ReportFeed }) {
  const { entity, feed } = props;
  if (feed.report !== undefined && feed.receivedAt !== undefined) {
    return (
      <ReportPage
        entity={entity}
        report={feed.report}
        receivedAt={feed.receivedAt}
        feed={feed}
      />
    );
  }
  if (feed.error === undefined) {
    return <LoadingCard />;
  }
  return isForbidden(feed.error) ? (
    <NoPermissionCard entity={entity} />
  ) : (
    <ResponseErrorPanel error={feed.error} />
  );
}
