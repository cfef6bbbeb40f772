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

import { statusConditions } from './statusConditions';
import { observe, service } from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const conditions = (...list: [string, string, string?][]) => ({
  service: service(
    'chat',
    {},
    {
      status: {
        conditions: list.map(([type, status, reason]) => ({
          type,
          status,
          reason,
          message: `${type} is ${status}`,
        })),
      },
    },
  ),
});

describe('status.conditions', () => {
  it.each<Case>([
    ['ready', observe(), 'pass', 'proves nothing of the data path'],
    [
      'not ready, with what is behind it',
      observe(
        conditions(
          ['Ready', 'False', 'HTTPRoutesNotReady'],
          ['RouterReady', 'True'],
          ['HTTPRoutesReady', 'False', 'HTTPRoutesNotReady'],
        ),
      ),
      'fail',
      'HTTPRoutesReady (HTTPRoutesNotReady)',
    ],
    [
      'not ready, and nothing says why',
      observe(conditions(['Ready', 'False'])),
      'fail',
      'Ready (no reason)',
    ],
    [
      'not ready, of a condition without a message, beside one that was not decided',
      observe({
        service: service(
          'chat',
          {},
          {
            status: {
              conditions: [
                { type: 'RouterReady', status: 'False', reason: 'NoGateway' },
                { type: 'WorkloadsReady' },
                { type: 'Ready', status: 'False' },
              ],
            },
          },
        ),
      }),
      'fail',
      'RouterReady (NoGateway)',
    ],
    [
      'stopped is not failed',
      observe(conditions(['Ready', 'False', 'Stopped'])),
      'skipped',
      'Stopped on purpose',
    ],
    [
      'unknown',
      observe(conditions(['Ready', 'Unknown'])),
      'inconclusive',
      'has not reported',
    ],
    [
      'no conditions',
      observe(conditions()),
      'inconclusive',
      'has not reported',
    ],
    [
      'no service',
      observe({ service: undefined }),
      'fail',
      'There is no LLMInferenceService llm/chat on cluster test',
    ],
    [
      'no service, and nobody said that it was asked for',
      { ...observe(), service: undefined, asked: undefined },
      'inconclusive',
      'was not found',
    ],
    [
      'the cluster does not know the kind',
      observe(
        { service: undefined },
        {
          gaps: [
            {
              what: 'LLMInferenceService',
              reason: 'not-installed',
              message: 'The cluster does not serve LLMInferenceService.',
            },
          ],
        },
      ),
      'inconclusive',
      "Can't tell whether KServe finds the service ready",
    ],
    [
      'files',
      observe({}, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(statusConditions, given)).toEqual(wanted(given));
  });
});
