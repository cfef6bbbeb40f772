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

import {
  CLAIMED_LATENCIES,
  CLAIMED_SCORERS,
  DOCUMENT_COMPONENTS,
  DOCUMENT_STEPS,
} from '../../referenceDocument';
import { DOCUMENT_COMMANDS } from '../documentCommands';
import { checkLinks, table } from './markdown';

/** What the reference document expects, and what stands for it here. */
export function referenceSection(): string {
  const components = table(
    ['component', 'the document says', 'today', 'checks'],
    DOCUMENT_COMPONENTS.map(
      ({ title, requirement, claimed, correction, checks }) => [
        `${title} (${requirement})`,
        claimed,
        correction ?? 'as it says',
        checkLinks(checks, 'docs'),
      ],
    ),
  );
  const steps = table(
    ['step', 'what happens', 'today', 'checks'],
    DOCUMENT_STEPS.map(({ number, title, correction, checks }) => [
      String(number),
      title,
      correction ?? 'as it says',
      checkLinks(checks, 'docs'),
    ]),
  );
  const commands = table(
    ['its command', 'it expects', 'today', 'checks'],
    DOCUMENT_COMMANDS.map(({ command, expects, today, checks }) => [
      `\`${command}\``,
      expects,
      today,
      checkLinks(checks, 'docs'),
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
