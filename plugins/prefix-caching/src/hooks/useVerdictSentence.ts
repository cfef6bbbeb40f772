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

import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import type { Finding } from 'prefix-caching-core';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  formatDuration,
  formatList,
  formatMoment,
  formatRatio,
  MISSING,
} from '../format';
import {
  deliveredHitRatio,
  firstSentence,
  isUnproven,
  replicaCounts,
  requestIncrease,
  sampleSeconds,
  shortLabel,
} from '../model';
import type { Overall } from '../model';
import { stateOfTarget, unreachableGap } from '../states';
import { messages } from '../translations/messages';
import { useClock } from './useClock';
import { useMessages } from './useMessages';
import type { Translate } from './useMessages';

interface Context {
  t: Translate;
  now: number;
  report: EntityReport;
  overall: Overall;
  /** The platform team by its display name, where one is configured. */
  platformTeam?: string;
}

/** Two lines of the card's heading where it has its full width. */
const LONGEST_SENTENCE = 130;

/** The one sentence that says whether prefix caching works, where not, and since when. */
export function useVerdictSentence(
  report: EntityReport,
  overall: Overall,
): string {
  const { t } = useMessages();
  const now = useClock();
  const { platform } = report.responsible;
  const { primaryTitle } = useEntityPresentation(platform ?? report.entityRef, {
    defaultKind: 'group',
  });
  const platformTeam = platform && primaryTitle;
  return sentence({ t, now, report, overall, platformTeam });
}

function sentence(context: Context): string {
  const { t, now, report, overall } = context;
  const { target, root } = overall;
  const { verification } = target;
  const where = shortLabel(target, report.targets);
  const time = target.since ?? verification?.observedAt;
  const since = time === undefined ? MISSING : formatMoment(time, now);
  switch (overall.state) {
    case 'pass':
      return passSentence(context);
    case 'fail': {
      if (verification?.phase === 'absent') {
        const service = `${target.namespace}/${target.name}`;
        return t('sentence.absent', { service, cluster: target.cluster });
      }
      const at = root?.since?.first;
      const fail = t('sentence.fail', {
        where,
        since: at === undefined ? since : formatMoment(at, now),
        cause: causeOf(context),
      });
      const owns = ownerSentence(context);
      return fail.length + owns.length < LONGEST_SENTENCE
        ? `${fail} ${owns}`.trim()
        : fail;
    }
    case 'warn':
      return t('sentence.warn', {
        limit: firstSentence(root?.summary ?? verification?.summary ?? MISSING),
      });
    case 'noAccess':
      return t('sentence.noAccess', {
        cluster: target.cluster,
        kinds: formatList(refusedKinds(target)),
      });
    case 'unreachable':
      return t('sentence.unreachable', {
        cluster: target.cluster,
        since,
        reason: firstSentence(unreachableGap(target)?.message ?? MISSING),
      });
    case 'stale':
      return t('sentence.stale', {
        word: t(`verdict.${verification?.verdict ?? 'inconclusive'}`),
        at: formatMoment(verification?.observedAt ?? report.generatedAt, now),
        age: formatDuration(
          now - Date.parse(verification?.observedAt ?? report.generatedAt),
        ),
        interval: formatDuration(report.intervalSeconds * 1000),
      });
    case 'progressing':
      return verification === undefined
        ? t('sentence.firstRun', { where })
        : t('sentence.progressing', { where, ...replicaCounts(target) });
    case 'stopped':
      return t('sentence.stopped', { where });
    default:
      return inconclusiveSentence(context);
  }
}

function passSentence({ t, report }: Context): string {
  const running = report.targets.filter(
    target => stateOfTarget(target) === 'pass',
  );
  const labels = running.map(target => shortLabel(target, report.targets));
  const ratios = running.map(deliveredHitRatio);
  const seconds = running.map(sampleSeconds).find(value => value !== undefined);
  const works = t('sentence.pass', {
    count: labels.length,
    where: formatList(labels),
  });
  if (seconds === undefined || ratios.some(ratio => ratio === undefined)) {
    return `${works}.`;
  }
  return t('sentence.passMeasured', {
    works,
    ratios: formatList(
      running.map((target, index) =>
        t(index === 0 ? 'sentence.firstRatio' : 'sentence.ratio', {
          ratio: formatRatio(ratios[index], 0),
          where: shortLabel(target, report.targets),
        }),
      ),
    ),
    period: formatDuration(seconds * 1000),
  });
}

function inconclusiveSentence({ t, report, overall }: Context): string {
  const { target, root } = overall;
  const where = shortLabel(target, report.targets);
  if (!isUnproven(target)) {
    return t('sentence.inconclusive', {
      where,
      cause: firstSentence(
        root?.summary ?? target.verification?.summary ?? MISSING,
      ),
    });
  }
  const seconds = sampleSeconds(target);
  if (seconds === undefined) {
    return t('sentence.unprovenSamples', { where });
  }
  const period = formatDuration(seconds * 1000);
  const refused = refusedKinds(target).length;
  if (requestIncrease(target) === 0 && refused > 0) {
    return t('sentence.unprovenRefused', { where, period, count: refused });
  }
  return requestIncrease(target) === 0
    ? t('sentence.unprovenTraffic', { where, period })
    : t('sentence.unproven', {
        cause: firstSentence(root?.summary ?? MISSING),
      });
}

/** The cause in words; a check of another team's explains itself. */
function causeOf({ t, overall }: Context): string {
  const { root, followers, target } = overall;
  const bypassed = followers.some(({ check }) => check === 'routing.bypass');
  const check = bypassed ? 'routing.bypass' : root?.check;
  return isKnownCause(check)
    ? t(`cause.${check}`)
    : firstSentence(root?.summary ?? target.verification?.summary ?? MISSING);
}

function isKnownCause(
  check: Finding['check'] | undefined,
): check is keyof typeof messages.cause {
  return check !== undefined && Object.hasOwn(messages.cause, check);
}

/** Names the owner of the layer at fault, when it is not the entity's own. */
function ownerSentence({ t, overall, platformTeam }: Context): string {
  if (overall.root?.responsible !== 'platform') {
    return '';
  }
  return platformTeam === undefined
    ? t('sentence.platformOwns')
    : t('sentence.teamOwns', { team: platformTeam });
}

function refusedKinds(target: TargetReport): string[] {
  const refused = (target.verification?.gaps ?? []).filter(
    ({ reason }) => reason === 'forbidden' || reason === 'unauthorized',
  );
  return [...new Set(refused.map(gap => gap.what))];
}
