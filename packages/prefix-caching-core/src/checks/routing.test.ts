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

import type { Verdict } from '../verdicts';
import { routingBypass } from './routingBypass';
import { routingDeliveredHits } from './routingDeliveredHits';
import {
  ALL_KINDS,
  engineSamples,
  observe,
  routerSamples,
  traffic,
} from './testing/cluster';
import { judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const after = (
  previous: Verdict | undefined,
  counted: Parameters<typeof traffic>[0],
) =>
  observe(
    {},
    {
      endpoints: traffic(counted),
      previousVerdicts: previous && { 'routing.bypass': previous },
    },
  );
/** Engines that serve, and no pod of a picker. */
const withoutPicker = (
  previous: Verdict | undefined,
  options: Parameters<typeof observe>[1] = {},
) =>
  observe(
    { picker: undefined },
    {
      endpoints: traffic({ picker: 0, engines: 20 }).filter(
        ({ role }) => role === 'engine',
      ),
      previousVerdicts: previous && { 'routing.bypass': previous },
      ...options,
    },
  );
/** Engines that tell how many tokens they took, and not of how many requests. */
const tokensAlone = (picker: number, promptTokens: number) => [
  routerSamples('chat-epp-0', { requests: 0 }, { requests: picker }),
  engineSamples('chat-kserve-0', { promptTokens: 0 }, { promptTokens }),
];
const gap = (what: string) => ({
  what,
  reason: 'not-configured' as const,
  message: `${what} has no token.`,
});
const UNANSWERED = {
  ...gap('metrics/engine'),
  message: 'Nothing answers at 10.0.0.1:8000.',
};
const once = [
  routerSamples('chat-epp-0', undefined, { requests: 1 }),
  engineSamples('chat-kserve-0', undefined, { requests: 1 }),
];
const restarted = [
  routerSamples('chat-epp-0', { requests: 100 }, { requests: 3 }),
  engineSamples('chat-kserve-0', { requests: 50 }, { requests: 90 }),
];
const neverSaw = [
  routerSamples('chat-epp-0', {}, {}),
  engineSamples('chat-kserve-0', { requests: 0 }, { requests: 40 }),
];
const onePickerUnread = [
  ...traffic({ picker: 0, engines: 20 }),
  routerSamples('chat-epp-1', undefined, { requests: 5 }),
];
const hits = (queryTokens: number, hitTokens: number, predicted?: number) =>
  observe(
    {},
    {
      endpoints: traffic({
        picker: 20,
        engines: 20,
        queryTokens,
        hitTokens,
        predicted,
      }),
    },
  );

describe('routing.bypass', () => {
  it.each<Case>([
    [
      'the picker sees all',
      after(undefined, { picker: 20, engines: 20 }),
      'pass',
      'sees the requests that the engines serve',
    ],
    [
      'but for what is under way',
      after(undefined, { picker: 18, engines: 20 }),
      'pass',
      'sees the requests',
    ],
    [
      'it saw none, for the first time',
      after(undefined, { picker: 0, engines: 20 }),
      'warn',
      'Engines served 20 requests that the Endpoint Picker did not see; the next run decides',
    ],
    [
      'it saw none, after a pass',
      after('pass', { picker: 0, engines: 20 }),
      'warn',
      'the next run decides',
    ],
    [
      'it saw none, after a run without traffic',
      after('inconclusive', { picker: 0, engines: 20 }),
      'warn',
      'the next run decides',
    ],
    [
      'it saw none, twice in a row',
      after('warn', { picker: 0, engines: 20 }),
      'fail',
      'Engines served 20 requests that the Endpoint Picker never saw',
    ],
    [
      'and again',
      after('fail', { picker: 0, engines: 1 }),
      'fail',
      '1 request that',
    ],
    [
      'none is ready, for the first time',
      withoutPicker(undefined),
      'warn',
      'Engines served 20 requests, and no Endpoint Picker is ready to see them; the next run decides',
    ],
    [
      'none is ready, twice in a row',
      withoutPicker('warn'),
      'fail',
      'no Endpoint Picker is ready to see them.',
    ],
    [
      'no pod of a picker seen, for pods may not be listed',
      withoutPicker(undefined, { gaps: [gap('Pod')] }),
      'inconclusive',
      'Not sampled twice yet',
    ],
    [
      'no pod of a picker seen, for nobody looked for pods',
      withoutPicker(undefined, {
        asked: ALL_KINDS.filter(kind => kind !== 'Pod'),
      }),
      'inconclusive',
      'Not sampled twice yet',
    ],
    [
      'it saw none, and engines count tokens alone',
      observe({}, { endpoints: tokensAlone(0, 500) }),
      'warn',
      'Engines serve requests that the Endpoint Picker did not see',
    ],
    [
      'it saw some, and engines count tokens alone',
      observe({}, { endpoints: tokensAlone(5, 500) }),
      'inconclusive',
      'The engines count no requests',
    ],
    [
      'no traffic, as far as tokens tell',
      observe({}, { endpoints: tokensAlone(0, 0) }),
      'inconclusive',
      'The engines count no requests',
    ],
    [
      'no traffic at the engines, the picker not sampled',
      observe(
        {},
        {
          endpoints: traffic({ picker: 0, engines: 0 }).filter(
            ({ role }) => role === 'engine',
          ),
        },
      ),
      'inconclusive',
      'Not sampled twice yet',
    ],
    [
      'it never counted anything',
      observe(
        {},
        { endpoints: neverSaw, previousVerdicts: { 'routing.bypass': 'warn' } },
      ),
      'fail',
      '40 requests',
    ],
    [
      'it recovered',
      after('fail', { picker: 5, engines: 5 }),
      'pass',
      'sees the requests',
    ],
    [
      'it saw a part',
      after(undefined, { picker: 5, engines: 20 }),
      'inconclusive',
      'saw 5 of 20 requests',
    ],
    [
      'no traffic',
      after('fail', { picker: 0, engines: 0 }),
      'inconclusive',
      'No requests between the two samples',
    ],
    [
      'nothing finished yet',
      after(undefined, { picker: 3, engines: 0 }),
      'inconclusive',
      'no engine has finished one yet',
    ],
    [
      'one sample only',
      observe({}, { endpoints: once }),
      'inconclusive',
      'Not sampled twice yet',
    ],
    [
      'the picker restarted',
      observe(
        {},
        {
          endpoints: restarted,
          previousVerdicts: { 'routing.bypass': 'warn' },
        },
      ),
      'inconclusive',
      'Not sampled twice yet',
    ],
    [
      'one of two pickers not sampled',
      observe(
        {},
        {
          endpoints: onePickerUnread,
          previousVerdicts: { 'routing.bypass': 'warn' },
        },
      ),
      'inconclusive',
      'Not sampled twice',
    ],
    [
      'pickers may not be read',
      observe({}, { gaps: [gap('metrics/router')] }),
      'inconclusive',
      "Can't tell whether requests reach the Endpoint Picker: its metrics did not answer.",
    ],
    [
      'engines may not be read',
      observe(
        {},
        {
          gaps: [UNANSWERED],
        },
      ),
      'inconclusive',
      "the engines' metrics did not answer. picker not sampled twice, engines not sampled twice requests between two samples; Nothing answers at 10.0.0.1:8000",
    ],
    [
      'files',
      observe({}, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routingBypass, given)).toEqual(wanted(given));
  });
});

describe('routing.delivered-hits', () => {
  it.each<Case>([
    [
      'good',
      hits(10_000, 6_000),
      'pass',
      '60 % of prompt tokens came from cache',
    ],
    ['fair', hits(10_000, 5_900), 'warn', 'Only 59 %'],
    [
      'poor, as predicted: nothing to reuse',
      hits(10_000, 1_000, 0.15),
      'warn',
      'There is little to reuse',
    ],
    [
      'poor, and much was predicted: broken',
      hits(10_000, 1_000, 0.8),
      'fail',
      'The Endpoint Picker predicts 80 %, and the engines deliver 10 % from cache',
    ],
    [
      'poor, and as much more was predicted as is too much',
      hits(10_000, 2_500, 0.5),
      'fail',
      'predicts 50 %',
      { thresholds: { predictionGap: 0.25 } },
    ],
    [
      'poor, and little more was predicted',
      hits(10_000, 2_000, 0.25),
      'warn',
      'There is little to reuse',
    ],
    ['just not poor', hits(10_000, 3_000), 'warn', 'Only 30 %'],
    [
      'good, of the fewest tokens that tell',
      hits(512, 512),
      'pass',
      '100 % of prompt tokens',
    ],
    [
      'good, of engines whose pods were not seen',
      observe(
        { engine0: undefined, engine1: undefined },
        {
          endpoints: traffic({
            picker: 20,
            engines: 20,
            queryTokens: 10_000,
            hitTokens: 7_000,
          }),
        },
      ),
      'pass',
      '70 % of prompt tokens',
    ],
    [
      'too little to judge, and one engine may not be read',
      observe(
        {},
        {
          endpoints: traffic({ picker: 1, engines: 1, queryTokens: 100 }),
          gaps: [gap('metrics/engine')],
        },
      ),
      'inconclusive',
      'Too few prompt tokens',
    ],
    [
      'poor, prediction not known',
      hits(10_000, 1_000),
      'warn',
      'prediction is not known',
    ],
    [
      'other thresholds',
      hits(10_000, 2_000),
      'pass',
      '20 %',
      { thresholds: { hitRatioGood: 0.2, hitRatioPoor: 0.1 } },
    ],
    [
      'too little to judge',
      hits(500, 500),
      'inconclusive',
      'Too few prompt tokens',
    ],
    ['no tokens', hits(0, 0), 'inconclusive', 'Too few prompt tokens'],
    [
      'one sample only',
      observe({}, { endpoints: once }),
      'inconclusive',
      'Not sampled twice yet',
    ],
    [
      'engines may not be read',
      observe({}, { gaps: [UNANSWERED] }),
      'inconclusive',
      "Can't tell what the engines deliver: their metrics did not answer. Nothing answers at 10.0.0.1:8000",
    ],
    [
      'files',
      observe({}, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routingDeliveredHits, given)).toEqual(wanted(given));
  });
});
