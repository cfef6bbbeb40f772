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

import { Link } from '@backstage/core-components';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useMessages } from '../../hooks/useMessages';
import { firstSentence, isUnproven, requestIncrease } from '../../model';
import type { Overall } from '../../model';
import { stateOfFinding } from '../../states';
import { Fact } from '../Facts';

/** The one thing to do next. */
export function NextStep(props: { report: EntityReport; overall: Overall }) {
  const { root, target, state } = props.overall;
  const { t } = useMessages();
  const checkLink = useCheckLink();
  // What a roll-out still lacks mends itself.
  if (root !== undefined && state !== 'progressing') {
    const unproven =
      state === 'inconclusive' &&
      isUnproven(target) &&
      !requestIncrease(target);
    return (
      <Fact
        name={t('fact.next')}
        strong
        note={
          <Link to={checkLink(root.check, target.targetId)} underline="always">
            {t('fact.fixAndCommands')}
          </Link>
        }
      >
        {unproven
          ? t(
              props.report.permissions.probe
                ? 'next.runProbe'
                : 'next.sendRequests',
            )
          : firstSentence(root.remedy ?? t('next.readCheck'))}
      </Fact>
    );
  }
  const unsettled = wordsWhileUnsettled();
  const advice =
    unsettled === undefined
      ? target.verification?.findings.find(
          finding =>
            stateOfFinding(finding, target.verification?.gaps ?? []) ===
            'advice',
        )
      : undefined;
  return (
    <Fact
      name={t('fact.next')}
      strong
      note={
        advice && (
          <Link
            to={checkLink(advice.check, target.targetId)}
            underline="always"
          >
            {t('next.adviceNote')}
          </Link>
        )
      }
    >
      {unsettled ??
        (advice
          ? t('next.advice', { advice: firstSentence(advice.summary) })
          : t('next.nothing'))}
    </Fact>
  );

  /** What comes before any advice. */
  function wordsWhileUnsettled(): string | undefined {
    switch (state) {
      case 'progressing':
        return t('next.wait');
      case 'stopped':
        return t('next.start');
      case 'stale':
      case 'unreachable':
        return t('next.verify');
      default:
        return undefined;
    }
  }
}
