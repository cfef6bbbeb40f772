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
export function pickerFigures(service: () => RealService): void {
  /** A scrape after traffic, once the gauges of the pool are written. */
  async function scrape(): Promise<Scrape> {
    const { metricsToken, traffic } = service();
    await traffic();
    return until('the picker counts its endpoints', async () => {
      const answer = await fetch(`http://${PICKER.address}:9090/metrics`, {
        headers: { Authorization: `Bearer ${metricsToken}` },
      });
      const families = parseExposition(await answer.text());
      const metrics = readRouterMetrics(families);
      return metrics.readyEndpoints === 3 && { families, metrics };
    });
  }

  it('llm-d 0.7.1 exposes what its source names, and it is read as era D', async () => {
    const { families, metrics } = await scrape();
    assert.deepEqual(
      unknownNames(families, ['m-gaie-v1.4.0', 'm-router-v0.7.1']),
      [],
    );
    assert.equal(metrics.era, 'D');
    assert.equal(metrics.family, 'inference_objective');
    assert.deepEqual(labelsOf(families, 'scheduler_attempts_total'), [
      'status',
    ]);
    assertFigures(metrics);
    assert.deepEqual(metrics.picksByEndpoint, {}, 'it counts no picks by pod');
  });

  it('GAIE 1.5 exposes what its source names, and its picks by pod are read', async () => {
    const { serving } = service();
    await serving.replacePicker(GAIE_PICKER);
    try {
      const { families, metrics } = await scrape();
      assert.deepEqual(unknownNames(families, ['m-gaie-v1.5.0']), []);
      assert.equal(metrics.era, 'E');
      assertFigures(metrics);
      const picked = Object.entries(metrics.picksByEndpoint);
      assert.ok(picked.length > 0);
      for (const [pod] of picked) {
        assert.ok(pods.includes(pod), pod);
      }
      assert.equal(
        picked.reduce((sum, [, picks]) => sum + picks, 0),
        metrics.requests,
      );
    } finally {
      await serving.replacePicker();
    }
  });
}

/** What both say alike. */
function assertFigures(metrics: RouterMetrics): void {
  assert.ok((metrics.requests ?? 0) >= 6, `requests ${metrics.requests}`);
  assert.equal(metrics.errors, 0);
  assert.ok((metrics.predictedHitRatio?.mean ?? 0) > 0);
  assert.ok((metrics.indexSize ?? 0) > 0);
  assert.ok((metrics.inputTokens ?? 0) > 0);
  assert.ok((metrics.schedulerLatency?.count ?? 0) >= 6);
  assert.deepEqual([...metrics.scorers].sort(), [
    'prefix-cache-scorer',
    'queue-scorer',
  ]);
  assert.deepEqual(Object.keys(metrics.queueByEndpoint).sort(), pods);
}

function labelsOf(families: readonly MetricFamily[], suffix: string): string[] {
  const [sample] =
    families.find(({ samples }) =>
      samples.some(({ name }) => name.endsWith(suffix)),
    )?.samples ?? [];
  return Object.keys(sample?.labels ?? {}).sort();
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
