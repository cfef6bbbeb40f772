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

import { useEffect, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  EntityReport,
  SeriesReport,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import { CHART_FIGURES, RANGES, stepOf } from '../model';
import type { Range } from '../model';

/** The lines of one target, or why there are none. */
export interface SeriesAnswer {
  series?: SeriesReport;
  error?: Error;
}

/**
 * The figures of each target over a range, by target id; read again when a
 * verification has landed, but no more often than the range has steps.
 */
export function useSeries(
  report: EntityReport,
  range: Range,
): Record<string, SeriesAnswer> {
  const api = useApi(prefixCachingApiRef);
  const [answers, setAnswers] = useState<Record<string, SeriesAnswer>>({});
  const { entityRef, intervalSeconds } = report;
  const ids = report.targets.map(({ targetId }) => targetId).join(' ');
  const step = stepOf(range, intervalSeconds);
  const newest = Math.max(
    ...report.targets.map(({ verification }) =>
      Date.parse(verification?.observedAt ?? report.generatedAt),
    ),
  );
  // Up to the end of the step that the newest verification is in.
  const to = Math.ceil(newest / (step * 1000)) * step * 1000;

  useEffect(() => {
    const controller = new AbortController();
    for (const targetId of ids.split(' ')) {
      const settle = (answer: SeriesAnswer) => {
        if (!controller.signal.aborted) {
          setAnswers(previous => ({ ...previous, [targetId]: answer }));
        }
      };
      api
        .getSeries(
          parseEntityRef(entityRef),
          {
            targetId,
            from: new Date(to - RANGES[range].seconds * 1000).toISOString(),
            to: new Date(to).toISOString(),
            step,
            figures: [...CHART_FIGURES],
          },
          { signal: controller.signal },
        )
        .then(
          series => settle({ series }),
          error => settle({ error }),
        );
    }
    return () => controller.abort();
  }, [api, entityRef, ids, range, step, to]);

  return answers;
}
