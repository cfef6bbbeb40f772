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

import { useEffect, useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import type { ReportFeed } from '../../hooks/useEntityReport';
import { useVerdictSentence } from '../../hooks/useVerdictSentence';
import type { Overall } from '../../model';
import { ProbeButton } from '../Probe';
import { StateCard } from '../StateCard';
import { MoreMenu } from './MoreMenu';
import { Provenance } from './Provenance';
import { VerdictFacts } from './VerdictFacts';
import { VerifyButton } from './VerifyButton';

const useStyles = makeStyles({
  actions: { alignItems: 'flex-start', display: 'flex', gap: 8 },
});

/** States in which the next thing to do is to look again. */
const LOOK_AGAIN = ['fail', 'stale', 'unreachable'];

/** Does it work, since when, which layer is at fault, whose is it, what next. */
export function VerdictCard(props: {
  report: EntityReport;
  overall: Overall;
  feed: ReportFeed;
}) {
  const { report, overall, feed } = props;
  const { state } = overall;
  const classes = useStyles();
  const sentence = useVerdictSentence(report, overall);

  // Figures in the sentence move with every refresh; only another verdict is news.
  const announced = useRef(state);
  const live = announced.current === state ? 'off' : 'polite';
  useEffect(() => {
    announced.current = state;
  }, [state]);

  return (
    <StateCard
      state={state}
      sentence={sentence}
      live={live}
      actions={
        <div className={classes.actions}>
          <ProbeButton primary={state === 'inconclusive'} />
          <VerifyButton
            allowed={report.permissions.run}
            primary={LOOK_AGAIN.includes(state)}
            feed={feed}
          />
          <MoreMenu report={report} overall={overall} />
        </div>
      }
    >
      <VerdictFacts report={report} overall={overall} />
      <Provenance report={report} overall={overall} feed={feed} />
    </StateCard>
  );
}
