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
import {
  ACCELERATORS,
  MODELS,
} from 'backstage-plugin-prefix-caching-common/core';
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
      clusterWatch: true,
      schedule: {
        frequency: { seconds: 60 },
        timeout: { minutes: 3 },
        initialDelay: { seconds: 3 },
        intervalSeconds: 60,
        confirmAfter: 2,
      },
      metrics: { tokens: [], portForward: false, prometheus: [] },
      probe: { intervalMs: 600_000, gateways: [] },
      tables: { accelerators: [...ACCELERATORS], models: [...MODELS] },
      thresholds: {},
      responsible: {},
      retention: {
        changes: { days: 365 },
        samples: { hours: 48 },
        hourlyMeans: { days: 30 },
      },
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
      retention: { changes: { days: 30 }, samples: { hours: 48 } },
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
      { schedule: { confirmAfter: 0 } },
      'prefixCaching.schedule.confirmAfter is 0; expected a number of runs from 1 to 100',
    ],
    [
      { schedule: { frequency: 'often' } },
      'prefixCaching.schedule.frequency is no duration',
    ],
    [
      { schedule: { cron: '* * * * *' } },
      'prefixCaching.schedule.cron is not known',
    ],
    [
      { probe: { enabled: true } },
      'prefixCaching.probe.enabled is not known; expected one of interval, gateways',
    ],
    [
      { probe: { interval: { seconds: 5 } } },
      'prefixCaching.probe.interval is 5 seconds; expected at least a minute',
    ],
    [
      { probe: { gateways: [{ cluster: 'a' }] } },
      'prefixCaching.probe.gateways[0] has neither url nor hosts; expected one of them',
    ],
    [
      {
        probe: { gateways: [{ cluster: 'a', url: 'http://x', hosts: ['x'] }] },
      },
      'prefixCaching.probe.gateways[0] has both url and hosts',
    ],
    [
      { probe: { gateways: [{ cluster: 'a', url: 'gateway' }] } },
      "prefixCaching.probe.gateways[0].url is 'gateway'; expected the URL of a gateway",
    ],
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
    [
      { accelerators: { 'nvidia-t4': { vendor: 'intel' } } },
      'prefixCaching.accelerators.nvidia-t4.vendor is "intel"; expected one of nvidia, tpu, amd',
    ],
    [
      { models: { 'qwen2.5-3b-instruct': { gatd: true } } },
      'prefixCaching.models.qwen2.5-3b-instruct.gatd is not known; expected one of hidden,',
    ],
    [
      { metrics: { tokens: [{ cluster: 'lab' }] } },
      'prefixCaching.metrics.tokens[0] has no token; expected exactly one of token, secret, serviceAccount',
    ],
    [
      {
        metrics: {
          tokens: [
            {
              cluster: 'lab',
              token: 'x',
              secret: { namespace: 'a', name: 'b' },
            },
          ],
        },
      },
      'prefixCaching.metrics.tokens[0] has token and secret; expected exactly one',
    ],
    [
      {
        metrics: {
          tokens: [
            {
              cluster: 'lab',
              serviceAccount: { namespace: 'a', name: '../b' },
            },
          ],
        },
      },
      "prefixCaching.metrics.tokens[0].serviceAccount.name is '../b'; expected a Kubernetes name",
    ],
    [
      { metrics: { prometheus: [{ cluster: 'lab', url: 'thanos:9091' }] } },
      "prefixCaching.metrics.prometheus[0].url is 'thanos:9091'; expected one such as",
    ],
    [
      {
        metrics: {
          prometheus: [
            { cluster: 'lab', url: 'http://a' },
            { cluster: 'lab', url: 'http://b' },
          ],
        },
      },
      "prefixCaching.metrics.prometheus[1].cluster is 'lab' a second time",
    ],
    [
      {
        metrics: {
          prometheus: [
            { cluster: 'lab', url: 'http://a', matchers: { 'a"b': 'x' } },
          ],
        },
      },
      'is no label; expected letters',
    ],
    [
      {
        metrics: {
          prometheus: [
            { cluster: 'lab', url: 'http://a', tls: { caFile: '/no/such/ca' } },
          ],
        },
      },
      'prefixCaching.metrics.prometheus[0].tls.caFile cannot be read',
    ],
    [
      {
        metrics: {
          prometheus: [
            { cluster: 'lab', url: 'http://a', scrapeInterval: '2h' },
          ],
        },
      },
      'prefixCaching.metrics.prometheus[0].scrapeInterval is 7200 s; expected 1 s to 1 h',
    ],
    [{ retention: 'long' }, 'prefixCaching.retention is no duration'],
    [
      { retention: { samples: 'long' } },
      'prefixCaching.retention.samples is no duration',
    ],
    [
      { retention: { samples: { hours: 1 } } },
      'prefixCaching.retention.samples is 1 h; expected at least 2 h',
    ],
    [
      { retention: { samples: { days: 31 } } },
      'prefixCaching.retention.hourlyMeans is shorter',
    ],
    [
      { retention: { samples: { days: 3 }, forever: true } },
      'prefixCaching.retention.forever is not known',
    ],
  ])('refuses %j', (section, message) => {
    expect(() => read(section)).toThrow(message);
  });

  it('changes the tables of accelerators and models, whose ids hold dots', () => {
    const { tables } = read({
      accelerators: { 'nvidia-t4': { hidden: true } },
      models: { 'qwen2.5-3b-instruct': { maxContext: 4096 } },
    });
    expect(
      tables.accelerators.find(({ id }) => id === 'nvidia-t4')?.hidden,
    ).toBe(true);
    expect(
      tables.models.find(({ id }) => id === 'qwen2.5-3b-instruct')?.maxContext,
    ).toBe(4096);
  });

  it('takes a token from a file with its line break, and repeats none', () => {
    const tokens = (token: string) => ({
      metrics: { tokens: [{ cluster: 'a', token }] },
    });
    expect(read(tokens('abc\n')).metrics.tokens).toEqual([
      { cluster: 'a', namespace: undefined, token: 'abc' },
    ]);
    expect(() => read(tokens('sec\u00e9ret'))).toThrow(/^(?!.*ret).*$/);
  });
});
