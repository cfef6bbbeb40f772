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

import { VERDICTS } from 'prefix-caching-core';
import type { Finding, Verdict, Verification } from 'prefix-caching-core';

const COLOURS: Record<Verdict, number> = {
  fail: 31,
  inconclusive: 35,
  warn: 33,
  pass: 32,
  skipped: 90,
};

/** Verdicts of which every finding is told in full. */
const TOLD: readonly Verdict[] = ['fail', 'inconclusive', 'warn'];

/** How every check begins that only a cluster can answer. */
const FROM_FILES = 'Not decided from files';

function paint(verdict: Verdict, text: string, colours: boolean): string {
  return colours ? `\u001b[${COLOURS[verdict]}m${text}\u001b[0m` : text;
}

function rows(finding: Finding): [label: string, text: string | undefined][] {
  return [
    ['found', finding.actual === finding.summary ? undefined : finding.actual],
    ['expected', finding.expected],
    ['do', finding.remedy],
    ['follows from', finding.causedBy],
    ['responsible', finding.responsible],
    ...finding.commands.map(({ purpose, command }): [string, string] => [
      'see',
      `${command}  # ${purpose}`,
    ]),
  ];
}

function describeFinding(finding: Finding, colours: boolean): string {
  const { check, verdict, summary, requirement } = finding;
  const weight = requirement === 'required' ? '' : ` (${requirement})`;
  return [
    `  ${paint(verdict, verdict, colours)} ${check}${weight}: ${summary}`,
    ...rows(finding)
      .filter(([, text]) => text !== undefined)
      .map(([label, text]) => `      ${label}: ${text}`),
  ].join('\n');
}

function describeVerification(
  { target, verdict, summary, findings }: Verification,
  colours: boolean,
): string {
  const of = (wanted: Verdict) =>
    findings.filter(finding => finding.verdict === wanted);
  const passed = of('pass').map(({ check }) => check);
  const untold = of('skipped').filter(({ summary: reason }) =>
    reason.startsWith(FROM_FILES),
  );
  const skipped = of('skipped').filter(finding => !untold.includes(finding));
  return [
    `${target.namespace}/${target.name}: ${paint(verdict, verdict, colours)}`,
    summary,
    ...TOLD.flatMap(of).map(finding => describeFinding(finding, colours)),
    ...(passed.length > 0
      ? [`  ${paint('pass', 'pass', colours)} ${passed.join(', ')}`]
      : []),
    ...skipped.map(
      finding =>
        `  ${paint('skipped', 'skipped', colours)} ${finding.check}: ${
          finding.summary
        }`,
    ),
    ...(untold.length > 0
      ? [
          `  ${paint(
            'skipped',
            'skipped',
            colours,
          )} because files cannot tell: ${untold
            .map(({ check }) => check)
            .join(', ')}`,
        ]
      : []),
  ].join('\n');
}

/** Findings for people: a block for each service, in it the worst first. */
export function describeVerifications(
  verifications: readonly Verification[],
  colours: boolean,
): string {
  const counts = VERDICTS.map(
    verdict =>
      [
        verdict,
        verifications.filter(each => each.verdict === verdict).length,
      ] as const,
  ).filter(([, n]) => n > 0);
  return [
    ...verifications.map(each => describeVerification(each, colours)),
    `${verifications.length} ${
      verifications.length === 1 ? 'service' : 'services'
    }: ${counts.map(([verdict, n]) => `${n} ${verdict}`).join(', ')}`,
  ].join('\n\n');
}
