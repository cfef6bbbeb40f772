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

import Typography from '@material-ui/core/Typography';
import type {
  EntityReport,
  SeriesReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { formatMoment } from '../../format';
import { useClock } from '../../hooks/useClock';
import { useMessages } from '../../hooks/useMessages';
import { sampleSeconds } from '../../model';

/** In the place of a chart that has nothing to show yet, with the reason. */
export function FirstRatio(props: {
  target: TargetReport;
  report: EntityReport;
  series: SeriesReport;
}) {
  const { target, report, series } = props;
  const { t } = useMessages();
  const now = useClock();
  return (
    <Typography variant="body2">
      {[words(), ...series.gaps.map(gap => gap.message)].join(' ')}
    </Typography>
  );

  function words(): string {
    if (sampleSeconds(target) !== undefined) {
      return t('charts.noRatio');
    }
    const sampled = Date.parse(target.sampledAt ?? report.generatedAt);
    // Where nothing was sampled yet, two more are needed, not one.
    const wait = report.intervalSeconds * (target.sampledAt ? 1 : 2) * 1000;
    return t('charts.firstRatio', {
      time: formatMoment(new Date(sampled + wait).toISOString(), now),
    });
  }
}
