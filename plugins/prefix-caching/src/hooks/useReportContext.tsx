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

import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import type { ReportFeed } from './useEntityReport';

/** The report a card is part of, for what lies deep in it. */
export interface ReportContext {
  report: EntityReport;
  entityRef: CompoundEntityRef;
  feed: ReportFeed;
}

const Context = createContext<ReportContext | undefined>(undefined);

/** Gives everything under it the report. */
export function ReportProvider(props: {
  report: EntityReport;
  feed: ReportFeed;
  children: ReactNode;
}) {
  const { report, feed } = props;
  return (
    <Context.Provider
      value={{ report, feed, entityRef: parseEntityRef(report.entityRef) }}
    >
      {props.children}
    </Context.Provider>
  );
}

/** The report of the page around. */
export function useReport(): ReportContext {
  const context = useContext(Context);
  if (context === undefined) {
    throw new Error(
      'This is part of a report and needs a ReportProvider around.',
    );
  }
  return context;
}
