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

import {
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import useMeasure from 'react-use/lib/useMeasure';
import type { SchedulingProfile } from 'prefix-caching-core';
import { formatMargin, formatRatio, formatWeight } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { crossingOf, marginOf } from '../../model';
import type { Situation } from '../../model';
import { useChartColors } from '../HitRatios/useChartColors';

const USUAL_WIDTH = 480;
const ENDS = [0, 1];

/** The margin over the match: with nobody waiting, and with some on the warm replica. */
export function MarginChart(props: {
  profile: SchedulingProfile;
  kv: Pick<Situation, 'warmKv' | 'otherKv'>;
  waiting: number;
  match: number;
  /** The mean match that was measured. */
  today?: number;
  height: number;
}) {
  const { profile, kv, match, today, height } = props;
  const { t } = useMessages();
  const colors = useChartColors();
  const [measure, { width }] = useMeasure<HTMLDivElement>();
  const some = Math.max(1, props.waiting);
  const margin = (at: number, waiting: number) =>
    marginOf(profile, { ...kv, match: at, waiting });
  const data = ENDS.map(at => ({
    match: at,
    idle: margin(at, 0),
    waiting: margin(at, some),
  }));
  const reach = Math.max(
    1,
    Math.ceil(
      Math.max(
        ...data.flatMap(each => [Math.abs(each.idle), Math.abs(each.waiting)]),
      ),
    ),
  );
  const crossings = [0, some].flatMap(waiting => {
    const at = crossingOf(profile, { ...kv, waiting });
    return at === undefined || at > 1 ? [] : [{ waiting, at }];
  });
  const tick = { fill: colors.subtle, fontSize: 12 };
  const label = { fill: colors.text, fontSize: 12 };
  const title = t('whatIf.chartTitle');
  return (
    <div ref={measure}>
      <ComposedChart
        width={Math.round(width) || USUAL_WIDTH}
        height={height}
        data={data}
        margin={{ top: 18, right: 78, bottom: 18, left: 0 }}
        role="img"
        aria-label={title}
        title={title}
        desc={crossings
          .map(({ waiting, at }) =>
            t('whatIf.crossing', {
              count: waiting,
              match: formatRatio(at, 0),
            }),
          )
          .join(' ')}
      >
        <XAxis
          dataKey="match"
          type="number"
          domain={ENDS}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          tickFormatter={at => formatRatio(at, 0)}
          tick={tick}
          stroke={colors.quiet}
          label={{
            ...tick,
            value: t('whatIf.matchAxis'),
            position: 'bottom',
            offset: 0,
          }}
        />
        <YAxis
          domain={[-reach, reach]}
          ticks={[-reach, 0, reach]}
          tickFormatter={formatWeight}
          tick={tick}
          width={36}
          stroke={colors.quiet}
        />
        <ReferenceArea
          y1={-reach}
          y2={0}
          fill={colors.shade}
          fillOpacity={1}
          label={{
            ...tick,
            value: t('whatIf.leavesArea'),
            position: 'insideBottomLeft',
          }}
        />
        <ReferenceLine y={0} stroke={colors.quiet} />
        {today !== undefined && (
          <ReferenceLine
            x={today}
            stroke={colors.quiet}
            strokeDasharray="2 3"
            label={{
              ...tick,
              value: t('whatIf.today', { match: formatRatio(today, 0) }),
              position: 'top',
            }}
          />
        )}
        <Line
          dataKey="idle"
          stroke={colors.delivered}
          strokeWidth={2}
          dot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="waiting"
          stroke={colors.delivered}
          strokeWidth={2}
          strokeDasharray="5 3"
          dot={false}
          isAnimationActive={false}
        />
        {[0, some].map(waiting => (
          <ReferenceDot
            key={waiting}
            x={1}
            y={margin(1, waiting)}
            r={0}
            label={{
              ...label,
              fontWeight: 700,
              value: t('whatIf.waitingLine', { count: waiting }),
              position: 'right',
            }}
          />
        ))}
        {crossings.map(({ waiting, at }) => (
          <ReferenceDot
            key={`crossing ${waiting}`}
            x={at}
            y={0}
            r={4}
            fill={colors.paper}
            stroke={colors.text}
            label={{ ...label, value: formatRatio(at, 0), position: 'bottom' }}
          />
        ))}
        <ReferenceDot
          x={match}
          y={margin(match, props.waiting)}
          r={4}
          fill={colors.delivered}
          label={{
            ...label,
            fontWeight: 700,
            value: formatMargin(margin(match, props.waiting)),
            position: 'left',
          }}
        />
      </ComposedChart>
    </div>
  );
}
