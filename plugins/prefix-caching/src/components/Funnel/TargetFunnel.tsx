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
import { makeStyles } from '@material-ui/core/styles';
import type {
  FunnelStep,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { formatCount, formatRatio, MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { useThresholds } from '../../hooks/useThresholds';
import { promptTokens, targetLabel } from '../../model';
import { useStateStyles } from '../../states';
import { FunnelBar } from './FunnelBar';

const useStyles = makeStyles(theme => ({
  heading: {
    alignItems: 'baseline',
    display: 'flex',
    gap: 12,
    justifyContent: 'space-between',
    marginBottom: 6,
  },
  name: { fontSize: 14, fontWeight: 700, margin: 0 },
  steps: {
    alignItems: 'center',
    display: 'grid',
    columnGap: 12,
    gridTemplateColumns: '148px minmax(0, 1fr) 72px',
    margin: 0,
  },
  label: { fontSize: 14, lineHeight: 1.2 },
  by: { ...theme.typography.caption, display: 'block', lineHeight: 1.2 },
  value: { fontWeight: 700, textAlign: 'right', whiteSpace: 'nowrap' },
  reason: {
    ...theme.typography.caption,
    borderLeft: `1px dashed ${theme.palette.text.hint}`,
    gridColumn: '2 / 4',
    margin: '2px 0 2px 6px',
    minHeight: 14,
    padding: '2px 0 6px 10px',
  },
  last: { borderLeftColor: 'transparent' },
}));

/** Held, captured, delivered: one bar each, with the reason of each loss between them. */
export function TargetFunnel(props: { target: TargetReport }) {
  const { target } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const styleOf = useStateStyles();
  const tokens = promptTokens(target);
  const steps = target.funnel?.steps ?? [];
  const failed = target.verification?.findings.some(
    ({ check, verdict }) =>
      check === 'routing.delivered-hits' && verdict === 'fail',
  );
  return (
    <div
      role="group"
      aria-label={t('funnel.name', { target: targetLabel(target) })}
    >
      <div className={classes.heading}>
        <Typography component="h3" className={classes.name}>
          {targetLabel(target)}
        </Typography>
        {tokens !== undefined && (
          <Typography variant="caption">
            {t('funnel.tokens', { tokens: formatCount(tokens) })}
          </Typography>
        )}
      </div>
      <dl className={classes.steps}>
        {steps.map((step, index) => (
          <FunnelStepRow
            key={step.id}
            step={step}
            last={index === steps.length - 1}
            color={
              step.id === 'delivered' && failed
                ? styleOf('fail').ink
                : undefined
            }
          />
        ))}
      </dl>
    </div>
  );
}

function FunnelStepRow(props: {
  step: FunnelStep;
  last: boolean;
  /** Of the figure, where a check on it failed. */
  color?: string;
}) {
  const { step, last } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const { poor, good } = useThresholds();
  const reason = [
    step.reason,
    ...(step.ratio === undefined ? [t('funnel.notZero')] : []),
    ...(step.id === 'delivered'
      ? [
          t('funnel.marks', {
            poor: formatRatio(poor, 0),
            good: formatRatio(good, 0),
          }),
        ]
      : []),
  ].join(' ');
  return (
    <>
      <dt className={classes.label}>
        <b>{t(`funnel.${step.id}`)}</b>
        <span className={classes.by}>{t(`funnel.${step.id}By`)}</span>
      </dt>
      <FunnelBar step={step} />
      <dd className={classes.value} style={{ color: props.color, margin: 0 }}>
        {figure()}
      </dd>
      <dd className={`${classes.reason} ${last ? classes.last : ''}`}>
        {reason.trim()}
      </dd>
    </>
  );

  function figure(): string {
    if (step.ratio === undefined) {
      return MISSING;
    }
    const ratio = formatRatio(step.ratio);
    return step.bound === 'lower' ? t('funnel.atLeast', { ratio }) : ratio;
  }
}
