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
import fs from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import {
  parseExposition,
  readRouterMetrics,
  type MetricFamily,
  type RouterMetrics,
} from 'prefix-caching-core';
import { CONFORMANCE } from '../src/customResources';
import { ENGINES, GAIE_PICKER, PICKER } from '../src/Serving';
import type { ServedRelease } from '../src/servedRelease';
import { until } from '../src/until';
import type { RealService } from './realService';

/** Prefixes of what pickers expose of themselves; the rest is Go's and Kubernetes'. */
const OWN = /^(inference_|llm_d_)/;
const pods = ENGINES.map(({ name }) => name).sort();

interface Scrape {
  families: MetricFamily[];
  metrics: RouterMetrics;
}

/** What a picker really exposes, and what the plugin makes of it. */
export function pickerFigures(
  service: () => RealService,
  release: ServedRelease,
): void {
  /** A scrape after traffic, once the gauges of pool and index are written, as they are now and then. */
  async function scrape(): Promise<Scrape> {
    const { metricsToken, traffic } = service();
    await traffic();
    return until(
      'the picker counts its endpoints and what it remembers',
      async () => {
        const answer = await fetch(`http://${PICKER.address}:9090/metrics`, {
          headers: { Authorization: `Bearer ${metricsToken}` },
        });
        const families = parseExposition(await answer.text());
        const metrics = readRouterMetrics(families);
        const { readyEndpoints, indexSize = 0 } = metrics;
        return readyEndpoints === 3 && indexSize > 0 && { families, metrics };
      },
    );
  }

  it(`that of ${
    release.platform
  } exposes what its source names, and it is read as era ${release.eras.join(
    ' or ',
  )}`, async () => {
    const { families, metrics } = await scrape();
    assert.deepEqual(unknownNames(families, release.metricNames), []);
    assert.ok(release.eras.includes(metrics.era), metrics.era);
    assert.equal(metrics.family, release.family);
    assertFigures(metrics, release.scorers);
    if (release.countsPicks) assertPicks(metrics);
    else assert.deepEqual(metrics.picksByEndpoint, {});
  });

  it('GAIE 1.5 exposes what its source names, and its picks by pod are read', async () => {
    const { serving } = service();
    try {
      await serving.replacePicker(GAIE_PICKER);
      const { families, metrics } = await scrape();
      assert.deepEqual(unknownNames(families, ['m-gaie-v1.5.0']), []);
      assert.equal(metrics.era, 'E');
      assertFigures(metrics, ['prefix-cache-scorer', 'queue-scorer']);
      assertPicks(metrics);
    } finally {
      await serving.replacePicker();
    }
  });
}

/** What all say alike. */
function assertFigures(metrics: RouterMetrics, scorers: string[]): void {
  assert.ok((metrics.requests ?? 0) >= 6, `requests ${metrics.requests}`);
  assert.equal(metrics.errors, 0);
  assert.ok((metrics.predictedHitRatio?.mean ?? 0) > 0);
  assert.ok((metrics.inputTokens ?? 0) > 0);
  assert.ok((metrics.schedulerLatency?.count ?? 0) >= 6);
  assert.deepEqual([...metrics.scorers].sort(), scorers);
  assert.deepEqual(Object.keys(metrics.queueByEndpoint).sort(), pods);
}

/** Every request was a pick of one of the engines. */
function assertPicks({ picksByEndpoint, requests }: RouterMetrics): void {
  const picked = Object.entries(picksByEndpoint);
  assert.ok(picked.length > 0);
  for (const [pod] of picked) {
    assert.ok(pods.includes(pod), pod);
  }
  assert.equal(
    picked.reduce((sum, [, picks]) => sum + picks, 0),
    requests,
  );
}

/** Names of a picker's own that the tables of its release do not have. */
function unknownNames(
  families: readonly MetricFamily[],
  tables: string[],
): string[] {
  const known = new Set(
    tables.flatMap(table =>
      fs
        .readFileSync(
          path.join(CONFORMANCE, 'metrics/name-tables', `${table}.tsv`),
          'utf8',
        )
        .split('\n')
        .map(line => line.split('\t')[0]),
    ),
  );
  return families
    .map(({ name }) => name)
    .filter(name => OWN.test(name))
    .filter(name => !known.has(name) && !known.has(`${name}_total`));
}
