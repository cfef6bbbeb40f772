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

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  Finding,
  Verdict,
} from 'backstage-plugin-prefix-caching-common/core';
import createKnex from 'knex';
import { ClusterRegistry } from '../src/clusters';
import {
  DatabaseVerificationStore,
  DatabaseWaiverStore,
  summaryOf,
  type VerificationRecord,
} from '../src/database';
import { FleetReader } from '../src/fleet';
import { ClaimReader, Rejudge } from '../src/verification';

/**
 * The fleet page over an in-memory SQLite, beside what it would take without
 * summaries: reading the record of every target, as the tab does for one.
 */
const ENTITIES = 1_000;
const AT = '2026-11-22T10:00:00.000Z';
const VERDICTS: Verdict[] = ['pass', 'pass', 'pass', 'warn', 'fail'];

function entityOf(index: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `model-${index}`,
      namespace: 'default',
      annotations: {
        'serving.kserve.io/llm-inference-services': `lab/llm/model-${index}-gpu,lab/llm/model-${index}-tpu`,
      },
    },
    spec: { type: 'model-server', owner: 'team', lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: `group:default/t${index % 40}` }],
  };
}

function recordOf(name: string, verdict: Verdict): VerificationRecord {
  const target = { cluster: 'lab', namespace: 'llm', name };
  const findings = Array.from(
    { length: 20 },
    (_, index): Finding => ({
      check: `check.${index}`,
      component: 'router',
      requirement: 'required',
      verdict: index === 0 ? verdict : 'pass',
      summary: 'What was found, in one sentence of usual length.',
      expected: 'what was expected',
      actual: 'what is the case',
      evidence: [{ subject: 'Pod', value: '--flag=value '.repeat(80) }],
      commands: [{ purpose: 'to see it', command: 'kubectl get pods -n llm' }],
      responsible: 'owner',
      since: { first: AT },
    }),
  );
  return {
    target,
    found: true,
    verification: {
      target,
      verdict,
      summary: 'What is the case with it, in one sentence.',
      phase: 'running',
      freshness: 'fresh',
      findings,
      observedAt: AT,
      gaps: [],
    },
    accelerator: { id: 'nvidia-t4', name: 'NVIDIA T4', class: 'gpu' },
    model: 'qwen2.5-3b',
    engines: [],
    lastRun: { at: AT, by: 'schedule', durationMs: 5 },
    states: {},
    baseline: { at: AT, verdicts: {} },
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

async function main() {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const database = mockServices.database({ knex });
  const store = await DatabaseVerificationStore.create({ database });
  const entities = Array.from({ length: ENTITIES }, (_, index) =>
    entityOf(index),
  );
  const targets = entities.flatMap(({ metadata: { name } }) => [
    `${name}-gpu`,
    `${name}-tpu`,
  ]);
  for (const [index, name] of targets.entries()) {
    const record = recordOf(name, VERDICTS[index % VERDICTS.length]);
    await store.saveRecord(record, { changes: [] });
  }

  const byRef = new Map(
    entities.map(entity => [
      `component:default/${entity.metadata.name}`,
      entity,
    ]),
  );
  const catalog = Object.assign(catalogServiceMock({ entities }), {
    getEntitiesByRefs: async ({ entityRefs }: { entityRefs: string[] }) => ({
      items: entityRefs.map(ref => byRef.get(ref)),
    }),
  });
  const auth = mockServices.auth();
  const clusters = ClusterRegistry.create({
    config: new ConfigReader({
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'lab',
                url: 'https://127.0.0.1:9',
                authProvider: 'serviceAccount',
                serviceAccountToken: 't',
              },
            ],
          },
        ],
      },
    }),
    auth,
    discovery: mockServices.discovery(),
  });
  const claims = ClaimReader.create({ auth, catalog, clusters });
  const fleet = FleetReader.create({
    catalog,
    claims,
    store,
    waivers: await DatabaseWaiverStore.create({ database }),
    rejudge: Rejudge.create({ store, thresholds: {} }),
    requireBackReference: 'none',
    responsible: {},
    thresholds: {},
  });
  const user = mockCredentials.user();

  const [readClaims] = await timed(() => claims.read());
  const [first, page] = await timed(() => fleet.page({}, user));
  const [next] = await timed(() => fleet.page({ offset: 25 }, user));
  const [other] = await timed(() =>
    fleet.page({}, mockCredentials.user('user:default/other')),
  );
  const [plain] = await timed(async () => {
    for (const name of targets) {
      const record = await store.getRecord({
        cluster: 'lab',
        namespace: 'llm',
        name,
      });
      if (record) summaryOf(record);
    }
  });
  const row = (what: string, ms: number) =>
    `${what.padEnd(58)}${ms.toFixed(1).padStart(9)} ms${(plain / ms)
      .toFixed(1)
      .padStart(9)} ×`;
  process.stdout.write(
    `${[
      `Fleet page: ${ENTITIES} entities, ${page.totalItems} targets`,
      `${'step'.padEnd(58)}${'time'.padStart(12)}${'ratio'.padStart(11)}`,
      row('every record, one by one', plain),
      row('first page after a while', first),
      row('next page, same user', next),
      row('first page, another user', other),
      row('claims of the catalog, once in ten seconds', readClaims),
    ].join('\n')}\n`,
  );
  await knex.destroy();
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
