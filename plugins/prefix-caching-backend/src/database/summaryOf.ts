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

import { worstVerdict } from 'backstage-plugin-prefix-caching-common/core';
import type { TargetSummary, VerificationRecord } from './types';

/** The name under which a record keeps the state of its overall verdict. */
export const OVERALL = 'overall';

/** A record without its bulk. */
export function summaryOf(record: VerificationRecord): TargetSummary {
  const { verification, engines, router, states } = record;
  const required = verification.findings.filter(
    finding => finding.requirement === 'required',
  );
  const faults = required.filter(
    ({ verdict }) => verdict !== 'pass' && verdict !== 'skipped',
  );
  const rest = required.filter(finding => !faults.includes(finding));
  const secrets = verification.findings
    .flatMap(finding => finding.evidence)
    .filter(({ sensitive, value }) => sensitive && value.length > 0)
    .map(({ value }) => value);
  const sentences = [
    verification.summary,
    ...faults.map(({ summary }) => summary),
  ];
  const queryTokens = sum(engines.map(each => each.increase?.queryTokens));
  const hitTokens = sum(engines.map(each => each.increase?.hitTokens));
  const { requests, seconds, predictedHitRatio } = router?.increase ?? {};
  return {
    target: record.target,
    found: record.found,
    entityRef: record.entityRef,
    verdict: verification.verdict,
    summary: verification.summary,
    quotesSensitive: secrets.some(secret =>
      sentences.some(sentence => sentence.includes(secret)),
    ),
    phase: verification.phase,
    observedAt: verification.observedAt,
    since: states[OVERALL]?.first,
    restVerdict: worstVerdict(rest.map(({ verdict }) => verdict)),
    restSince: rest
      .map(finding => finding.since?.first ?? '')
      .sort()
      .at(-1),
    accelerator: record.accelerator,
    model: record.model,
    predictedHitRatio,
    deliveredHitRatio:
      queryTokens && hitTokens !== undefined
        ? hitTokens / queryTokens
        : undefined,
    requestsPerMinute:
      requests !== undefined && seconds ? (requests / seconds) * 60 : undefined,
    faults: faults.map(
      ({
        check,
        component,
        responsible,
        verdict,
        summary,
        causedBy,
        since,
      }) => ({
        check,
        component,
        responsible,
        verdict,
        summary,
        ...(causedBy && { causedBy }),
        ...(since && { since }),
      }),
    ),
    thresholds: record.thresholds,
  };
}

/** Undefined where nothing was counted, which is not zero. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  return known.length > 0
    ? known.reduce((total, value) => total + value, 0)
    : undefined;
}
