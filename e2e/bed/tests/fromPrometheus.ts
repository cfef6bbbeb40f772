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
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { RealPrometheus } from '../../../plugins/prefix-caching-backend/src/__testUtils__/RealPrometheus';
import { CLUSTER } from '../src/clusterConfig';
import { createPortalAccount, userOf } from '../src/portalAccount';
import { ENGINES, PICKER } from '../src/Serving';
import { NAMESPACE } from '../src/servingObjects';
import { until } from '../src/until';
import type { RealService } from './realService';

const ACCOUNT = 'prometheus-only';
const WAYS_TO_METRICS = ['pods/proxy', 'pods/portforward'];

/** The same service, its figures from a Prometheus that scrapes it. */
export function fromPrometheus(service: () => RealService): void {
  let prometheus: RealPrometheus;

  before(async () => {
    const { metricsToken } = service();
    prometheus = await RealPrometheus.start([
      ...ENGINES.map(({ name, address, port }) => ({
        address: `${address}:${port}`,
        path: '/metrics',
        labels: { namespace: NAMESPACE, pod: name },
      })),
      {
        address: `${PICKER.address}:9090`,
        path: '/metrics',
        labels: { namespace: NAMESPACE, pod: PICKER.name },
        bearerToken: metricsToken,
      },
    ]);
    // What it has not scraped yet would be asked of the pods themselves.
    await until('Prometheus has scraped them all', async () => {
      const query = new URLSearchParams({ query: 'sum(up)' });
      const answer = await fetch(`${prometheus.url}/api/v1/query?${query}`);
      const { data } = (await answer.json()) as {
        data: { result: { value: [number, string] }[] };
      };
      return Number(data.result[0]?.value[1]) === ENGINES.length + 1;
    });
  });

  after(async () => {
    await prometheus?.stop();
  });

  it('prove routing without any right to reach a pod', async () => {
    const { bed, startPortal, traffic } = service();
    const token = await createPortalAccount(
      bed.api,
      ACCOUNT,
      ({ resources }) =>
        !resources.some(resource => WAYS_TO_METRICS.includes(resource)),
    );
    const portal = await startPortal({
      token,
      metricsToken: '',
      prefixCaching: {
        metrics: {
          prometheus: [
            {
              cluster: CLUSTER,
              url: prometheus.url,
              scrapeInterval: { seconds: 1 },
            },
          ],
        },
      },
    });
    try {
      const report = await portal.verifyUntil(
        each => each.verification.verdict === 'pass',
        { traffic },
      );
      const metrics = report.finding('router.metrics');
      assert.match(JSON.stringify(metrics.evidence), /prometheus/);
      assert.equal(report.finding('routing.bypass').verdict, 'pass');
      assert.equal(report.finding('routing.delivered-hits').verdict, 'pass');
    } finally {
      await portal.stop();
    }
    const tried = bed.apiServer
      .audit()
      .filter(
        ({ user, objectRef }) =>
          user.username === userOf(ACCOUNT) &&
          ['proxy', 'portforward'].includes(objectRef?.subresource ?? ''),
      );
    assert.deepEqual(tried, []);
  });
}
