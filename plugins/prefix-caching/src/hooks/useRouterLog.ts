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
import { toError } from '@backstage/errors';
import type {
  RouterLogEvent,
  RouterLogLine,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import { useReport } from './useReportContext';

/** Lines that are read, and those that a followed log keeps on the page. */
export const LOG_LINES = 200;
const KEPT_LINES = 500;

/** What is shown of one log. */
export interface ShownLog {
  pod?: string;
  lines: RouterLogLine[];
  /** Whether older lines are left out. */
  truncated: boolean;
  /** Lines of a followed log that came faster than they could be shown. */
  skipped: number;
  advice?: string;
  /** Why a followed log has ended. */
  ended?: string;
}

export interface RouterLogFeed {
  /** Nothing until somebody asks: each reading is audited. */
  log?: ShownLog;
  error?: Error;
  state: 'idle' | 'reading' | 'following';
  read(): void;
  follow(): void;
  stop(): void;
}

const EMPTY: ShownLog = { lines: [], truncated: false, skipped: 0 };

/** The router log of one target, read once or followed; another target begins anew. */
export function useRouterLog(targetId: string): RouterLogFeed {
  const api = useApi(prefixCachingApiRef);
  const { entityRef } = useReport();
  const { kind, namespace, name } = entityRef;
  const [shown, setShown] = useState<{
    log?: ShownLog;
    error?: Error;
    state: RouterLogFeed['state'];
  }>({ state: 'idle' });
  const running = useRef<AbortController>();

  const stop = useCallback(() => {
    running.current?.abort();
    setShown(({ log, error }) => ({ log, error, state: 'idle' }));
  }, []);

  useEffect(() => {
    setShown({ state: 'idle' });
    return () => running.current?.abort();
  }, [targetId]);

  const begin = (
    state: 'reading' | 'following',
    run: (
      signal: AbortSignal,
      show: (next: (log: ShownLog) => ShownLog) => void,
    ) => Promise<void>,
  ) => {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setShown(({ log }) => ({
      log: state === 'following' ? EMPTY : log,
      state,
    }));
    run(signal, next => {
      if (!signal.aborted) {
        setShown(({ log = EMPTY }) => ({ log: next(log), state }));
      }
    }).then(
      () => {
        if (!signal.aborted) setShown(({ log }) => ({ log, state: 'idle' }));
      },
      error => {
        if (!signal.aborted) {
          setShown(({ log }) => ({
            log: log?.lines.length ? log : undefined,
            error: toError(error),
            state: 'idle',
          }));
        }
      },
    );
  };

  const ref = { kind, namespace, name };
  const query = { targetId, lines: LOG_LINES };
  return {
    ...shown,
    read: () =>
      begin('reading', async (signal, show) => {
        const report = await api.getRouterLog(ref, query, { signal });
        show(() => ({ ...report, skipped: 0 }));
      }),
    follow: () =>
      begin('following', (signal, show) =>
        api.followRouterLog(
          ref,
          query,
          event => show(log => withEvent(log, event)),
          { signal },
        ),
      ),
    stop,
  };
}

function withEvent(log: ShownLog, event: RouterLogEvent): ShownLog {
  if ('pod' in event) return { ...log, pod: event.pod, advice: event.advice };
  if ('skipped' in event) {
    return { ...log, skipped: log.skipped + event.skipped };
  }
  if ('end' in event) return { ...log, ended: event.end };
  const lines = [...log.lines, event.line];
  return {
    ...log,
    lines: lines.slice(-KEPT_LINES),
    truncated: log.truncated || lines.length > KEPT_LINES,
  };
}
