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

import { useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import PlayArrow from '@material-ui/icons/PlayArrow';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../../format';
import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';
import type { ProbeFeed } from '../../hooks/useProbes';
import { priceOf } from '../../model';
import { ProbeOffers } from './ProbeOffers';
import { ProbeOutcomes } from './ProbeOutcomes';
import type { ProbeRun } from './ProbeOutcomes';

function focus(element: HTMLElement | null) {
  element?.focus();
}

/** Says what a probe sends and costs, sends it, and shows what came back. */
export function ProbeDialog(props: {
  report: EntityReport;
  feed: ProbeFeed;
  onClose(): void;
}) {
  const { report, feed, onClose } = props;
  const { t } = useMessages();
  const titleId = useElementId();
  const abort = useRef<AbortController>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [runs, setRuns] = useState<Record<string, ProbeRun>>();
  const [running, setRunning] = useState(false);

  const offers = report.targets.flatMap(({ targetId }) => {
    const offer = feed.answers[targetId]?.probes?.offer;
    return offer?.possible && !left.has(targetId) ? [offer] : [];
  });
  const requests = formatCount(priceOf(offers).requests);

  const send = async () => {
    const controller = new AbortController();
    abort.current = controller;
    setRunning(true);
    setRuns(
      Object.fromEntries(
        offers.map(({ targetId }) => [targetId, { state: 'waiting' }]),
      ),
    );
    // One after the other, so that none is the other's foreign traffic.
    for (const { targetId } of offers) {
      if (!controller.signal.aborted) {
        const settle = (run: ProbeRun) =>
          setRuns(previous => ({ ...previous, [targetId]: run }));
        settle({ state: 'running' });
        await feed.run(targetId, controller.signal).then(
          probes => settle({ state: 'done', result: probes.results[0] }),
          error => settle({ state: 'failed', error }),
        );
      }
    }
    setRunning(false);
  };
  const close = () => {
    abort.current?.abort();
    onClose();
  };

  return (
    <Dialog
      open
      maxWidth={runs ? 'md' : 'sm'}
      fullWidth
      aria-labelledby={titleId}
      disableEscapeKeyDown={running}
      // A click beside the dialog ends no probe that has been paid for.
      onClose={() => !running && close()}
    >
      <DialogTitle
        // A new title is read out: what was focused before may be gone with the old one.
        key={runs ? 'result' : 'price'}
        id={titleId}
        ref={focus}
        tabIndex={-1}
        style={{ outline: 'none' }}
      >
        {t(runs ? 'probe.resultTitle' : 'probe.dialogTitle')}
      </DialogTitle>
      {/* It scrolls, and a result holds nothing else to focus. */}
      <DialogContent tabIndex={0}>
        {runs ? (
          <ProbeOutcomes targets={report.targets} runs={runs} />
        ) : (
          <>
            <Typography variant="caption">{t('probe.warning')}</Typography>
            <ProbeOffers
              report={report}
              answers={feed.answers}
              left={left}
              offers={offers}
              onChoose={setLeft}
            />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>
          {t(runs && !running ? 'dialog.close' : 'dialog.cancel')}
        </Button>
        {!runs && (
          <Button
            color="primary"
            variant="contained"
            startIcon={<PlayArrow />}
            disabled={offers.length === 0}
            onClick={send}
          >
            {t('probe.send', { requests })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
