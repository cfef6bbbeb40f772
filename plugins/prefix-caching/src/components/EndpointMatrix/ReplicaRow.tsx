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

import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type {
  EngineReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  formatCount,
  formatDuration,
  formatRatio,
  MISSING,
} from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { pickShare } from '../../model';
import { StateLabel } from '../StateLabel';
import { Figure } from './Figure';
import { Source } from './Source';

/** One engine replica. */
export function ReplicaRow(props: {
  engine: EngineReport;
  target: TargetReport;
}) {
  const { engine, target } = props;
  const { t } = useMessages();
  const { metrics, increase } = engine;
  const share = pickShare(target, engine.pod);
  const last = (seconds = 0) =>
    t('figure.lastPeriod', { period: formatDuration(seconds * 1000) });
  return (
    <TableRow>
      <TableCell component="th" role="rowheader" scope="row">
        <code style={{ whiteSpace: 'nowrap' }}>{engine.pod}</code>
      </TableCell>
      <TableCell>
        <StateLabel
          state={engine.ready ? 'pass' : 'progressing'}
          word={t(engine.ready ? 'replica.isReady' : 'replica.notReady')}
          size="small"
        />
      </TableCell>
      <TableCell>
        {share === undefined ? (
          t('value.noSamples')
        ) : (
          <Figure note={last(target.router?.increase?.seconds)}>
            {formatRatio(share)}
          </Figure>
        )}
      </TableCell>
      <TableCell>
        {increase?.deliveredHitRatio === undefined ? (
          t('value.noSamples')
        ) : (
          <Figure note={last(increase.seconds)}>
            {formatRatio(increase.deliveredHitRatio)}
          </Figure>
        )}
      </TableCell>
      <TableCell>{formatRatio(metrics?.kvUsage)}</TableCell>
      <TableCell>
        {metrics === undefined
          ? MISSING
          : `${formatCount(metrics.running)} · ${formatCount(metrics.waiting)}`}
      </TableCell>
      <TableCell>{formatCount(metrics?.blockSize)}</TableCell>
      <TableCell>
        <Source at={engine.at} source={engine.source} gap={engine.gap} />
      </TableCell>
    </TableRow>
  );
}
