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
import { makeStyles } from '@material-ui/core/styles';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ProbeResult } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { stateOfProbe, targetLabel } from '../../model';
import { ClaimedLatency } from '../EndpointMatrix/ClaimedLatency';
import { Moment } from '../Moment';
import { StateLabel } from '../StateLabel';
import { useProbeWords } from './useProbeWords';

const useStyles = makeStyles({
  figures: { '& > *': { borderBottom: 'none', whiteSpace: 'nowrap' } },
});

/** A probe in two lines: what it counted, and what that means. */
export function LastProbe(props: {
  target: TargetReport;
  result: ProbeResult;
}) {
  const { target, result } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const words = useProbeWords(result);
  return (
    <>
      <TableRow className={classes.figures}>
        <TableCell component="th" role="rowheader" scope="row">
          {targetLabel(target)}
        </TableCell>
        <TableCell>
          <StateLabel state={stateOfProbe(result.outcome)} size="small" />
        </TableCell>
        <TableCell>{words.hits}</TableCell>
        <TableCell>{words.control}</TableCell>
        <TableCell>{words.firstToken}</TableCell>
      </TableRow>
      <TableRow>
        <TableCell colSpan={5}>
          <Moment iso={result.at} />,{' '}
          <EntityRefLink
            entityRef={result.by}
            defaultKind="user"
            underline="always"
          />
          . {result.summary} {t(`probe.evidence.${result.evidence}`)}
          {result.timeToFirstToken.cold !== undefined && (
            <ClaimedLatency target={target} />
          )}
        </TableCell>
      </TableRow>
    </>
  );
}
