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

import { generatedNames, POOL_GROUPS } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import type { Observation } from '../observation';
import {
  CLAIMED_LATENCIES,
  CLAIMED_SCORERS,
  DOCUMENT_COMPONENTS,
  DOCUMENT_STEPS,
} from '../referenceDocument';
import { CHECKS } from './catalogue';
import { CHECK_GUIDES } from './checkGuides';
import { DOCUMENT_COMMANDS } from './documentCommands';
import type { Check } from './types';

/** Stand-ins that no shell quoting touches, and what a reader sees for them. */
const PLACEHOLDERS: Record<string, string> = {
  GATEWAYNAMESPACE: '<gateway namespace>',
  GATEWAYNAME: '<gateway>',
  SERVICENAMESPACE: '<namespace>',
  SERVICENAME: '<name>',
  POD: '<pod>',
};

function withPlaceholders(text: string): string {
  return Object.entries(PLACEHOLDERS).reduce(
    (shown, [word, placeholder]) =>
      shown.replace(new RegExp(`\\b${word}(?=\\b|-)`, 'g'), placeholder),
    text,
  );
}

/** An observation of nobody, for the commands. */
function placeholderObservation(): Observation {
  const target = {
    cluster: '',
    namespace: 'SERVICENAMESPACE',
    name: 'SERVICENAME',
  };
  const names = generatedNames(target.name);
  const route: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: names.route, namespace: target.namespace },
    spec: {
      parentRefs: [{ name: 'GATEWAYNAME', namespace: 'GATEWAYNAMESPACE' }],
      rules: [
        {
          backendRefs: [
            {
              kind: 'InferencePool',
              group: POOL_GROUPS[1],
              name: names.pool,
            },
          ],
        },
      ],
    },
  };
  return {
    source: 'cluster',
    target,
    objects: [route],
    neighbours: [],
    endpoints: [],
    observedAt: '1970-01-01T00:00:00.000Z',
    gaps: [],
  };
}

/** A Markdown table with aligned columns. */
function table(head: string[], rows: string[][]): string {
  const escaped = [head, ...rows].map(row =>
    row.map(cell => cell.replace(/\|/g, '\\|')),
  );
  const widths = head.map((_, column) =>
    Math.max(3, ...escaped.map(row => row[column].length)),
  );
  const line = (cells: string[]) =>
    `| ${cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')} |`;
  const [first, ...others] = escaped;
  return [
    line(first),
    line(widths.map(width => '-'.repeat(width))),
    ...others.map(line),
  ].join('\n');
}

function idLinks(ids: readonly string[]): string {
  return ids.map(id => `\`${id}\``).join(', ') || '–';
}

function sentence(words: string): string {
  const upper = words.charAt(0).toUpperCase() + words.slice(1);
  return upper.endsWith('.') ? upper : `${upper}.`;
}

function describeCheck(check: Check, observation: Observation): string {
  const guide = CHECK_GUIDES[check.id];
  const catches =
    guide.catches.length > 0
      ? `\n\nKnown problems it shows:\n\n${table(
          ['reported in', 'what happens'],
          guide.catches.map(({ issue, shows }) => [issue, shows]),
        )}`
      : '';
  const commands = check
    .commands(observation)
    .map(
      ({ purpose, command }) =>
        `# ${withPlaceholders(purpose)}\n${withPlaceholders(command)}`,
    )
    .join('\n');
  return `### \`${check.id}\`

**${check.title}** (${check.component}, ${check.requirement})

- Asks: ${guide.question}
- Expects: ${sentence(check.expected)}
- Inconclusive: ${guide.inconclusive}
- Skipped: ${guide.skipped}
- Responsible: ${check.responsible}, unless the finding says otherwise.

See it by hand:

\`\`\`shell
${commands}
\`\`\`${catches}`;
}

const INTRODUCTION = `# Checks

Each check is a rule over what was observed of one LLMInferenceService. It gives a finding with a verdict, what was expected, what is there, the evidence, what to do, who is responsible, and a \`kubectl\` command that shows the same by hand. The commands only read.

A verdict is one of:

- **pass**: it is as it should be.
- **warn**: it works, but not as well or not as safely as it could.
- **fail**: it does not work.
- **inconclusive**: it was asked, and could not be decided: no traffic, one sample only, no access. It is neither good nor bad news.
- **skipped**: it does not apply, and the finding says why.

The overall verdict is the worst of the **required** findings: fail, inconclusive, warn, pass. Skipped findings, optional checks and advice never lower it. "Configured, not yet proven" means that nothing but traffic is missing.

What was seen to work decides over a cause that cannot be read: where counters prove twice in a row that the Endpoint Picker sees every request, a filter that might have kept requests from it is a warning at most. A finding that follows from another one names it, so that one team is called.`;

function documentSection(): string {
  const components = table(
    ['component', 'the document says', 'today', 'checks'],
    DOCUMENT_COMPONENTS.map(
      ({ title, requirement, claimed, correction, checks }) => [
        `${title} (${requirement})`,
        claimed,
        correction ?? 'as it says',
        idLinks(checks),
      ],
    ),
  );
  const steps = table(
    ['step', 'what happens', 'today', 'checks'],
    DOCUMENT_STEPS.map(({ number, title, correction, checks }) => [
      String(number),
      title,
      correction ?? 'as it says',
      idLinks(checks),
    ]),
  );
  const commands = table(
    ['its command', 'it expects', 'today', 'checks'],
    DOCUMENT_COMMANDS.map(({ command, expects, today, checks }) => [
      `\`${command}\``,
      expects,
      today,
      idLinks(checks),
    ]),
  );
  const weights = CLAIMED_SCORERS.map(
    ({ type, weight }) => `\`${type}\` ${weight}`,
  ).join(' and ');
  const latencies = CLAIMED_LATENCIES.map(
    ({ accelerator, missMs, hitMs }) =>
      `${missMs} to ${hitMs} ms on ${accelerator}`,
  ).join(', ');
  return `## The reference document

"Prefix Caching Configuration Verification" is the document this product implements. Every item of it is covered, and the live system decides; what the document expects is shown as an expectation only.

### Its components

${components}

### Its request flow

${steps}

### Its verification commands

${commands}

### Where it is outdated

- The weights ${weights} belong to no release, and there is no scorer of the second name.
- Weights can be set: in \`spec.router.scheduler.config\` from KServe 0.17 on, in the picker's arguments before.
- A comment after a backslash ends the command: the flags below it are lost.
- \`--disable-log-requests\` no longer exists; engines of vLLM 0.12 and newer do not start with it.
- \`dtype=half\` is right for T4; a TPU computes in bfloat16.
- "Translate to French: Hello" is shorter than one block, so it cannot hit.
- Its times to first token (${latencies}) are claims: they are shown beside a measurement and never instead of one.`;
}

/** The documentation page of all checks, in Markdown. */
export function describeChecks(): string {
  const observation = placeholderObservation();
  const overview = table(
    ['check', 'component', 'weight', 'responsible', 'title'],
    CHECKS.map(({ id, component, requirement, responsible, title }) => [
      `\`${id}\``,
      component,
      requirement,
      responsible,
      title,
    ]),
  );
  return `${[
    INTRODUCTION,
    `## All checks\n\n${overview}`,
    ...CHECKS.map(check => describeCheck(check, observation)),
    documentSection(),
  ].join('\n\n')}\n`;
}
