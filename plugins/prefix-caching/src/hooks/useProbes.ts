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

import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  EntityReport,
  ProbeReport,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import { useReport } from './useReportContext';

/** The probes of one target, or why they could not be read. */
export interface ProbeAnswer {
  probes?: ProbeReport;
  error?: Error;
}

/** The probes of every target of a report, by target id, and how to run one. */
export interface ProbeFeed {
  answers: Record<string, ProbeAnswer>;
  /** Reads again what the next would cost, and from when on it may be run. */
  refresh(): void;
  /** Sends real requests. Rejects with what the back end says. */
  run(targetId: string, signal: AbortSignal): Promise<ProbeReport>;
}

/** Past probes and what the next would cost; reading them sends nothing to a service. */
export function useProbes(): ProbeFeed {
  const api = useApi(prefixCachingApiRef);
  const { report, entityRef } = useReport();
  const { kind, namespace, name } = entityRef;
  const [answers, setAnswers] = useState<Record<string, ProbeAnswer>>({});
  const ids = report.targets.map(({ targetId }) => targetId).join(' ');
  const last = lastProbesOf(report);
  const [reads, setReads] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    for (const targetId of ids.split(' ').filter(Boolean)) {
      const settle = (answer: ProbeAnswer) => {
        if (!controller.signal.aborted) {
          setAnswers(previous => ({ ...previous, [targetId]: answer }));
        }
      };
      api
        .getProbes(
          { kind, namespace, name },
          { targetId },
          { signal: controller.signal },
        )
        .then(
          probes => settle({ probes }),
          error => settle({ error }),
        );
    }
    return () => controller.abort();
    // Read again when asked to, and when the check tells of another probe.
  }, [api, ids, kind, namespace, name, last, reads]);

  const refresh = useCallback(() => setReads(previous => previous + 1), []);

  const run = useCallback(
    async (targetId: string, signal: AbortSignal) => {
      const probes = await api.runProbe(
        { kind, namespace, name },
        { targetId },
        { signal },
      );
      setAnswers(previous => ({ ...previous, [targetId]: { probes } }));
      return probes;
    },
    [api, kind, namespace, name],
  );
  return { answers, refresh, run };
}

/** What the checks tell of the last probes, which somebody else may have run. */
function lastProbesOf({ targets }: EntityReport): string {
  return targets
    .flatMap(({ verification }) => verification?.findings ?? [])
    .filter(({ check }) => check === 'routing.probe')
    .map(({ evidence }) => evidence[0]?.subject ?? '')
    .join('\n');
}
