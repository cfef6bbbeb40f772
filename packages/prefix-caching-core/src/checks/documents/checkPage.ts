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

import { CHECK_GUIDES } from '../guides';
import type { CheckGuide } from '../guides';
import { KNOWN_ISSUES } from '../knownIssues';
import type { Check, Responsible } from '../types';
import { sentence, table } from './markdown';
import { placeholderObservation, withPlaceholders } from './placeholders';

const TEAMS: Record<Responsible, string> = {
  owner: 'the owner of the service',
  platform: 'the platform team (`prefixCaching.responsible.platform`)',
};

const WEIGHTS: Record<Check['requirement'], string> = {
  required: 'It counts: the overall verdict is the worst of such findings.',
  optional: 'It is optional, and never lowers the overall verdict.',
  advice: 'It is advice, and never lowers the overall verdict.',
};

function verdicts(guide: CheckGuide): string {
  const order = ['pass', 'warn', 'fail', 'inconclusive', 'skipped'] as const;
  return table(
    ['verdict', 'when'],
    order.flatMap(verdict => {
      const when = guide[verdict];
      return when === undefined ? [] : [[`**${verdict}**`, when]];
    }),
  );
}

function commands(check: Check): string {
  return check
    .commands(placeholderObservation())
    .map(
      ({ purpose, command }) =>
        `# ${withPlaceholders(purpose)}\n${withPlaceholders(command)}`,
    )
    .join('\n');
}

/** The documentation page of one check, in Markdown. */
export function checkPage(check: Check): string {
  const guide = CHECK_GUIDES[check.id];
  const known = KNOWN_ISSUES.filter(({ checks }) => checks.includes(check.id));
  const issues =
    known.length > 0
      ? `

## Known issues it shows

${table(
  ['reported', 'what happens'],
  known.map(({ reported, happens }) => [reported, happens]),
)}`
      : '';
  return `# ${check.title}

\`${check.id}\` · ${check.component} · ${check.requirement}

${guide.question}

- **When it matters:** ${guide.matters}
- **Expects:** ${sentence(check.expected)}
- **Reads:** ${guide.reads}
- **Weight:** ${WEIGHTS[check.requirement]}
- **Responsible:** ${
    TEAMS[check.responsible]
  }, unless the finding says otherwise.

## Verdicts

${verdicts(guide)}

## What to do

${guide.remedy}

## See it by hand

\`\`\`shell
${commands(check)}
\`\`\`${issues}

[All checks](../checks.md)
`;
}
