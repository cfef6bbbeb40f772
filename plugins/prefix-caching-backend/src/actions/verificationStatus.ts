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

import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import type { Finding } from 'backstage-plugin-prefix-caching-common/core';
import type { z as zod } from 'zod/v3';

/** What the actions answer: the report without figures, evidence and history. */
export function verificationStatusSchema(z: typeof zod) {
  const finding = z.object({
    check: z.string().describe('Stable id of the check'),
    verdict: z.string().describe('pass, warn, fail, inconclusive or skipped'),
    requirement: z
      .string()
      .describe('Only required findings decide the overall verdict'),
    summary: z.string(),
    expected: z.string(),
    actual: z.string(),
    remedy: z.string().optional().describe('What to do about it'),
    responsible: z
      .string()
      .optional()
      .describe('Entity ref of who can mend it'),
    causedBy: z
      .string()
      .optional()
      .describe('The check this finding follows from: mend that one'),
    since: z.string().optional().describe('ISO 8601'),
    acceptedUntil: z
      .string()
      .optional()
      .describe('ISO 8601; until then somebody has accepted it'),
    commands: z
      .array(z.string())
      .describe('kubectl commands that show the same by hand; they only read'),
  });
  return z.object({
    entityRef: z.string(),
    targets: z
      .array(
        z.object({
          targetId: z.string(),
          cluster: z.string(),
          namespace: z.string(),
          name: z.string().describe('Name of the LLMInferenceService'),
          verdict: z
            .string()
            .describe(
              'pass, warn, fail, inconclusive, skipped, or unknown before the first run',
            ),
          summary: z.string().optional(),
          phase: z
            .string()
            .optional()
            .describe('absent, progressing, running or stopped'),
          freshness: z.string().optional().describe('fresh or stale'),
          since: z.string().optional().describe('ISO 8601'),
          verifiedAt: z.string().optional().describe('ISO 8601'),
          passed: z.number().describe('Findings that passed'),
          findings: z
            .array(finding)
            .describe('Findings that neither passed nor were skipped'),
        }),
      )
      .describe('One per LLMInferenceService that the entity claims'),
    problems: z
      .array(finding)
      .describe("What is wrong with the entity's own annotation"),
  });
}

export type VerificationStatus = zod.infer<
  ReturnType<typeof verificationStatusSchema>
>;

export function verificationStatus(report: EntityReport): VerificationStatus {
  const { entityRef, targets, problems, responsible } = report;
  return {
    entityRef,
    targets: targets.map(target => targetStatus(target, responsible)),
    problems: problems.map(problem => findingStatus(problem, responsible)),
  };
}

function targetStatus(
  target: TargetReport,
  responsible: EntityReport['responsible'],
): VerificationStatus['targets'][number] {
  const { targetId, cluster, namespace, name, verification, since } = target;
  const findings = verification?.findings ?? [];
  return {
    targetId,
    cluster,
    namespace,
    name,
    verdict: verification?.verdict ?? 'unknown',
    summary: verification?.summary,
    phase: verification?.phase,
    freshness: verification?.freshness,
    since,
    verifiedAt: target.lastRun?.at,
    passed: findings.filter(({ verdict }) => verdict === 'pass').length,
    findings: findings
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped')
      .map(finding =>
        findingStatus(
          finding,
          responsible,
          target.waivers?.find(({ check }) => check === finding.check)
            ?.expiresAt,
        ),
      ),
  };
}

function findingStatus(
  finding: Finding,
  responsible: EntityReport['responsible'],
  acceptedUntil?: string,
): VerificationStatus['problems'][number] {
  const { check, verdict, requirement, summary, expected, actual } = finding;
  return {
    check,
    verdict,
    requirement,
    summary,
    expected,
    actual,
    remedy: finding.remedy,
    responsible: responsible[finding.responsible],
    causedBy: finding.causedBy,
    since: finding.since?.first,
    acceptedUntil,
    commands: finding.commands.map(({ command }) => command),
  };
}
