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

import { CHECKS } from '../catalogue';
import { checkLink, table } from './markdown';
import { referenceSection } from './referenceSection';

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

const RESPONSIBLE = `Each check has a page of its own: when it matters, what it reads, what its verdicts mean, what mends it, and the commands. [Known issues](known-issues.md) lists reported faults and the check that shows each. [Adding checks](extending.md) says how another team adds its own, and [the command](verify-command.md) runs them on a folder of manifests.

## Who is responsible

A finding names one of two: the **owner** of the service, which is the owner of its catalog entity, or the **platform** team. Who that team is, is configuration: \`prefixCaching.responsible.platform\` holds its entity ref. A finding may name the other one where its cause lies there, and one that follows from another names the check it follows from.`;

/** The documentation page of all checks, in Markdown. */
export function checksPage(): string {
  const overview = table(
    ['check', 'component', 'weight', 'responsible', 'title'],
    CHECKS.map(({ id, component, requirement, responsible, title }) => [
      checkLink(id, 'docs'),
      component,
      requirement,
      responsible,
      title,
    ]),
  );
  return `${[
    INTRODUCTION,
    `## All checks\n\n${overview}`,
    RESPONSIBLE,
    referenceSection(),
  ].join('\n\n')}\n`;
}
