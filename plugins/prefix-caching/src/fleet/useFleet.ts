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

import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import type {
  FleetPage,
  FleetQuery,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';

/** A page of many services is asked for again this often. */
const REFRESH_MILLISECONDS = 30_000;

/** The fleet, as it was last read. */
export interface FleetFeed {
  page?: FleetPage;
  /** By this browser's clock. */
  receivedAt?: number;
  /** Of the last request; beside a page it means that this is an older one. */
  error?: Error;
}

/** Sent once per run of the back end that changed something. */
const FLEET_CHANNEL = 'prefix-caching:fleet';

/** Reads the fleet for a query, again when the back end signals news, and now and then while the page can be seen. */
export function useFleet(query: FleetQuery | undefined): FleetFeed {
  const api = useApi(prefixCachingApiRef);
  const [feed, setFeed] = useState<FleetFeed>({});
  const latest = useRef(0);
  const key = query && JSON.stringify(query);
  const { lastSignal } = useSignal(FLEET_CHANNEL);

  const ask = useCallback(
    async (asked: string, signal: AbortSignal) => {
      latest.current += 1;
      const number = latest.current;
      const next = await api.getFleet(JSON.parse(asked), { signal }).then(
        page => (): FleetFeed => ({ page, receivedAt: Date.now() }),
        error => (previous: FleetFeed) => ({ ...previous, error }),
      );
      if (number === latest.current && !signal.aborted) {
        setFeed(next);
      }
    },
    [api],
  );

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    const refresh = () => {
      if (!document.hidden) ask(key, controller.signal);
    };
    ask(key, controller.signal);
    const timer = setInterval(refresh, REFRESH_MILLISECONDS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      controller.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
    // A signal asks anew at once; it names no data.
  }, [ask, key, lastSignal]);

  return feed;
}
