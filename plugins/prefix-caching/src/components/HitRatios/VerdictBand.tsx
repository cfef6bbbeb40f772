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

import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';
import type { VerdictStretch } from '../../model';
import { useStateStyles } from '../../states';
import { BAND_HEIGHT, BAND_TOP } from './geometry';
import type { Plot } from './geometry';
import { useChartColors } from './useChartColors';

const HATCH = 5;

/** The verdict over time: pass plain, fail hatched, undecided dashed; the current one as a word. */
export function VerdictBand(props: {
  plot: Plot;
  stretches: VerdictStretch[];
}) {
  const { plot, stretches } = props;
  const { t } = useMessages();
  const hatchId = useElementId();
  const colors = useChartColors();
  const styleOf = useStateStyles();
  const current = stretches.at(-1)?.verdict;
  const fail = styleOf('fail');
  const y = plot.bottom + BAND_TOP;
  return (
    <g fontSize={12}>
      <defs>
        <pattern
          id={hatchId}
          width={HATCH}
          height={HATCH}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={HATCH} height={HATCH} fill={fail.tint} />
          <line y2={HATCH} stroke={fail.edge} strokeWidth={2} />
        </pattern>
      </defs>
      {stretches.map(({ from, to, verdict }) => {
        if (verdict === undefined) {
          return null;
        }
        const style = styleOf(verdict);
        const x = plot.x(from);
        return (
          <rect
            key={from}
            x={x}
            y={y}
            width={plot.x(to) - x}
            height={BAND_HEIGHT}
            fill={verdict === 'fail' ? `url(#${hatchId})` : style.tint}
            stroke={style.edge}
            strokeDasharray={verdict === 'inconclusive' ? '3 2' : undefined}
          />
        );
      })}
      <text x={plot.right + 4} y={y + BAND_HEIGHT - 1} fill={colors.subtle}>
        {current && t(`state.${current}`)}
      </text>
    </g>
  );
}
