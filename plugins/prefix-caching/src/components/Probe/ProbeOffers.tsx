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

import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import type {
  EntityReport,
  ProbeOffer,
} from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { ProbeAnswer } from '../../hooks/useProbes';
import { priceOf, requestIncrease } from '../../model';
import { ServiceChoice } from './ServiceChoice';

const useStyles = makeStyles(theme => ({
  // A dialog is outside of the tab and may have another font.
  list: { fontFamily: theme.typography.fontFamily, margin: 0 },
  row: {
    borderTop: `1px solid ${theme.palette.divider}`,
    display: 'grid',
    gap: 12,
    gridTemplateColumns: '120px minmax(0, 1fr)',
    padding: '8px 0',
    '&:first-child': { borderTop: 'none' },
  },
  value: { fontSize: 14, margin: 0, overflowWrap: 'anywhere' },
  note: { ...theme.typography.caption, display: 'block' },
}));

/** What would be sent, to which service, at what price, and what it leaves behind. */
export function ProbeOffers(props: {
  report: EntityReport;
  answers: Record<string, ProbeAnswer>;
  /** Targets that were left out. */
  left: ReadonlySet<string>;
  /** Of those that were not. */
  offers: ProbeOffer[];
  onChoose(left: ReadonlySet<string>): void;
}) {
  const { report, answers, left, offers, onChoose } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const price = priceOf(offers);
  const busy = report.targets.some(
    target =>
      offers.some(({ targetId }) => targetId === target.targetId) &&
      (requestIncrease(target) ?? 0) > 0,
  );
  return (
    <dl className={classes.list}>
      <Row name={t('probe.services')}>
        {report.targets.map(target => (
          <ServiceChoice
            key={target.targetId}
            target={target}
            answer={answers[target.targetId]}
            chosen={!left.has(target.targetId)}
            onToggle={() => toggle(target.targetId)}
          />
        ))}
      </Row>
      <Row name={t('probe.sequence')}>
        {t('probe.sequenceText', { prefixes: prefixes() })}
      </Row>
      <Row name={t('probe.price')}>
        <b>
          {t('probe.priceText', {
            requests: formatCount(price.requests),
            promptTokens: formatCount(price.promptTokens),
            outputTokens: formatCount(price.outputTokens),
          })}
        </b>
        {[...new Set(offers.map(({ url }) => url))].map(
          url =>
            url && (
              <code key={url} className={classes.note}>
                {url}
              </code>
            ),
        )}
      </Row>
      <Row name={t('probe.sideEffects')}>{t('probe.sideEffectsText')}</Row>
      <Row name={t('probe.stored')}>{t('probe.storedText')}</Row>
      <Row name={t('probe.allowed')}>{t('probe.allowedText')}</Row>
      {busy && <Row name={t('probe.proof')}>{t('probe.busy')}</Row>}
    </dl>
  );

  function prefixes(): string {
    return formatCount(
      offers.reduce((sum, offer) => sum + (offer.prefixes ?? 0), 0),
    );
  }

  function toggle(targetId: string) {
    const next = new Set(left);
    if (!next.delete(targetId)) {
      next.add(targetId);
    }
    onChoose(next);
  }
}

function Row(props: { name: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.row}>
      <dt>{props.name}</dt>
      <dd className={classes.value}>{props.children}</dd>
    </div>
  );
}
