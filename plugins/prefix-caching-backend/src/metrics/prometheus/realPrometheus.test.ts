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

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  engineIncrease,
  routerIncrease,
  sumEngineIncreases,
  type EngineMetrics,
  type RouterMetrics,
} from 'backstage-plugin-prefix-caching-common/core';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import {
  prometheusBinary,
  RealPrometheus,
} from '../../__testUtils__/RealPrometheus';
import { DirectClusterClient } from '../../clusters/DirectClusterClient';
import type { VerificationRecord } from '../../database';
import { MetricsReader } from '../MetricsReader';
import type { Scrape, ScrapeEndpoint } from '../types';
import { PrometheusSeries } from './PrometheusSeries';
import type { PrometheusServer } from './types';

jest.retryTimes(2, { logErrorsBeforeRetry: true });

const describeIf = prometheusBinary() ? describe : describe.skip;
const examplesDir = path.resolve(__dirname, '../../../../../examples');
const NAMESPACE = 'llm-serving';
const METRICS_TOKEN = 'sandbox-metrics';

interface Pod {
  metadata: { name: string; labels: Record<string, string> };
}

describeIf(
  'the real Prometheus, scraping the sandbox (needs the package prometheus)',
  () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
    let sandbox: Sandbox;
    let client: DirectClusterClient;
    let relay: http.Server;
    let prometheus: RealPrometheus | undefined;

    beforeAll(async () => {
      sandbox = await startSandbox({
        apiPort: 0,
        gitPort: 0,
        examplesDir,
        clock,
        seed: 1,
      });
      clock.advance(60);
      client = DirectClusterClient.create({
        name: 'sandbox',
        url: new URL(sandbox.api.url),
        token: 'sandbox-reader',
        skipTLSVerify: true,
        inCluster: false,
      });
      // A picker answers to a token alone, which the API server's proxy drops.
      relay = http.createServer(async (request, response) => {
        const answer = await client.portForward(
          {
            namespace: NAMESPACE,
            pod: request.url?.slice(1) ?? '',
            port: 9090,
            scheme: 'http',
          },
          { path: '/metrics', bearerToken: METRICS_TOKEN, maxBytes: 1e7 },
        );
        response.writeHead(answer.ok ? answer.status : 502);
        response.end(answer.ok ? answer.body : answer.message);
      });
      await new Promise<void>(resolve => {
        relay.listen(0, '127.0.0.1', resolve);
      });
    });
    afterAll(async () => {
      await prometheus?.stop();
      await new Promise(resolve => {
        relay.close(resolve);
        relay.closeAllConnections();
      });
      await sandbox.close();
    });

    async function podsOf(service: string): Promise<ScrapeEndpoint[]> {
      const answer = await fetch(
        `${sandbox.api.url}/api/v1/namespaces/${NAMESPACE}/pods`,
        { headers: { authorization: 'Bearer sandbox-reader' } },
      );
      const { items } = (await answer.json()) as { items: Pod[] };
      return items
        .filter(({ metadata }) => metadata.name.startsWith(`${service}-kserve`))
        .map(({ metadata: { name, labels } }) => {
          const isEngine = labels['kserve.io/component'] === 'workload';
          return {
            role: isEngine ? 'engine' : 'router',
            namespace: NAMESPACE,
            pod: name,
            port: isEngine ? 8000 : 9090,
            scheme: 'http',
            path: '/metrics',
            authenticated: !isEngine,
          };
        });
    }

    function startPrometheus(endpoints: readonly ScrapeEndpoint[]) {
      const { port } = relay.address() as AddressInfo;
      const api = new URL(sandbox.api.url).host;
      return RealPrometheus.start(
        endpoints.flatMap(({ role, namespace, pod }) => {
          const target = { labels: { namespace, pod } };
          return role === 'router'
            ? [{ ...target, address: `127.0.0.1:${port}`, path: `/${pod}` }]
            : // Twice, as by two monitors: it must be counted once.
              [1, 2].map(() => ({
                ...target,
                address: api,
                path: `/api/v1/namespaces/${namespace}/pods/${pod}:8000/proxy/metrics`,
                bearerToken: 'sandbox-reader',
              }));
        }),
      );
    }

    it('gives the figures that direct scraping gives', async () => {
      const endpoints = await podsOf('qwen-3b-gpu');
      expect(endpoints.map(({ role }) => role).sort()).toEqual([
        'engine',
        'engine',
        'engine',
        'router',
      ]);
      prometheus = await startPrometheus(endpoints);
      const server: PrometheusServer = {
        cluster: 'sandbox',
        url: new URL(prometheus.url),
        headers: {},
        tls: { rejectUnauthorized: true },
        matchers: {},
        labels: { namespace: 'namespace', pod: 'pod' },
        scrapeIntervalSeconds: 1,
      };
      const common = {
        tokens: [{ cluster: 'sandbox', token: METRICS_TOKEN }],
        portForward: true,
      };
      const direct = MetricsReader.create(common);
      const stored = MetricsReader.create({ ...common, prometheus: [server] });
      const readAll = (reader: MetricsReader) =>
        Promise.all(endpoints.map(endpoint => reader.read(client, endpoint)));

      /** Time stands still in the sandbox until Prometheus has seen it. */
      async function settled(): Promise<{ own: Scrape[]; kept: Scrape[] }> {
        const own = await readAll(direct);
        const since = Date.now();
        for (;;) {
          const kept = await readAll(stored);
          const isSeen = kept.every(
            ({ reading }) =>
              reading?.source === 'prometheus' &&
              Date.parse(reading.at) > since,
          );
          if (isSeen) return { own, kept };
          if (Date.now() - since > 30_000) {
            throw new Error(
              `Prometheus did not scrape all pods: ${JSON.stringify(kept)}`,
            );
          }
          await pause(250);
        }
      }

      // The first port-forward loads the Kubernetes client, which takes a while.
      await readAll(direct);
      const before = await settled();
      expect(before.own.flatMap(({ gap }) => gap ?? [])).toEqual([]);
      expect(before.own.map(({ reading }) => reading?.source).sort()).toEqual([
        'pod-proxy',
        'pod-proxy',
        'pod-proxy',
        'port-forward',
      ]);
      expect(metricsOf(before.kept)).toEqual(metricsOf(before.own));

      const from = Date.now();
      for (let step = 0; step < 5; step++) {
        clock.advance(20);
        await pause(1_000);
      }
      const after = await settled();
      const to = Date.now();
      expect(metricsOf(after.kept)).toEqual(metricsOf(after.own));
      expect(metricsOf(after.own)).not.toEqual(metricsOf(before.own));

      // And over time: what PromQL makes of the whole range, and what two
      // samples of our own do.
      const engines = sumEngineIncreases(
        endpoints.flatMap(({ role }, index) =>
          role === 'engine'
            ? [
                engineIncrease(
                  before.own[index].reading?.metrics as EngineMetrics,
                  after.own[index].reading?.metrics as EngineMetrics,
                ),
              ]
            : [],
        ),
      );
      const at = endpoints.findIndex(({ role }) => role === 'router');
      const router = routerIncrease(
        before.own[at].reading?.metrics as RouterMetrics,
        after.own[at].reading?.metrics as RouterMetrics,
      );
      const { series, gaps, grid } = await PrometheusSeries.create({
        servers: [server],
        records: {
          getRecord: async () =>
            ({
              engines: endpoints.filter(({ role }) => role === 'engine'),
              router: endpoints[at],
            } as unknown as VerificationRecord),
        },
      }).read(
        { cluster: 'sandbox', namespace: NAMESPACE, name: 'qwen-3b-gpu' },
        {
          range: { from: from - 5_000, to },
          step: 1,
          figures: [
            'delivered-hit-ratio',
            'predicted-hit-ratio',
            'time-to-first-token-p50',
            'scheduler-latency',
            'request-rate',
            'error-rate',
            'ready-endpoints',
            'index-size',
            'kv-usage',
            'pick-share',
            'external-hit-ratio',
          ],
          byReplica: false,
        },
      );
      expect(grid.stepMs).toBe(1000);
      expect(gaps.map(({ figure }) => figure)).toEqual(['external-hit-ratio']);
      const valuesOf = (figure: string) =>
        series
          .filter(each => each.figure === figure)
          .map(({ points }) => points.flatMap(([, value]) => value ?? []));
      const mean = (values: number[]) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;

      const [delivered] = valuesOf('delivered-hit-ratio');
      expect(mean(delivered)).toBeCloseTo(engines.deliveredHitRatio ?? NaN, 1);
      const [predicted] = valuesOf('predicted-hit-ratio');
      expect(mean(predicted)).toBeCloseTo(router.predictedHitRatio ?? NaN, 1);
      const [p50] = valuesOf('time-to-first-token-p50');
      expect(mean(p50)).toBeCloseTo(engines.timeToFirstToken?.p50 ?? NaN, 1);
      const [latency] = valuesOf('scheduler-latency');
      expect(mean(latency)).toBeCloseTo(router.schedulerLatency?.p99 ?? NaN, 3);
      expect(valuesOf('error-rate')[0].every(rate => rate === 0)).toBe(true);
      const metrics = after.own[at].reading?.metrics as RouterMetrics;
      expect(valuesOf('ready-endpoints')[0].at(-1)).toBe(
        metrics.readyEndpoints,
      );
      expect(valuesOf('index-size')[0].at(-1)).toBe(metrics.indexSize);

      // Two monitors scrape each engine, and yet a request counts once: rates
      // are per second of Prometheus, in which the sandbox' time runs faster.
      const seconds = (to - from) / 1000;
      const [rates] = valuesOf('request-rate');
      const served = mean(rates) * (rates.length + 3);
      expect(served / (engines.requests ?? NaN)).toBeGreaterThan(0.5);
      // How well the windows meet depends on the machine; twice would be 2 and more.
      expect(served / (engines.requests ?? NaN)).toBeLessThan(1.9);
      expect(seconds).toBeGreaterThan(5);

      const shares = valuesOf('pick-share');
      expect(shares.length).toBeGreaterThan(1);
      expect(
        shares.reduce((sum, values) => sum + (values.at(-1) ?? 0), 0),
      ).toBeLessThanOrEqual(1.001);
      const total = Object.values(router.picksByEndpoint ?? {}).reduce(
        (a, b) => a + b,
        0,
      );
      for (const { pod = '', points } of series.filter(
        ({ figure }) => figure === 'pick-share',
      )) {
        const own = (router.picksByEndpoint?.[pod] ?? 0) / total;
        const drawn = mean(points.flatMap(([, value]) => value ?? []));
        expect(Math.abs(drawn - own)).toBeLessThan(0.2);
      }
    });
  },
);

/** Prometheus has series in an order of its own. */
function metricsOf(scrapes: readonly Scrape[]) {
  return scrapes.map(({ reading }) => {
    const metrics = reading?.metrics;
    return metrics && 'scorers' in metrics
      ? { ...metrics, scorers: [...metrics.scorers].sort() }
      : metrics;
  });
}

function pause(ms: number) {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}
