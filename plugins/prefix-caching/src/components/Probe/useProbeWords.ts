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

import type { ProbeResult } from 'prefix-caching-core';
import { formatCount, formatLatency, MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { ProbeRow } from '../../model';

/** What a probe saw, row by row, in words. */
export function useProbeWords(
  result: ProbeResult,
): Record<ProbeRow['id'], string> {
  const { t } = useMessages();
  const ofPrefixes = (count: number | undefined) =>
    count === undefined
      ? t('probe.notTold')
      : t('probe.ofPrefixes', {
          hits: formatCount(count),
          prefixes: formatCount(result.prefixes),
        });
  const { cold, warm } = result.timeToFirstToken;
  return {
    affinity: ofPrefixes(result.affine),
    hits: ofPrefixes(result.hits),
    control: eitherOr(
      result.controlMissed,
      t('probe.controlMissed'),
      t('probe.controlHit'),
    ),
    largeBody: eitherOr(
      result.largeBodyHit,
      t('probe.largeBodyHit'),
      t('probe.largeBodyMissed'),
    ),
    firstToken:
      cold === undefined && warm === undefined
        ? MISSING
        : `${formatLatency(cold)} → ${formatLatency(warm)}`,
  };

  function eitherOr(value: boolean | undefined, yes: string, no: string) {
    if (value === undefined) {
      return t('probe.notTold');
    }
    return value ? yes : no;
  }
}
