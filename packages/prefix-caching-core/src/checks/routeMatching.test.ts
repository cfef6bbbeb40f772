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

import { rulesOf } from '../observation';
import { promptTargets } from './routeMatching';
import { route } from './testing/cluster';

type Match = Record<string, unknown>;
type Case = [title: string, targets: string[], rules: [Match[], string][]];

const prefix = (value: string): Match => ({
  path: { type: 'PathPrefix', value },
});
const exact = (value: string): Match => ({ path: { type: 'Exact', value } });

/** `/v1/completions → pool`, for the two paths that every client uses. */
function targetsOf(rules: [Match[], string][]): string[] {
  const made = route('chat', {
    rules: rules.map(([matches, name]) => ({
      matches,
      backendRefs: [{ name }],
    })),
  });
  return promptTargets(rulesOf(made))
    .filter(({ path }) => path.endsWith('completions'))
    .map(
      ({ request, backends }) => `${request} → ${backends.map(b => b.name)}`,
    );
}
const both = (base: string, name: string) => [
  `${base}/v1/completions → ${name}`,
  `${base}/v1/chat/completions → ${name}`,
];

describe('where prompts go', () => {
  it.each<Case>([
    ['nowhere without a rule', [], []],
    ['by a rule without a match: every path', both('', 'a'), [[[], 'a']]],
    ['by a match without a path', both('', 'a'), [[[{}], 'a']]],
    ['by `/`', both('', 'a'), [[[prefix('/')], 'a']]],
    ['by a prefix', both('/chat', 'a'), [[[prefix('/chat')], 'a']]],
    [
      'by a prefix that ends in a slash',
      both('/chat', 'a'),
      [[[prefix('/chat/')], 'a']],
    ],
    [
      'a prefix ends where a segment does',
      ['/chat/v1/completions → a'],
      [[[prefix('/chat/v1/completions')], 'a']],
    ],
    ['an exact path is no prefix', [], [[[exact('/chat')], 'a']]],
    [
      'an exact path of one',
      ['/chat/v1/completions → a'],
      [[[exact('/chat/v1/completions')], 'a']],
    ],
    [
      'an exact path wins over a prefix, whichever comes first',
      ['/v1/completions → exact', '/v1/chat/completions → all'],
      [
        [[prefix('/v1/completions')], 'prefix'],
        [[exact('/v1/completions')], 'exact'],
        [[prefix('/')], 'all'],
      ],
    ],
    [
      'the longer prefix wins, whichever comes first',
      ['/v1/completions → all', '/v1/chat/completions → chat'],
      [
        [[prefix('/')], 'all'],
        [[prefix('/v1/chat')], 'chat'],
      ],
    ],
    ['`/v1` is no address of its own', [], [[[prefix('/chat/v1')], 'a']]],
    [
      'an address that begins like it is one',
      both('/v1beta', 'a'),
      [[[prefix('/v1beta')], 'a']],
    ],
    [
      'by headers, whichever order they stand in',
      [
        '/v1/completions (x-a=1&x-b=2) → first',
        '/v1/chat/completions (x-a=1&x-b=2) → second',
      ],
      [
        [
          [
            {
              ...exact('/v1/completions'),
              headers: [
                { name: 'X-B', value: '2' },
                { name: 'X-A', value: '1' },
              ],
            },
          ],
          'first',
        ],
        [
          [
            {
              ...exact('/v1/chat/completions'),
              headers: [
                { name: 'x-a', value: '1' },
                { name: 'x-b', value: '2' },
              ],
            },
          ],
          'second',
        ],
      ],
    ],
  ])('%s', (...[, targets, rules]) => {
    expect(targetsOf(rules)).toEqual(targets);
  });
});
