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

import { isStopped, phaseOf, secondsBetween } from '../observation';
import type { Observation } from '../observation';
import { worstVerdict } from '../verdicts';
import type { Freshness } from '../verdicts';
import { backReferenceFindings } from './backReference';
import { CHECKS } from './catalogue';
import { linkCauses } from './causes';
import { judge } from './judgement';
import { summarize } from './summarize';
import { DEFAULT_THRESHOLDS } from './thresholds';
import type {
  Check,
  CheckContext,
  Expectations,
  Finding,
  Judgement,
  Verification,
} from './types';

function judgeSafely(check: Check, context: CheckContext): Judgement {
  if (isStopped(context.observation) && check.component !== 'status') {
    return judge(
      'skipped',
      'Stopped on purpose: nothing is verified while stopped.',
      'stopped',
    );
  }
  return check.judge(context);
}

function findingOf(check: Check, context: CheckContext): Finding {
  const judged = judgeSafely(check, context);
  return {
    check: check.id,
    component: check.component,
    requirement: check.requirement,
    verdict: judged.verdict,
    summary: judged.summary,
    expected: judged.expected ?? check.expected,
    actual: judged.actual,
    evidence: judged.evidence ?? [],
    ...(judged.remedy && { remedy: judged.remedy }),
    commands: check.commands(context.observation),
    responsible: judged.responsible ?? check.responsible,
    ...(judged.causedBy && { causedBy: judged.causedBy }),
  };
}

function freshnessOf(
  observedAt: string,
  now: string | undefined,
  staleAfter: number,
): Freshness {
  const age = now === undefined ? undefined : secondsBetween(observedAt, now);
  return age !== undefined && age > staleAfter ? 'stale' : 'fresh';
}

/**
 * Judges an observation by every check there is.
 *
 * The overall verdict is the worst of the required findings: fail,
 * inconclusive, warn, pass. Skipped findings and advice never lower it.
 *
 * `checks` replaces the catalogue, for callers that bring checks of their own.
 *
 * @public
 */
export function verify(
  observation: Observation,
  expectations: Expectations = {},
  checks: readonly Check[] = CHECKS,
): Verification {
  const thresholds = { ...DEFAULT_THRESHOLDS, ...expectations.thresholds };
  const complete: Observation = {
    ...observation,
    gaps: observation.gaps ?? [],
    neighbours: observation.neighbours ?? [],
    endpoints: observation.endpoints ?? [],
    objects:
      observation.service && !observation.objects.includes(observation.service)
        ? [...observation.objects, observation.service]
        : observation.objects,
  };
  const context = { observation: complete, expectations, thresholds };
  const findings = linkCauses([
    ...checks.map(check => findingOf(check, context)),
    ...backReferenceFindings(complete, expectations),
  ]);
  const verdict = worstVerdict(
    findings
      .filter(({ requirement }) => requirement === 'required')
      .map(finding => finding.verdict),
  );
  return {
    target: complete.target,
    verdict,
    summary: summarize(complete, verdict, findings),
    phase: phaseOf(complete),
    freshness: freshnessOf(
      complete.observedAt,
      expectations.now,
      thresholds.staleAfterSeconds,
    ),
    findings,
    observedAt: complete.observedAt,
    gaps: complete.gaps,
  };
}
