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
import type {
  EngineReport,
  RouterReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  formatCount,
  formatDuration,
  formatLatency,
  formatRatio,
} from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { deliveredHitRatio, hasPicked, sampleSeconds } from '../../model';
import { ClaimedLatency } from './ClaimedLatency';
import { Figure } from '../Figure';
import { Source } from '../Figure';

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

  const lastPeriod = (seconds: number) =>
    t('figure.lastPeriod', { period: formatDuration(seconds * 1000) });

  const note = (period: string, from?: RouterReport | EngineReport) => (
    <>
      {period} · <Source at={from?.at} source={from?.source} />
    </>
  );

  /** A figure that the picker's version may lack, or that could not be read. */
  const exposed = (
    { router }: TargetReport,
    value: number | undefined,
    period: string,
    format: (value: number) => ReactNode,
  ): ReactNode => {
    if (value !== undefined) {
      return <Figure note={note(period, router)}>{format(value)}</Figure>;
    }
    if (router?.metrics === undefined) {
      return t('value.noSamples');
    }
    return hasPicked(router) ? t('value.notExposed') : t('value.noPicks');
  };

  return [
    {
      name: t('figure.predicted'),
      value: target => {
        const { increase, metrics } = target.router ?? {};
        return increase?.predictedHitRatio === undefined
          ? exposed(
              target,
              metrics?.predictedHitRatio?.mean,
              t('figure.sinceStart'),
              ratio => formatRatio(ratio),
            )
          : exposed(
              target,
              increase.predictedHitRatio,
              lastPeriod(increase.seconds),
              ratio => formatRatio(ratio),
            );
      },
    },
    {
      name: t('figure.delivered'),
      value: target => {
        const ratio = deliveredHitRatio(target);
        const engine = target.engines.find(({ increase }) => increase);
        return ratio === undefined ? (
          t('value.noSamples')
        ) : (
          <Figure note={note(lastPeriod(sampleSeconds(target) ?? 0), engine)}>
            {formatRatio(ratio)}
          </Figure>
        );
      },
    },
    {
      name: t('figure.indexSize'),
      value: target =>
        exposed(
          target,
          target.router?.metrics?.indexSize,
          t('figure.now'),
          formatCount,
        ),
    },
    {
      name: t('figure.requests'),
      value: target =>
        exposed(
          target,
          target.router?.metrics?.requests,
          t('figure.sinceStart'),
          formatCount,
        ),
    },
    {
      name: t('figure.errors'),
      value: target =>
        exposed(
          target,
          target.router?.metrics?.errors,
          t('figure.sinceStart'),
          formatCount,
        ),
    },
    {
      name: t('figure.firstToken'),
      value: target => {
        const latency = target.router?.metrics?.timeToFirstToken;
        return exposed(target, latency?.p50, t('figure.sinceStart'), () => (
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
        exposed(
          target,
          target.router?.metrics?.readyEndpoints,
          t('figure.now'),
          formatCount,
        ),
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
