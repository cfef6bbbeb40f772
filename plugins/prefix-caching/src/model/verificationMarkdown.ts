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

import type { Finding } from 'prefix-caching-core';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import type { Translate } from '../hooks/useMessages';
import {
  compareStates,
  stateOfFinding,
  stateOfTarget,
  waiverOf,
} from '../states';
import { targetLabel } from './labels';

/** States of which a ticket needs no more than the name. */
const BRIEF = ['pass', 'skipped'];

/**
 * A whole verification as Markdown, for a ticket: what is wrong first, each
 * with expected, actual, evidence, fix and commands; what passed by name.
 *
 * Times are ISO 8601, since a ticket is read in other zones.
 */
export function verificationMarkdown(
  report: EntityReport,
  options: { t: Translate; sentence: string; link: string },
): string {
  const { t, sentence, link } = options;
  return [
    `# ${t('ticket.title', { entityRef: report.entityRef })}`,
    sentence,
    [`- <${link}>`, `- ${t('ticket.read')} ${report.generatedAt}`].join('\n'),
    ...report.problems.map(problem => findingMarkdown(problem, report, t)),
    ...report.targets.flatMap(target => targetMarkdown(target, report, t)),
    '',
  ].join('\n\n');
}

function targetMarkdown(
  target: TargetReport,
  report: EntityReport,
  t: Translate,
): string[] {
  const { verification, versions, cluster, namespace, name } = target;
  const heading = `## ${targetLabel(target)}: ${t(
    `state.${stateOfTarget(target)}`,
  )} – ${code(`${cluster}/${namespace}/${name}`)}`;
  if (verification === undefined) {
    return [heading, t('fact.notVerified')];
  }
  const findings = [...verification.findings].sort((a, b) =>
    compareStates(stateOf(a), stateOf(b)),
  );
  const told = findings.filter(({ verdict }) => !BRIEF.includes(verdict));
  return [
    heading,
    [
      `- ${t('provenance.observed')} ${verification.observedAt}`,
      `- ${t('provenance.phase')} ${t(`phase.${verification.phase}`)}, ${t(
        `freshness.${verification.freshness}`,
      )}`,
      ...Object.entries(versions ?? {}).map(
        ([part, version]) => `- ${part} ${version}`,
      ),
      ...verification.gaps.map(
        gap => `- ${gap.what} ${t(`gap.${gap.reason}`)}: ${line(gap.message)}`,
      ),
    ].join('\n'),
    ...told.map(finding => findingMarkdown(finding, report, t, target)),
    ...BRIEF.flatMap(verdict => {
      const checks = findings.filter(finding => finding.verdict === verdict);
      return checks.length === 0
        ? []
        : [
            `${t(verdict === 'pass' ? 'state.pass' : 'state.skipped')}: ${checks
              .map(({ check }) => check)
              .join(', ')}`,
          ];
    }),
  ];

  function stateOf(finding: Finding) {
    return stateOfFinding(finding, verification?.gaps ?? []);
  }
}

function findingMarkdown(
  finding: Finding,
  report: EntityReport,
  t: Translate,
  target?: TargetReport,
): string {
  const state = stateOfFinding(finding, target?.verification?.gaps ?? []);
  const waiver = target && waiverOf(target, finding.check);
  const responsible =
    report.responsible[finding.responsible] ??
    t(`responsible.${finding.responsible}`);
  return [
    `### ${t(`state.${state}`)}: ${finding.check}`,
    line(finding.summary),
    [
      `- ${t('details.expected')}: ${line(finding.expected)}`,
      `- ${t('details.actual')}: **${line(finding.actual)}**`,
      ...finding.evidence.map(
        ({ subject, value }) => `- ${line(subject)}: ${code(value)}`,
      ),
      ...(finding.remedy
        ? [`- ${t('details.fix')}: ${line(finding.remedy)}`]
        : []),
      ...(finding.since ? [`- ${t('fact.since')} ${finding.since.first}`] : []),
      finding.causedBy === undefined
        ? `- ${t('fact.responsible')}: ${responsible}`
        : `- ${t('responsible.follows')} ${finding.causedBy}`,
      ...(waiver
        ? [
            `- ${t('waiver.accepted')} ${waiver.at}, ${waiver.by}. ${t(
              'waiver.until',
            )} ${waiver.expiresAt}: ${line(waiver.reason)}`,
          ]
        : []),
    ].join('\n'),
    ...finding.commands.map(
      ({ purpose, command }) => `${line(purpose)}\n\n${fence(command)}`,
    ),
  ].join('\n\n');
}

/** Text of one line, in which nothing of Markdown or HTML has a meaning. */
function line(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|]/g, '\\$&')
    .replace(/^\s*([#+-]|\d+[.)])/, '\\$1');
}

/** Code in a line, with more backticks around it than are in it. */
function code(text: string): string {
  const ticks = '`'.repeat(longestTicks(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${text.replace(/\s+/g, ' ')}${pad}${ticks}`;
}

function fence(text: string): string {
  const ticks = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${ticks}sh\n${text}\n${ticks}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
}
