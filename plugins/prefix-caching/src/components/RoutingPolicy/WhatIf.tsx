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
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { withWeights } from 'prefix-caching-core/scoring';
import type { SchedulingProfile } from 'prefix-caching-core';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { formatMargin, formatRatio, formatWeight } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { marginOf, typicalMatch } from '../../model';
import { AffinityNote } from './AffinityNote';
import { usePolicyStyles } from './usePolicyStyles';
import { ValueSlider } from './ValueSlider';

const MarginChart = lazy(() =>
  import('./MarginChart').then(module => ({ default: module.MarginChart })),
);

const CHART_HEIGHT = 220;
const MOST_WAITING = 5;
const MOST_WEIGHT = 5;
/** Where nothing was measured yet. */
const USUAL_MATCH = 0.5;
/** KV cache in use on the other replicas; only the difference to it is asked for. */
const OTHER_KV = 0.5;

/** When a request leaves the replica that holds its prefix, for other weights as well. */
export function WhatIf(props: {
  target: TargetReport;
  profile: SchedulingProfile;
}) {
  const { target, profile } = props;
  const classes = usePolicyStyles();
  const { t } = useMessages();
  const today = typicalMatch(target);
  const [match, setMatch] = useState(today ?? USUAL_MATCH);
  const [waiting, setWaiting] = useState(1);
  const [extraKv, setExtraKv] = useState(0);
  const [weights, setWeights] = useState<Record<string, number>>({});

  const [changed] = withWeights({ profiles: [profile] }, weights).profiles;
  const kv = { warmKv: OTHER_KV + extraKv, otherKv: OTHER_KV };
  const margin = marginOf(changed, { match, waiting, ...kv });
  return (
    <div>
      <Typography component="h4" className={classes.name}>
        {t('whatIf.title')}
      </Typography>
      <AffinityNote config={{ profiles: [changed] }} />
      <div
        role="group"
        aria-label={t('whatIf.situation')}
        className={classes.sliders}
      >
        <ValueSlider
          name={t('whatIf.match')}
          value={match}
          range={[0, 1, 0.01]}
          text={formatRatio(match, 0)}
          onChange={setMatch}
        />
        <ValueSlider
          name={t('whatIf.waiting')}
          value={waiting}
          range={[0, MOST_WAITING, 1]}
          text={t('whatIf.waitingText', { count: waiting })}
          onChange={setWaiting}
        />
        <ValueSlider
          name={t('whatIf.kv')}
          value={extraKv}
          range={[-0.5, 0.5, 0.01]}
          text={t('whatIf.kvText', { points: formatWeight(extraKv * 100) })}
          onChange={setExtraKv}
        />
      </div>
      <div
        role="group"
        aria-label={t('whatIf.weights')}
        className={classes.sliders}
      >
        {changed.scorers.map(({ name, type, weight }) => (
          <ValueSlider
            key={name}
            name={t('whatIf.weight', { scorer: type })}
            value={weight}
            range={[0, Math.max(MOST_WEIGHT, weight), 0.5]}
            text={formatWeight(weight)}
            onChange={value => setWeights({ ...weights, [name]: value })}
          />
        ))}
      </div>
      {Object.keys(weights).length > 0 && (
        <Button size="small" color="primary" onClick={() => setWeights({})}>
          {t('whatIf.reset')}
        </Button>
      )}
      <Typography variant="body2" role="status">
        <b>{t(resultOf(margin), { margin: formatMargin(margin) })}</b>
      </Typography>
      <div style={{ minHeight: CHART_HEIGHT }}>
        <Suspense fallback={t('charts.loading')}>
          <MarginChart
            profile={changed}
            kv={kv}
            waiting={waiting}
            match={match}
            today={today}
            height={CHART_HEIGHT}
          />
        </Suspense>
      </div>
      <Typography variant="caption">{t('whatIf.note')}</Typography>
    </div>
  );
}

function resultOf(margin: number) {
  if (margin === 0) {
    return 'whatIf.tie';
  }
  return margin > 0 ? 'whatIf.stays' : 'whatIf.leaves';
}
