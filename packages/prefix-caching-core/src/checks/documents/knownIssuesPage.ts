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

import { KNOWN_ISSUES } from '../knownIssues';
import { checkLinks, table } from './markdown';

/** The documentation page of reported faults and the checks that show them. */
export function knownIssuesPage(): string {
  const shown = KNOWN_ISSUES.filter(({ checks }) => checks.length > 0);
  const unseen = KNOWN_ISSUES.filter(({ checks }) => checks.length === 0);
  return `# Known issues

Faults that were reported of KServe, Istio, the Endpoint Picker, the gateway and the engines, and the check that shows each. The tests reproduce every row: an observation with the fault, and the finding that names it. Issues may have been mended since in releases newer than yours; the checks look at what is there and not at releases, wherever that is possible.

${table(
  ['reported', 'what happens', 'shown by'],
  shown.map(({ reported, happens, checks }) => [
    reported,
    happens,
    checkLinks(checks, 'docs'),
  ]),
)}

## Not shown by a check

${table(
  ['reported', 'what happens', 'why not'],
  unseen.map(({ reported, happens, unseen: why = '' }) => [
    reported,
    happens,
    why,
  ]),
)}
`;
}
