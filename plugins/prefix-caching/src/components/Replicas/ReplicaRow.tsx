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
import { formatCount, formatRatio, MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { kvTokens, requestsOf, requestShare } from '../../model';
import { StateLabel } from '../StateLabel';
import { ShareBar } from './ShareBar';

/** One engine replica. */
export function ReplicaRow(props: {
  engine: EngineReport;
  target: TargetReport;
  className?: string;
}) {
  const { engine, target } = props;
  const { t } = useMessages();
  const { metrics, increase } = engine;
  const share = requestShare(target, engine);
  const requests = requestsOf(target, engine);
  return (
    <TableRow className={props.className}>
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
        <ShareBar share={share} even={1 / target.engines.length} />
      </TableCell>
      <TableCell align="right">
        {requests === undefined
          ? t('value.noSamples')
          : t('replica.requestsShare', {
              requests: formatCount(requests),
              share: formatRatio(share),
            })}
      </TableCell>
      <TableCell align="right">
        {increase === undefined
          ? engine.gap ?? t('value.noSamples')
          : formatRatio(increase.deliveredHitRatio)}
      </TableCell>
      <TableCell align="right">{formatRatio(metrics?.kvUsage)}</TableCell>
      <TableCell align="right">
        {metrics === undefined
          ? MISSING
          : `${formatCount(metrics.running)} · ${formatCount(metrics.waiting)}`}
      </TableCell>
      <TableCell align="right">
        {`${formatCount(kvTokens(engine))} · ${formatCount(
          metrics?.blockSize,
        )}`}
      </TableCell>
    </TableRow>
  );
}
