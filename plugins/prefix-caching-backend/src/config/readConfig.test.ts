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

import { ConfigReader } from '@backstage/config';
import { readConfig } from './readConfig';

function read(prefixCaching: object | undefined) {
  return readConfig(
    new ConfigReader(
      prefixCaching ? { prefixCaching: { ...prefixCaching } as never } : {},
    ),
  );
}

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(read(undefined)).toEqual({
      clusters: undefined,
      transport: 'auto',
      schedule: {
        frequency: { seconds: 60 },
        timeout: { minutes: 5 },
        initialDelay: { seconds: 3 },
        intervalSeconds: 60,
      },
      metrics: { tokens: [], portForward: false },
      thresholds: {},
      responsible: {},
      retention: { days: 365 },
      requireBackReference: 'sensitive',
    });
  });

  it('reads a full section', () => {
    expect(
      read({
        clusters: ['lab'],
        transport: 'direct',
        schedule: { frequency: { seconds: 10 }, initialDelay: 'PT0S' },
        metrics: {
          tokens: [{ cluster: 'lab', namespace: 'llm', token: 't' }],
          portForward: true,
        },
        thresholds: { hitRatioPoor: 0.2 },
        responsible: { platform: 'platform' },
        ownerAnnotations: { 'On call': 'pagerduty.com/service-id' },
        retention: { days: 30 },
        requireBackReference: 'all',
      }),
    ).toMatchObject({
      clusters: ['lab'],
      transport: 'direct',
      schedule: { frequency: { seconds: 10 }, intervalSeconds: 10 },
      metrics: {
        tokens: [{ cluster: 'lab', namespace: 'llm', token: 't' }],
        portForward: true,
      },
      thresholds: { hitRatioPoor: 0.2 },
      responsible: { platform: 'group:default/platform' },
      retention: { days: 30 },
      requireBackReference: 'all',
    });
  });

  it.each([
    [
      { clsters: [] },
      'prefixCaching.clsters is not known; expected one of clusters, transport',
    ],
    [
      { transport: 'vpn' },
      "prefixCaching.transport is 'vpn'; expected one of auto, direct, kubernetes-plugin",
    ],
    [
      { requireBackReference: 'yes' },
      "prefixCaching.requireBackReference is 'yes'; expected one of sensitive, none, all",
    ],
    [
      { schedule: { frequency: { seconds: 1 } } },
      'prefixCaching.schedule.frequency is 1 s; expected at least 5 s',
    ],
    [
      { schedule: { frequency: 'often' } },
      'prefixCaching.schedule.frequency is no duration',
    ],
    [
      { schedule: { cron: '* * * * *' } },
      'prefixCaching.schedule.cron is not known',
    ],
    [{ metrics: { tokens: [{ cluster: 'a' }] } }, 'metrics.tokens[0].token'],
    [
      { metrics: { tokens: [{ cluster: 'a', tokn: 'x' }] } },
      'prefixCaching.metrics.tokens[0].tokn is not known',
    ],
    [
      { metrics: { tokens: [{ cluster: 'a', token: 'two words' }] } },
      'prefixCaching.metrics.tokens[0].token is no bearer token',
    ],
    [
      { thresholds: { hitRatioPoor: 30 } },
      'prefixCaching.thresholds.hitRatioPoor is 30; expected a ratio from 0 to 1',
    ],
    [{ thresholds: { hitRatioPoor: 0.9 } }, 'expected at most hitRatioGood'],
    [
      { responsible: { platform: 'group:' } },
      "prefixCaching.responsible.platform is 'group:'",
    ],
    [{ retention: 'long' }, 'prefixCaching.retention is no duration'],
  ])('refuses %j', (section, message) => {
    expect(() => read(section)).toThrow(message);
  });

  it('takes a token from a file with its line break, and repeats none', () => {
    const tokens = (token: string) => ({
      metrics: { tokens: [{ cluster: 'a', token }] },
    });
    expect(read(tokens('abc\n')).metrics.tokens[0].token).toBe('abc');
    expect(() => read(tokens('sec\u00e9ret'))).toThrow(/^(?!.*ret).*$/);
  });
});
