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

import { lazy, Suspense, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { useSeries } from '../../hooks/useSeries';
import { useStored } from '../../hooks/useStored';
import { RANGE_IDS } from '../../model';
import type { Range } from '../../model';
import { ChoiceGroup } from '../ChoiceGroup';
import { Section } from '../Section';
import { CHARTS_HEIGHT } from './geometry';
import { SeriesTables } from './SeriesTables';
import { useChartCaption } from './useChartCaption';

/** In a chunk of its own: the charts' library is needed by nothing above them. */
const Charts = lazy(() =>
  import('./Charts').then(module => ({ default: module.Charts })),
);

const FORMS = ['chart', 'table'] as const;

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: 8 },
  place: { minHeight: CHARTS_HEIGHT },
});

/** Predicted against delivered over time, with what happened then, and the time to first token. */
export function HitRatios(props: { report: EntityReport }) {
  const { report } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const [range, setRange] = useState<Range>('90min');
  const [form, setForm] = useStored('series-form', FORMS, 'chart');
  const answers = useSeries(report, range);
  const caption = useChartCaption(Object.values(answers));
  return (
    <Section
      title={t('charts.title')}
      caption={caption}
      actions={
        <div className={classes.actions}>
          <ChoiceGroup
            name={t('charts.form')}
            chosen={form}
            choices={FORMS.map(id => ({ id, label: t(`charts.${id}`) }))}
            onChoose={setForm}
          />
          <ChoiceGroup
            name={t('charts.range')}
            chosen={range}
            choices={RANGE_IDS.map(id => ({
              id,
              label: t(`charts.range${id}`),
            }))}
            onChoose={(id: Range) => setRange(id)}
          />
        </div>
      }
    >
      <div className={form === 'chart' ? classes.place : undefined}>
        {form === 'chart' ? (
          <Suspense fallback={t('charts.loading')}>
            <Charts report={report} range={range} answers={answers} />
          </Suspense>
        ) : (
          <SeriesTables report={report} answers={answers} />
        )}
      </div>
    </Section>
  );
}
