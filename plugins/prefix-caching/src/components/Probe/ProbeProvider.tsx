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

import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useProbes } from '../../hooks/useProbes';
import type { ProbeFeed } from '../../hooks/useProbes';
import { ProbeDialog } from './ProbeDialog';

/** The page's probes, and the way to its one dialog. */
export interface Probes {
  feed: ProbeFeed;
  /** Undefined for those who may run none. */
  open?: () => void;
}

const Context = createContext<Probes | undefined>(undefined);

/** Lets several places of a page open the same dialog; a back end without probes has none. */
export function ProbeProvider(props: {
  report: EntityReport;
  children: ReactNode;
}) {
  return props.report.permissions.probe === undefined ? (
    <>{props.children}</>
  ) : (
    <WithProbes {...props} />
  );
}

function WithProbes(props: { report: EntityReport; children: ReactNode }) {
  const { report } = props;
  const feed = useProbes();
  const [isOpen, setOpen] = useState(false);
  const { refresh } = feed;
  const open = report.permissions.probe
    ? () => {
        // What stood here when the page was opened may long be over.
        refresh();
        setOpen(true);
      }
    : undefined;
  return (
    <Context.Provider value={{ feed, open }}>
      {props.children}
      {isOpen && (
        <ProbeDialog
          report={report}
          feed={feed}
          onClose={() => setOpen(false)}
        />
      )}
    </Context.Provider>
  );
}

/** The probes of the page around; undefined where there are none. */
export function useProbeDialog(): Probes | undefined {
  return useContext(Context);
}
