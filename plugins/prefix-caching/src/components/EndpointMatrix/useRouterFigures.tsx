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
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount, formatLatency, formatRatio } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { deliveredHitRatio } from '../../model';
import { ClaimedLatency } from './ClaimedLatency';
import { Source } from './Source';

/** A figure of an endpoint picker and how to show it. */
export interface RouterFigure {
  name: string;
  value(target: TargetReport): ReactNode;
}

/**
 * The figures of an endpoint picker. Predicted and delivered are two measures
 * and are never one number: predicted is the picker's belief, a mean per
 * request; delivered is by tokens, as the engines count them.
 */
export function useRouterFigures(): RouterFigure[] {
  const { t } = useMessages();

  /** A figure that the picker's version may lack, or that could not be read. */
  const exposed = (
    target: TargetReport,
    value: number | undefined,
    format: (value: number) => ReactNode,
  ): ReactNode => {
    if (value !== undefined) {
      return format(value);
    }
    return target.router?.metrics === undefined
      ? t('value.noSamples')
      : t('value.notExposed');
  };

  return [
    {
      name: t('figure.predicted'),
      value: target =>
        exposed(
          target,
          target.router?.increase?.predictedHitRatio ??
            target.router?.metrics?.predictedHitRatio?.mean,
          ratio => formatRatio(ratio),
        ),
    },
    {
      name: t('figure.delivered'),
      value: target => {
        const ratio = deliveredHitRatio(target);
        return ratio === undefined ? t('value.noSamples') : formatRatio(ratio);
      },
    },
    {
      name: t('figure.indexSize'),
      value: target =>
        exposed(target, target.router?.metrics?.indexSize, formatCount),
    },
    {
      name: t('figure.requests'),
      value: target =>
        exposed(target, target.router?.metrics?.requests, formatCount),
    },
    {
      name: t('figure.errors'),
      value: target =>
        exposed(target, target.router?.metrics?.errors, formatCount),
    },
    {
      name: t('figure.firstToken'),
      value: target => {
        const latency = target.router?.metrics?.timeToFirstToken;
        return exposed(target, latency?.p50, () => (
          <>
            {[latency?.p50, latency?.p95, latency?.p99]
              .map(formatLatency)
              .join(' · ')}
            <ClaimedLatency target={target} />
          </>
        ));
      },
    },
    {
      name: t('figure.readyEndpoints'),
      value: target =>
        exposed(target, target.router?.metrics?.readyEndpoints, formatCount),
    },
    {
      name: t('figure.source'),
      value: target => (
        <Source
          at={target.router?.at}
          source={target.router?.source}
          gap={target.router?.gap}
        />
      ),
    },
  ];
}
