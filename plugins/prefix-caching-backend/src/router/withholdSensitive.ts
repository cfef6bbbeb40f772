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

import { ENTITY_REF_ANNOTATION } from 'backstage-plugin-prefix-caching-common';
import type {
  TargetReport,
  VerdictChangeWithEvidence,
} from 'backstage-plugin-prefix-caching-common';
import type {
  Evidence,
  Finding,
} from 'backstage-plugin-prefix-caching-common/core';

/**
 * A report without what only the service's own entity may see: evidence that
 * holds arguments or environment, sentences that quote it, and the parameters
 * of the picker's plugins.
 */
export function withholdSensitive(
  report: TargetReport,
  entityRef: string,
): TargetReport {
  const { verification, policy } = report;
  const notice = noticeFor(entityRef);
  return {
    ...report,
    verification: verification && {
      ...verification,
      findings: verification.findings.map(finding =>
        withholdEvidence(finding, notice),
      ),
      summary: withoutQuotes(
        verification.summary,
        verification.findings.flatMap(finding => secretsOf(finding)),
        notice,
      ),
    },
    policy: policy && {
      ...policy,
      config: {
        ...policy.config,
        plugins: policy.config.plugins.map(({ name, type }) => ({
          name,
          type,
        })),
      },
    },
    // They may quote arguments of long ago, which nothing here could tell.
    changes: report.changes.map(change => ({ ...change, summary: notice })),
  };
}

/** A change in the history without what only the service's own entity may see. */
export function withholdChange(
  change: VerdictChangeWithEvidence,
  entityRef: string,
): VerdictChangeWithEvidence {
  const notice = noticeFor(entityRef);
  const secrets = secretsOf(change);
  if (change.evidence.length > 0 && secrets.length === 0) {
    return change;
  }
  return {
    ...change,
    // Without evidence nothing tells whether the sentence quotes arguments.
    summary:
      change.evidence.length > 0
        ? withoutQuotes(change.summary, secrets, notice)
        : notice,
    actual: notice,
    evidence: withheldEvidence(change.evidence, notice),
  };
}

function noticeFor(entityRef: string): string {
  return `Not shown: the service does not name ${entityRef} in its annotation ${ENTITY_REF_ANNOTATION}.`;
}

function withheldEvidence(
  evidence: readonly Evidence[],
  notice: string,
): Evidence[] {
  return evidence.map(each =>
    each.sensitive ? { ...each, value: notice } : each,
  );
}

function withholdEvidence(finding: Finding, notice: string): Finding {
  const secrets = secretsOf(finding);
  if (secrets.length === 0) {
    return finding;
  }
  const clean = (text: string) => withoutQuotes(text, secrets, notice);
  return {
    ...finding,
    summary: clean(finding.summary),
    expected: clean(finding.expected),
    // What was found is the arguments themselves, in whatever words.
    actual: notice,
    remedy: finding.remedy && clean(finding.remedy),
    evidence: withheldEvidence(finding.evidence, notice),
  };
}

function secretsOf(finding: Pick<Finding, 'evidence'>): string[] {
  return finding.evidence
    .filter(evidence => evidence.sensitive && evidence.value.length > 0)
    .map(evidence => evidence.value);
}

function withoutQuotes(
  text: string,
  secrets: readonly string[],
  notice: string,
): string {
  return secrets.some(secret => text.includes(secret)) ? notice : text;
}
