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

import { CLAIMED_LATENCIES } from 'prefix-caching-core/verdicts';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatLatency } from '../../format';
import { useMessages } from '../../hooks/useMessages';

/** What the reference document claims for this accelerator; only ever beside a measurement. */
export function ClaimedLatency(props: { target: TargetReport }) {
  const { t } = useMessages();
  const { accelerator } = props.target;
  const claim = CLAIMED_LATENCIES.find(
    candidate =>
      candidate.class === accelerator?.class &&
      accelerator.name.endsWith(candidate.accelerator),
  );
  return claim === undefined ? null : (
    <>
      {' '}
      (
      {t('claim.latency', {
        miss: formatLatency(claim.missMs / 1000),
        hit: formatLatency(claim.hitMs / 1000),
      })}
      )
    </>
  );
}
