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

import { phaseOf, secondsBetween } from '../observation';
import type { Observation } from '../observation';
import { VERDICTS, worstVerdict } from '../verdicts';
import type { Freshness } from '../verdicts';
import { withAddedChecks } from './addedChecks';
import { backReferenceFindings } from './backReference';
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

/** How a run of the checks differs from the catalogue's own. @public */
export interface VerifyOptions {
  /** Other teams' checks; they run after the catalogue's, in this order. */
  checks?: readonly Check[];
}

function judgeWhatRuns(check: Check, context: CheckContext): Judgement {
  const phase = phaseOf(context.observation);
  if (phase === 'stopped' && check.component !== 'status') {
    return judge(
      'skipped',
      'Stopped on purpose: nothing is verified while stopped.',
      'stopped',
    );
  }
  if (phase === 'absent' && check.component !== 'status') {
    return judge(
      'skipped',
      'There is no such LLMInferenceService, so there is nothing to verify.',
      'no such object',
    );
  }
  const judged = check.judge(context);
  if (!VERDICTS.includes(judged.verdict)) {
    throw new Error(`its verdict '${judged.verdict}' is none there is`);
  }
  return judged;
}

function findingOf(check: Check, context: CheckContext): Finding {
  const judged = judgeWhatRuns(check, context);
  return {
    check: check.id,
    component: check.component,
    requirement: judged.requirement ?? check.requirement,
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

/** One check that breaks says so of itself, and of nothing else. */
function findingWhateverHappens(check: Check, context: CheckContext): Finding {
  try {
    return findingOf(check, context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      check: check.id,
      component: check.component,
      requirement: check.requirement,
      ...judge(
        'inconclusive',
        `The check ${check.id} ended with an error and decided nothing.`,
        reason,
        { remedy: 'Report it to whoever wrote the check, with this reason.' },
      ),
      expected: check.expected,
      evidence: [{ subject: `error of ${check.id}`, value: reason }],
      commands: [],
      responsible: 'platform',
    };
  }
}

function freshnessOf(
  observedAt: string,
  now: string | undefined,
  staleAfter: number,
): Freshness {
  const age = secondsBetween(observedAt, now ?? observedAt);
  return age !== undefined && age > staleAfter ? 'stale' : 'fresh';
}

/**
 * Judges an observation by every check there is.
 *
 * The overall verdict is the worst of the required findings: fail,
 * inconclusive, warn, pass. Skipped findings and advice never lower it. A check
 * that throws becomes an inconclusive finding of its own and stops no other.
 *
 * @throws DuplicateCheckError when an added check has an id that is taken.
 * @public
 */
export function verify(
  observation: Observation,
  expectations: Expectations = {},
  options: VerifyOptions = {},
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
    ...withAddedChecks(options.checks).map(check =>
      findingWhateverHappens(check, context),
    ),
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
