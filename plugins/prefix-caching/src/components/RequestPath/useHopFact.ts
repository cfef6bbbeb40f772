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

import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount, formatLatency, formatRatio } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import {
  commonBlockSize,
  deliveredHitRatio,
  pickIncrease,
  replicaCounts,
  requestIncrease,
} from '../../model';
import type { HopReport } from '../../model';

/** One short fact about a station: what was counted there, else what its worst check says. */
export function useHopFact(hop: HopReport, target: TargetReport): string {
  const { t } = useMessages();
  switch (hop.id) {
    case 'client':
      return clientFact();
    case 'picker':
      return pickerFact() ?? checksFact();
    case 'replica':
      return hop.state === 'fail'
        ? checksFact()
        : t('path.replicas', replicaCounts(target));
    case 'cache':
      return cacheFact() ?? checksFact();
    case 'response':
      return responseFact();
    default:
      return checksFact();
  }

  function clientFact(): string {
    const requests = requestIncrease(target);
    if (requests === undefined) {
      return t('value.noSamples');
    }
    return requests === 0
      ? t('path.noTraffic')
      : t('path.requests', { requests: formatCount(requests) });
  }

  function pickerFact(): string | undefined {
    const picks = pickIncrease(target);
    const requests = requestIncrease(target);
    const quiet = hop.state === 'pass' || hop.state === 'bypassed';
    return quiet && picks !== undefined && requests
      ? t('path.picked', {
          picks: formatCount(picks),
          requests: formatCount(requests),
        })
      : undefined;
  }

  function cacheFact(): string | undefined {
    const ratio = deliveredHitRatio(target);
    if (ratio === undefined) {
      return undefined;
    }
    const blockSize = commonBlockSize(target);
    const delivered = t('path.delivered', { ratio: formatRatio(ratio) });
    return blockSize === undefined
      ? delivered
      : `${delivered}, ${t('path.blocks', {
          blockSize: formatCount(blockSize),
        })}`;
  }

  function responseFact(): string {
    const latency =
      target.router?.metrics?.timeToFirstToken ??
      target.engines.find(engine => engine.metrics?.timeToFirstToken)?.metrics
        ?.timeToFirstToken;
    const errors = target.router?.increase?.errors;
    const parts = [
      ...(errors === undefined
        ? []
        : [t('path.errors', { errors: formatCount(errors) })]),
      ...(latency
        ? [t('path.firstToken', { p50: formatLatency(latency.p50) })]
        : []),
    ];
    return parts.length === 0 ? t('value.noSamples') : parts.join(' · ');
  }

  function checksFact(): string {
    if (hop.worst === undefined) {
      return t('path.noCheck');
    }
    return hop.state === 'pass'
      ? t('path.checksPass', {
          passed: formatCount(hop.passed),
          checks: formatCount(hop.checks),
        })
      : hop.worst.summary;
  }
}
