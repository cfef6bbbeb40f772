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
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';

/** However short the back end's interval, a browser asks no more often. */
const SHORTEST_INTERVAL_SECONDS = 5;
const FIRST_INTERVAL_SECONDS = 30;

/** Once a signal has come through, asking is only for those that get lost. */
const INTERVALS_WITH_SIGNALS = 6;

/** The report of an entity, kept up to date. */
export interface ReportFeed {
  report?: EntityReport;
  /** By this browser's clock. */
  receivedAt?: number;
  /** Of the last request; beside a report it means that this is an older one. */
  error?: Error;
  verifying: boolean;
  verify(): void;
  /**
   * Takes the report that a request of the page answers with.
   *
   * @throws what the request throws; the report stays as it was.
   */
  take(request: Promise<EntityReport>): Promise<void>;
}

interface Answer {
  report?: EntityReport;
  receivedAt?: number;
  error?: Error;
}

/**
 * Reads an entity's report, then again when the back end signals a new one;
 * without signals, once per interval of the back end.
 *
 * Nothing is asked while the page is hidden or a verification runs. A request
 * that fails leaves the last report in place, unless reading was forbidden.
 */
export function useEntityReport(entityRef: string): ReportFeed {
  const api = useApi(prefixCachingApiRef);
  const [answer, setAnswer] = useState<Answer>({});
  const [verifying, setVerifying] = useState(false);
  const latest = useRef(0);
  const running = useRef(false);

  const ask = useCallback(async (request: () => Promise<EntityReport>) => {
    latest.current += 1;
    const number = latest.current;
    const next = await request().then(
      report => (): Answer => ({ report, receivedAt: Date.now() }),
      error => (previous: Answer) => failed(previous, error),
    );
    // An older request that ends late says nothing new.
    if (number === latest.current) {
      setAnswer(next);
    }
  }, []);

  useEffect(() => {
    setAnswer({});
    return () => {
      latest.current += 1;
    };
  }, [entityRef, api]);

  const { lastSignal } = useSignal(`prefix-caching:${entityRef}`);
  const signalled = lastSignal !== null;
  const interval =
    Math.max(
      SHORTEST_INTERVAL_SECONDS,
      answer.report?.intervalSeconds ?? FIRST_INTERVAL_SECONDS,
    ) * (signalled ? INTERVALS_WITH_SIGNALS : 1);
  useEffect(() => {
    if (verifying) {
      return undefined;
    }
    const controller = new AbortController();
    const refresh = () => {
      if (!document.hidden) {
        ask(() =>
          api.getEntity(parseEntityRef(entityRef), {
            signal: controller.signal,
          }),
        );
      }
    };
    const timer = setInterval(refresh, interval * 1000);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      controller.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [api, ask, entityRef, interval, verifying]);

  useEffect(() => {
    ask(() => api.getEntity(parseEntityRef(entityRef)));
  }, [api, ask, entityRef]);

  // A signal names no data: whether this user may see it is asked anew.
  useEffect(() => {
    // What it tells of may be the run that is waited for anyway.
    if (lastSignal !== null && !document.hidden && !running.current) {
      ask(() => api.getEntity(parseEntityRef(entityRef)));
    }
  }, [api, ask, entityRef, lastSignal]);

  const verify = useCallback(() => {
    setVerifying(true);
    running.current = true;
    ask(() => api.runVerification(parseEntityRef(entityRef))).finally(() => {
      running.current = false;
      setVerifying(false);
    });
  }, [api, ask, entityRef]);

  const take = useCallback(async (request: Promise<EntityReport>) => {
    latest.current += 1;
    const number = latest.current;
    const report = await request;
    if (number === latest.current) {
      setAnswer({ report, receivedAt: Date.now() });
    }
  }, []);

  return { ...answer, verifying, verify, take };
}

function failed(previous: Answer, error: Error): Answer {
  return isForbidden(error) ? { error } : { ...previous, error };
}

/** Whether the back end refused to show verifications to this user. */
export function isForbidden(error: Error): boolean {
  const { cause, statusCode } = error as Error & { statusCode?: number };
  return (
    statusCode === 403 ||
    error.name === 'NotAllowedError' ||
    (cause instanceof Error && cause.name === 'NotAllowedError')
  );
}
