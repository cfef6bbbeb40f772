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
import type { FitAssessment } from 'prefix-caching-core';
import { StateLabel } from '../../components/StateLabel';
import { formatList } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { FIT_STATES } from './FitCells';

export interface ChosenVerdict {
  name: string;
  verdict?: FitAssessment['verdict'];
}

const WORST = ['no', 'tight', 'fits'] as const;

/** What the choice comes to as a whole; said aloud when it changes. */
export function ChoiceStatus(props: {
  chosen: readonly ChosenVerdict[];
  known: boolean;
}) {
  const { chosen, known } = props;
  const { t } = useMessages();
  const worst = WORST.find(verdict =>
    chosen.some(it => it.verdict === verdict),
  );
  const namesOf = (verdict: FitAssessment['verdict']) =>
    formatList(
      chosen.filter(it => it.verdict === verdict).map(({ name }) => name),
    );
  let text: string = t('form.accelerators.statusNone');
  if (chosen.length > 0) {
    text = known
      ? t('form.accelerators.statusAsking')
      : t('form.accelerators.statusUnknown');
  }
  if (worst) {
    text = t(`form.accelerators.status.${worst}`, { names: namesOf(worst) });
  }
  return (
    <Typography role="status" variant="body2">
      {worst && (
        <>
          <StateLabel
            state={FIT_STATES[worst]}
            word={t(`form.fit.${worst}`)}
            size="small"
          />{' '}
        </>
      )}
      {text}
    </Typography>
  );
}
