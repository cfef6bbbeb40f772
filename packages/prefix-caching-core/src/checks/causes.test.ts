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

import { linkCauses } from './causes';
import { judge } from './judgement';
import type { Finding } from './types';

function finding(check: string, verdict: Finding['verdict']): Finding {
  return {
    check,
    component: 'engine',
    requirement: 'required',
    expected: '',
    commands: [],
    responsible: 'owner',
    evidence: [],
    ...judge(verdict, 'A sentence.'),
  };
}

type Case = [
  title: string,
  causes: Record<string, string>,
  findings: Finding[],
];

describe('what follows from what', () => {
  const engine = finding('engine.arguments', 'fail');

  it.each<Case>([
    ['a failure on its own', {}, [engine]],
    [
      'a failure that follows from another',
      { 'engine.replicas': 'engine.arguments' },
      [finding('engine.replicas', 'fail'), engine],
    ],
    [
      'a warning that follows from it',
      { 'engine.block-size': 'engine.arguments' },
      [engine, finding('engine.block-size', 'warn')],
    ],
    [
      'an open question that follows from it',
      { 'engine.prefix-caching': 'engine.arguments' },
      [engine, finding('engine.prefix-caching', 'inconclusive')],
    ],
    [
      'what passes follows from nothing',
      {},
      [engine, finding('engine.replicas', 'pass')],
    ],
    [
      'nor does what was skipped',
      {},
      [engine, finding('engine.replicas', 'skipped')],
    ],
    [
      'a warning causes nothing',
      {},
      [finding('engine.arguments', 'warn'), finding('engine.replicas', 'fail')],
    ],
    [
      'the root, and not the link between',
      {
        'engine.replicas': 'engine.arguments',
        'router.pool': 'engine.arguments',
      },
      [
        finding('router.pool', 'fail'),
        finding('engine.replicas', 'fail'),
        engine,
      ],
    ],
    [
      'the nearest of several',
      { 'routing.bypass': 'gateway.routes' },
      [
        finding('router.pool', 'fail'),
        finding('gateway.routes', 'fail'),
        finding('routing.bypass', 'fail'),
      ],
    ],
    [
      'a check of another team, of which nothing is known',
      {},
      [engine, finding('acme.rule', 'fail')],
    ],
    [
      'a cause that the check names itself',
      { 'engine.replicas': 'acme.rule' },
      [
        engine,
        { ...finding('engine.replicas', 'fail'), causedBy: 'acme.rule' },
      ],
    ],
  ])('%s', (_, causes, findings) => {
    const linked = linkCauses(findings);
    expect(linked.map(({ check }) => check)).toEqual(
      findings.map(({ check }) => check),
    );
    expect(
      Object.fromEntries(
        linked
          .filter(({ causedBy }) => causedBy !== undefined)
          .map(({ check, causedBy }) => [check, causedBy]),
      ),
    ).toEqual(causes);
  });
});
