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

import type { Figure } from 'backstage-plugin-prefix-caching-common';
import { FakeCluster, type FakeAnswer } from '../../__testUtils__/FakeCluster';
import { DirectClusterClient } from '../../clusters/DirectClusterClient';
import type { VerificationRecord } from '../../database';
import { MetricsReader } from '../MetricsReader';
import type { ScrapeEndpoint } from '../types';
import { PrometheusSeries } from './PrometheusSeries';
import type { PrometheusServer } from './types';

const NOW = Date.parse('2026-11-22T12:00:00Z') / 1000;
const LIMITS = {
  connectTimeoutMs: 4_000,
  totalTimeoutMs: 4_000,
  maxListBytes: 1024 * 1024,
};

const engine = (pod: string): ScrapeEndpoint => ({
  role: 'engine',
  namespace: 'llm',
  pod,
  port: 8000,
  scheme: 'http',
  path: '/metrics',
  authenticated: false,
});

interface FakeSeries {
  name: string;
  pod: string;
  value: number;
  job?: string;
  labels?: Record<string, string>;
}

function vector(series: FakeSeries[], time = NOW): FakeAnswer {
  return {
    body: {
      status: 'success',
      data: {
        resultType: 'vector',
        result: series.map(({ name, pod, value, job = 'pods', labels }) => ({
          metric: { __name__: name, pod, job, namespace: 'llm', ...labels },
          value: [time, String(value)],
        })),
      },
    },
  };
}

/** Answers with what was scraped, and with when to a query of timestamps. */
function serving(
  series: FakeSeries[],
  scrapedAt: Record<string, number>,
): FakeAnswer {
  return (request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const isTimes = query.get('query')?.includes('timestamp(');
    const answer = vector(
      isTimes
        ? [
            ...new Map(
              series.map(each => [`${each.pod}/${each.job}`, each]),
            ).values(),
          ].map(each => ({ ...each, value: scrapedAt[each.pod] }))
        : series,
    ) as { body: object };
    response.end(JSON.stringify(answer.body));
  };
}

describe('Prometheus as a source', () => {
  let prometheus: FakeCluster;
  let cluster: FakeCluster;

  beforeEach(async () => {
    prometheus = await FakeCluster.start();
    cluster = await FakeCluster.start();
  });
  afterEach(() => Promise.all([prometheus.stop(), cluster.stop()]));

  const server = (more: Partial<PrometheusServer> = {}): PrometheusServer => ({
    cluster: 'lab',
    url: new URL(`${prometheus.url}/prom/`),
    headers: {},
    tls: { rejectUnauthorized: true },
    matchers: {},
    labels: { namespace: 'namespace', pod: 'pod' },
    scrapeIntervalSeconds: 30,
    ...more,
  });
  const client = () =>
    DirectClusterClient.create({
      name: 'lab',
      url: new URL(cluster.url),
      token: 'cluster-token',
      skipTLSVerify: true,
      inCluster: false,
    });
  const readerOf = (more?: Partial<PrometheusServer>) =>
    MetricsReader.create({
      tokens: [],
      portForward: false,
      prometheus: [server(more)],
    });
  const queriesOf = (path: string) =>
    prometheus.requests
      .filter(each => each.path.startsWith(path))
      .map(each => new URL(each.path, 'http://x').searchParams);

  it('reads pods of one target with one query, each at the time it was scraped', async () => {
    prometheus.answer(
      '/prom/api/v1/query',
      serving(
        [
          {
            name: 'vllm:prefix_cache_hits_total',
            pod: 'a',
            value: 40,
            labels: { engine: '0' },
          },
          {
            name: 'vllm:prefix_cache_queries_total',
            pod: 'a',
            value: 100,
            labels: { engine: '0' },
          },
          {
            name: 'kserve_vllm:prefix_cache_hits_total',
            pod: 'a',
            job: 'renamed',
            value: 40,
          },
          {
            name: 'kserve_vllm:prefix_cache_queries_total',
            pod: 'a',
            job: 'renamed',
            value: 100,
          },
          {
            name: 'kserve_vllm:num_requests_running',
            pod: 'a',
            job: 'renamed',
            value: 1,
          },
          {
            name: 'kserve_vllm:prefix_cache_queries_total',
            pod: 'b',
            job: 'renamed',
            value: 7,
          },
          { name: 'vllm:prefix_cache_queries_total', pod: 'old', value: 9 },
        ],
        { a: NOW - 12, b: NOW - 3, old: NOW - 120 },
      ),
    );
    const reader = readerOf({
      token: 'thanos-token',
      headers: { 'X-Scope-OrgID': 'ml' },
      matchers: { cluster: 'prod "eu"' },
    });
    const [a, b, old] = await Promise.all(
      ['a', 'b', 'old'].map(pod => reader.read(client(), engine(pod))),
    );
    expect(a.reading).toMatchObject({
      source: 'prometheus',
      at: new Date((NOW - 12) * 1000).toISOString(),
      // One of the two jobs that scrape it, and not both added up.
      metrics: { engine: 'vllm', hitTokens: 40, queryTokens: 100 },
    });
    expect(b.reading).toMatchObject({ metrics: { queryTokens: 7 } });
    expect(old.reading).toBeUndefined();
    expect(old.gap?.message).toContain('has no engine metrics of pod llm/old');

    const [first, second, ...rest] = queriesOf('/prom/api/v1/query');
    expect(rest).toEqual([]);
    expect(first.get('query')).toContain('vllm:prefix_cache_hits_total');
    expect(first.get('query')).toContain('pod=~"a|b|old"');
    expect(first.get('query')).toContain('cluster="prod \\"eu\\""');
    expect(second.get('time')).toBe(String(NOW));
    expect(prometheus.requests[0].headers).toMatchObject({
      authorization: 'Bearer thanos-token',
      'x-scope-orgid': 'ml',
    });
  });

  const exposition = {
    type: 'text/plain',
    body: '# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running 3\n',
  };
  const podPath = '/api/v1/namespaces/llm/pods/a:8000/proxy/metrics';

  it('asks the endpoint itself where Prometheus does not scrape it, without a word', async () => {
    prometheus.answer('/prom/api/v1/query', vector([]));
    cluster.answer(podPath, exposition);
    const { reading, gap, note } = await readerOf().read(client(), engine('a'));
    expect(reading).toMatchObject({
      source: 'pod-proxy',
      metrics: { running: 3 },
    });
    expect([gap, note]).toEqual([undefined, undefined]);
  });

  it.each<
    [
      string,
      FakeAnswer | undefined,
      Partial<PrometheusServer>,
      string,
      string,
      string,
    ]
  >([
    [
      '401 without a token',
      { status: 401, body: '' },
      {},
      'unauthorized',
      'HTTP 401',
      'Set token in prefixCaching.metrics.prometheus of cluster lab',
    ],
    [
      '401 with one',
      { status: 401, body: '' },
      { token: 'secret-value' },
      'unauthorized',
      'HTTP 401',
      'Renew token in',
    ],
    [
      '401 of Mimir',
      { status: 401, body: 'no org id' },
      {},
      'unauthorized',
      'no org id',
      'X-Scope-OrgID',
    ],
    [
      '403',
      {
        status: 403,
        body: 'Forbidden (user=x, verb=get, resource=prometheuses)',
      },
      {},
      'forbidden',
      'verb=get',
      'cluster-monitoring-view',
    ],
    [
      '404',
      undefined,
      {},
      'invalid',
      'HTTP 404',
      '/prom/api/v1/query should be that of Prometheus',
    ],
    [
      '400',
      {
        status: 400,
        body: { status: 'error', errorType: 'bad_data', error: 'parse error' },
      },
      {},
      'invalid',
      'HTTP 400: parse error',
      'matchers and labels',
    ],
    [
      '500',
      { status: 500, body: 'boom' },
      {},
      'unreachable',
      'boom',
      'system:auth-delegator',
    ],
    [
      '503',
      { status: 503, body: '' },
      {},
      'unreachable',
      'HTTP 503',
      'Check that the portal',
    ],
    [
      'another web page',
      { type: 'text/html', body: '<html/>' },
      {},
      'invalid',
      'none of the Prometheus HTTP API',
      'Check url in',
    ],
    [
      'an answer without a result',
      {
        body: {
          status: 'success',
          data: { resultType: 'scalar', result: [1, '1'] },
        },
      },
      {},
      'invalid',
      'none of the Prometheus HTTP API',
      'Check url in',
    ],
    [
      '17 MiB',
      { body: 'x'.repeat(17 * 1024 * 1024) },
      {},
      'too-large',
      'more than 16 MiB',
      '',
    ],
  ])(
    'names what to do about %s, and asks the endpoint itself',
    async (_, answer, more, reason, words, remedy) => {
      if (answer) prometheus.answer('/prom/api/v1/query', answer);
      cluster.answer(podPath, exposition);
      const { reading, note } = await readerOf(more).read(
        client(),
        engine('a'),
      );
      expect(reading).toMatchObject({ source: 'pod-proxy' });
      expect(note).toMatchObject({ what: 'prometheus', reason });
      expect(note?.message).toContain(words);
      expect(note?.message).toContain('of cluster lab');
      expect(note?.remedy ?? '').toContain(remedy);
      expect(JSON.stringify(note)).not.toContain('secret-value');
    },
  );

  it('says why of both where neither answers', async () => {
    prometheus.answer('/prom/api/v1/query', { status: 401, body: '' });
    cluster.answer(podPath, { status: 403, body: {} });
    const { gap } = await readerOf().read(client(), engine('a'));
    expect(gap).toMatchObject({ what: 'metrics/engine', reason: 'forbidden' });
    expect(gap?.message).toMatch(/by pod-proxy.*; Prometheus .*HTTP 401/);
    expect(gap?.remedy).toMatch(/pods\/proxy.*; or: Set token/);
  });

  describe('for charts', () => {
    const record = {
      engines: [{ pod: 'qwen-kserve-7d9c5b6f48-x2x4z' }, { pod: 'qwen-mn-0' }],
      router: { pod: 'qwen-epp-6b8cbb1ef4-gx8f9' },
    } as VerificationRecord;
    const target = { cluster: 'lab', namespace: 'llm', name: 'qwen' };

    const seriesOf = (known: VerificationRecord | undefined = record) =>
      PrometheusSeries.create({
        servers: [server()],
        records: { getRecord: async () => known },
        limits: LIMITS,
      });
    const read = (figures: Figure[], byReplica = false, known = record) =>
      seriesOf(known).read(target, {
        range: { from: (NOW - 300) * 1000, to: NOW * 1000 },
        step: 60,
        figures,
        byReplica,
      });
    const names = (...present: string[]): FakeAnswer => ({
      body: { status: 'success', data: present },
    });

    it('asks with the names there are, and leaves gaps where there is no value', async () => {
      prometheus.answer(
        '/prom/api/v1/label/__name__/values',
        names(
          'up',
          'vllm:prefix_cache_hits_total',
          'vllm:prefix_cache_queries_total',
        ),
      );
      prometheus.answer('/prom/api/v1/query_range', {
        body: {
          status: 'success',
          data: {
            resultType: 'matrix',
            result: [
              {
                metric: {},
                values: [
                  [NOW - 240, '0.5'],
                  [NOW - 120, 'NaN'],
                  [NOW, '0.75'],
                ],
              },
            ],
          },
        },
      });
      const { series, gaps } = await read([
        'delivered-hit-ratio',
        'index-size',
      ]);
      expect(series).toEqual([
        {
          figure: 'delivered-hit-ratio',
          points: [
            [(NOW - 240) * 1000, 0.5],
            [(NOW - 180) * 1000, null],
            [(NOW - 120) * 1000, null],
            [(NOW - 60) * 1000, null],
            [NOW * 1000, 0.75],
          ],
        },
      ]);
      expect(gaps).toEqual([
        {
          figure: 'index-size',
          message: expect.stringContaining('has none of its metrics'),
        },
      ]);
      const [range, ...others] = queriesOf('/prom/api/v1/query_range');
      expect(others).toEqual([]);
      const query = range.get('query') ?? '';
      expect(query).not.toContain('kserve_');
      expect(query).toContain('[120s]');
      // The pods there are now, and those that were in their place.
      expect(query).toContain(
        'qwen-kserve-[a-z0-9]{6,10}-[a-z0-9]{5}|qwen-mn-0',
      );
      expect([range.get('start'), range.get('end'), range.get('step')]).toEqual(
        [String(NOW - 240), String(NOW), '60'],
      );
    });

    it('asks for every era and twin where a proxy tells no names', async () => {
      prometheus.answer('/prom/api/v1/query_range', (request, response) => {
        const { searchParams } = new URL(request.url ?? '', 'http://x');
        const isPicks = searchParams.get('query')?.includes('picked_endpoint');
        response.end(
          JSON.stringify({
            status: 'success',
            data: {
              resultType: 'matrix',
              result: [
                {
                  metric: isPicks
                    ? { picked_endpoint: 'a-rank-0' }
                    : { pod: 'a' },
                  values: [[NOW, '1']],
                },
              ],
            },
          }),
        );
      });
      const { series } = await read(['pick-share', 'waiting'], true);
      expect(series.map(({ figure, pod }) => [figure, pod])).toEqual([
        ['pick-share', 'a'],
        ['waiting', undefined],
        ['waiting', 'a'],
      ]);
      const queries = queriesOf('/prom/api/v1/query_range').map(each =>
        each.get('query'),
      );
      expect(
        queries.some(query =>
          query?.includes('kserve_vllm:num_requests_waiting'),
        ),
      ).toBe(true);
      expect(
        queries.some(query =>
          query?.includes('inference_extension_scheduler_attempts_total'),
        ),
      ).toBe(true);
    });

    it.each<[string, FakeAnswer, string]>([
      ['refuses', { status: 403, body: '' }, 'cluster-monitoring-view'],
      ['hangs', () => {}, 'did not answer within 4 s'],
    ])(
      'says once what stands in the way of every figure when it %s',
      async (_, answer, words) => {
        prometheus.answer('/prom/api/v1/label/__name__/values', {
          status: 403,
          body: '',
        });
        prometheus.answer('/prom/api/v1/query_range', answer);
        const { series, gaps } = await read(['waiting', 'running', 'kv-usage']);
        expect(series).toEqual([]);
        expect(gaps).toEqual([{ message: expect.stringContaining(words) }]);
      },
    );

    it('has nothing to ask for before pods are known', async () => {
      const { series, gaps } = await read(['waiting'], false, {
        engines: [],
      } as never);
      expect(series).toEqual([]);
      expect(gaps[0].message).toContain('Verify it first');
      expect(prometheus.requests).toEqual([]);
    });
  });
});
