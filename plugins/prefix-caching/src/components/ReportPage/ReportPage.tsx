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

import type { Entity } from '@backstage/catalog-model';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { ClockProvider } from '../../hooks/useClock';
import type { ReportFeed } from '../../hooks/useEntityReport';
import { ReportProvider } from '../../hooks/useReportContext';
import { overallOf } from '../../model';
import { Checks } from '../Checks';
import { EndpointMatrix } from '../EndpointMatrix';
import { Funnel } from '../Funnel';
import { HitRatios } from '../HitRatios';
import { NoServicesCard } from '../NoServicesCard';
import { OwnerStrip } from '../OwnerStrip';
import { ProbeProvider } from '../Probe';
import { ProblemCard } from '../ProblemCard';
import { ProbeAndLog } from '../ProbeAndLog';
import { Replicas } from '../Replicas';
import { RequestPath } from '../RequestPath';
import { RoutingPolicy } from '../RoutingPolicy';
import { VerdictCard } from '../VerdictCard';

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
            <OwnerStrip entity={entity} report={report} />
            <RequestPath report={report} />
            <Problems report={report} />
            <Funnel report={report} />
            <HitRatios report={report} />
            <Replicas report={report} />
            <RoutingPolicy report={report} />
            <Checks report={report} />
            <ProbeAndLog report={report} />
            <EndpointMatrix report={report} />
          </ProbeProvider>
        </ReportProvider>
      ) : (
        <>
          <Problems report={report} />
          {report.problems.length === 0 && <NoServicesCard />}
        </>
      )}
    </ClockProvider>
  );
}

function Problems({ report }: { report: EntityReport }) {
  return (
    <>
      {report.problems.map(problem => (
        <ProblemCard
          key={`${problem.check} ${problem.summary}`}
          problem={problem}
        />
      ))}
    </>
  );
}
