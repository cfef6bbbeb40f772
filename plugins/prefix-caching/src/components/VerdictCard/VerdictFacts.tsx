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
import { formatDuration } from '../../format';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useClock } from '../../hooks/useClock';
import { useMessages } from '../../hooks/useMessages';
import { checkName, requiredCounts } from '../../model';
import type { Overall } from '../../model';
import { Fact, Facts } from '../Facts';
import { Moment } from '../Moment';
import { Responsible, ResponsibleTeam } from '../Responsible';
import { NextStep } from './NextStep';

/** The four facts of a verdict: layer, responsible, since, next. */
export function VerdictFacts(props: {
  report: EntityReport;
  overall: Overall;
}) {
  const { report, overall } = props;
  const { root } = overall;
  const { t } = useMessages();
  return (
    <Facts variant="grid">
      <LayerFact {...props} />
      <Fact
        name={t('fact.responsible')}
        strong
        note={t(`responsible.${root?.responsible ?? 'owner'}`)}
      >
        {root ? (
          <Responsible
            finding={root}
            targetId={overall.target.targetId}
            responsible={report.responsible}
          />
        ) : (
          <ResponsibleTeam who="owner" responsible={report.responsible} />
        )}
      </Fact>
      <SinceFact overall={overall} />
      <NextStep report={report} overall={overall} />
    </Facts>
  );
}

function LayerFact({
  report,
  overall,
}: {
  report: EntityReport;
  overall: Overall;
}) {
  const { t } = useMessages();
  const checkLink = useCheckLink();
  const { root, followers, target } = overall;
  if (root === undefined) {
    return (
      <Fact
        name={t('fact.failingLayer')}
        strong
        note={t('fact.requiredPass', requiredCounts(report.targets))}
      >
        {t('fact.noLayer')}
      </Fact>
    );
  }
  return (
    <Fact
      name={t(
        root.verdict === 'inconclusive'
          ? 'fact.undecidedLayer'
          : 'fact.failingLayer',
      )}
      strong
      note={
        <>
          <Link to={checkLink(root.check, target.targetId)} underline="always">
            {root.check}
          </Link>
          {followers.length > 0 &&
            t('fact.then', {
              checks: followers.map(finding => finding.check).join(', '),
            })}
        </>
      }
    >
      {t('fact.layer', {
        component: t(`component.${root.component}`),
        check: checkName(root.check),
      })}
    </Fact>
  );
}

function SinceFact({ overall }: { overall: Overall }) {
  const { t } = useMessages();
  const now = useClock();
  const { root, target } = overall;
  const since =
    root?.since?.first ?? target.since ?? target.verification?.observedAt;
  const confirmed = root?.since?.confirmed;
  return (
    <Fact
      name={t('fact.since')}
      strong
      note={
        confirmed && (
          <>
            {t('fact.confirmed')} <Moment iso={confirmed} />
          </>
        )
      }
    >
      {since === undefined ? (
        t('fact.notVerified')
      ) : (
        <>
          <Moment iso={since} />, {formatDuration(now - Date.parse(since))}
        </>
      )}
    </Fact>
  );
}
