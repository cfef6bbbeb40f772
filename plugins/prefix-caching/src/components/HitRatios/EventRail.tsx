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

import type { TargetEvent } from 'backstage-plugin-prefix-caching-common';
import { formatTick } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { useStateStyles } from '../../states';
import type { Plot } from './geometry';
import { useChartColors } from './useChartColors';

const MIDDLE = 13;
const HALF = 5;
/** Room for a text beside its mark; nearer ones share it with the next. */
const TEXT_ROOM = 84;

/** What happened when: a mark over the plot, its text, and a line down. */
export function EventRail(props: { plot: Plot; events: TargetEvent[] }) {
  const { plot } = props;
  const { t } = useMessages();
  const colors = useChartColors();
  const styleOf = useStateStyles();
  const events = [...props.events].sort((a, b) => a.at.localeCompare(b.at));
  const places = events.map(({ at }) => plot.x(Date.parse(at)));
  return (
    <g fontSize={12}>
      {events.map((event, index) => {
        const x = places[index];
        const next = places[index + 1] ?? plot.right + TEXT_ROOM;
        const failed = event.kind === 'verdict' && event.verdict === 'fail';
        const color = failed ? styleOf('fail').ink : colors.text;
        return (
          <g key={`${event.at} ${event.kind}`}>
            <title>{event.summary}</title>
            <line
              x1={x}
              x2={x}
              y1={MIDDLE + HALF}
              y2={plot.bottom}
              stroke={failed ? styleOf('fail').edge : colors.quiet}
              strokeDasharray="4 3"
            />
            <Mark kind={event.kind} x={x} color={color} paper={colors.paper} />
            {next - x >= TEXT_ROOM && (
              <text x={x + 2 * HALF} y={MIDDLE + 4} fill={color}>
                {words(event)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );

  function words(event: TargetEvent): string {
    return event.kind === 'verdict' && event.verdict !== undefined
      ? `${t(`state.${event.verdict}`)} ${formatTick(
          Date.parse(event.at),
          false,
        )}`
      : t(`charts.event.${event.kind}`);
  }
}

function Mark(props: {
  kind: TargetEvent['kind'];
  x: number;
  color: string;
  paper: string;
}) {
  const { kind, x, color, paper } = props;
  switch (kind) {
    case 'verdict':
      return (
        <path
          d={`M${x - HALF} ${MIDDLE - HALF}h${2 * HALF}l${-HALF} ${2 * HALF}z`}
          fill={color}
        />
      );
    case 'router-restart':
      return (
        <rect
          x={x - HALF}
          y={MIDDLE - HALF}
          width={2 * HALF}
          height={2 * HALF}
          fill={paper}
          stroke={color}
        />
      );
    default:
      return <circle cx={x} cy={MIDDLE} r={HALF} fill={paper} stroke={color} />;
  }
}
