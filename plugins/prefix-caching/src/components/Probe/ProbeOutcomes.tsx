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

import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type { ProbeResult } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount, MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { probeRows, stateOfProbe, targetLabel } from '../../model';
import { ClaimedLatency } from '../EndpointMatrix/ClaimedLatency';
import { StateLabel } from '../StateLabel';
import { useProbeWords } from './useProbeWords';

/** How far the probe of one target is. */
export interface ProbeRun {
  state: 'waiting' | 'running' | 'done' | 'failed';
  result?: ProbeResult;
  error?: Error;
}

/** What came back, target by target as it comes. */
export function ProbeOutcomes(props: {
  targets: TargetReport[];
  runs: Record<string, ProbeRun>;
}) {
  return (
    <>
      {props.targets.map(target => {
        const run = props.runs[target.targetId];
        return (
          run && <Outcome key={target.targetId} target={target} run={run} />
        );
      })}
    </>
  );
}

function Outcome(props: { target: TargetReport; run: ProbeRun }) {
  const { target, run } = props;
  const { t } = useMessages();
  return (
    <section aria-label={targetLabel(target)} style={{ marginBottom: 16 }}>
      <Typography component="h3" variant="subtitle1" role="status">
        <b>{targetLabel(target)}</b> {sentence()}
      </Typography>
      {run.result && <Rows target={target} result={run.result} />}
    </section>
  );

  function sentence() {
    const { state, result, error } = run;
    if (result) {
      return (
        <>
          <StateLabel state={stateOfProbe(result.outcome)} /> {result.summary}{' '}
          {t(`probe.evidence.${result.evidence}`)}
        </>
      );
    }
    if (state === 'failed') {
      return t('probe.failed', { message: error?.message ?? MISSING });
    }
    return t(state === 'waiting' ? 'probe.waiting' : 'probe.running');
  }
}

function Rows(props: { target: TargetReport; result: ProbeResult }) {
  const { target, result } = props;
  const { t } = useMessages();
  const words = useProbeWords(result);
  return (
    <>
      <Table
        size="small"
        aria-label={t('probe.rows', { target: targetLabel(target) })}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('probe.looksAt')}</TableCell>
            <TableCell>{t('probe.seen')}</TableCell>
            <TableCell>{t('probe.asExpected')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {probeRows(result).map(({ id, state }) => (
            <TableRow key={id}>
              <TableCell component="th" role="rowheader" scope="row">
                {t(`probe.row.${id}`)}
              </TableCell>
              <TableCell>
                {words[id]}
                {id === 'firstToken' && state && (
                  <ClaimedLatency target={target} />
                )}
              </TableCell>
              <TableCell>
                {state ? <StateLabel state={state} size="small" /> : MISSING}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption">
        {t('probe.sent', {
          requests: formatCount(result.requests),
          promptTokens: formatCount(result.promptTokens),
          replicas: formatCount(result.replicas),
        })}
      </Typography>
    </>
  );
}
