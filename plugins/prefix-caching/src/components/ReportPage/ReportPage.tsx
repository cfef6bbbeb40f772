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

import { lazy, Suspense } from 'react';
import type { Entity } from '@backstage/catalog-model';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { ClockProvider } from '../../hooks/useClock';
import type { ReportFeed } from '../../hooks/useEntityReport';
import { useIsPainted } from '../../hooks/useIsPainted';
import { ReportProvider } from '../../hooks/useReportContext';
import { overallOf } from '../../model';
import { NoServicesCard } from '../NoServicesCard';
import { OwnerStrip } from '../OwnerStrip';
import { ProbeProvider } from '../Probe';
import { ProblemCard } from '../ProblemCard';
import { RequestPath } from '../RequestPath';
import { VerdictCard } from '../VerdictCard';

// The verdict is on the screen before the code of all that is below it has come.
const ReportDetails = lazy(() =>
  import('./ReportDetails').then(module => ({ default: module.ReportDetails })),
);

/** A report from top to bottom: verdict, owner, path, figures, policy, proof. */
export function ReportPage(props: {
  entity: Entity;
  report: EntityReport;
  receivedAt: number;
  feed: ReportFeed;
}) {
  const { entity, report, receivedAt, feed } = props;
  const overall = overallOf(report);
  return (
    <ClockProvider generatedAt={report.generatedAt} receivedAt={receivedAt}>
      {overall ? (
        <ReportProvider report={report} feed={feed}>
          <ProbeProvider report={report}>
            <VerdictCard report={report} overall={overall} feed={feed} />
            <BelowVerdict entity={entity} report={report} />
          </ProbeProvider>
        </ReportProvider>
      ) : (
        <Problems report={report} />
      )}
    </ClockProvider>
  );
}

/** Is rendered once the verdict is on the screen, so that the verdict need not wait for it. */
function BelowVerdict(props: { entity: Entity; report: EntityReport }) {
  const { entity, report } = props;
  const space = <div style={{ minHeight: '100vh' }} />;
  return useIsPainted() ? (
    <>
      <OwnerStrip entity={entity} report={report} />
      <RequestPath report={report} />
      <Problems report={report} />
      <Suspense fallback={space}>
        <ReportDetails report={report} />
      </Suspense>
    </>
  ) : (
    space
  );
}

function Problems({ report }: { report: EntityReport }) {
  return (
    <>
      {report.problems.map(problem => {
        const Card =
          problem.check === 'entity.unlinked' ? NoServicesCard : ProblemCard;
        return (
          <Card key={`${problem.check} ${problem.summary}`} problem={problem} />
        );
      })}
    </>
  );
}
