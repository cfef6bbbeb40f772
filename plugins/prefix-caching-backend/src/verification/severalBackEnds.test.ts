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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import {
  claimingEntity,
  createVerifier,
} from '../__testUtils__/createVerifier';
import { createTestDatabases } from '../__testUtils__/databases';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import type { VerifyOnceArguments } from '../__testUtils__/verifyOnce';

jest.setTimeout(180_000);

const databases = createTestDatabases();
const directory = createMockDirectory();

const SERVICES = '/apis/serving.kserve.io/v1alpha2/llminferenceservices';
const names = ['a', 'b', 'c'];
const claims = {
  fast: names.map(name => `fast/llm/${name}`).join(),
  slow: 'slow/llm/late',
};

describe.each(databases.eachSupportedId())('back ends on %s', databaseId => {
  let fast: FakeCluster;
  let slow: FakeCluster;
  let config: Knex.Config;
  let knex: Knex;
  const opened: Knex[] = [];

  beforeEach(async () => {
    fast = await FakeCluster.start();
    slow = await FakeCluster.start();
    fast.answerList(
      SERVICES,
      names.map(name => ({ metadata: { name, namespace: 'llm' }, spec: {} })),
    );
    if (databaseId === 'SQLITE_3') {
      directory.clear();
      config = {
        client: 'better-sqlite3',
        connection: { filename: directory.resolve('store.sqlite') },
        useNullAsDefault: true,
      };
      knex = open();
    } else {
      knex = await databases.init(databaseId);
      const { client, connection } = knex.client.config;
      config = { client, connection };
    }
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(each => each.destroy()));
    await fast.stop();
    await slow.stop();
  });

  function open(): Knex {
    const client = createKnex(config);
    opened.push(client);
    return client;
  }

  /** Two connections of one process would wait for each other on one SQLite file. */
  const another = () => (databaseId === 'SQLITE_3' ? knex : open());

  function backEnd(on: Knex) {
    return createVerifier({
      knex: on,
      clusters: { fast: fast.url, slow: slow.url },
      entities: Object.entries(claims).map(([name, services]) =>
        claimingEntity(name, services),
      ),
      confirmAfter: 1,
    });
  }

  /** Of every target and check: how often history begins. */
  async function beginnings(): Promise<Record<string, number>> {
    const rows = await knex('verdict_changes').whereNull('from_verdict');
    const counts: Record<string, number> = {};
    for (const { cluster, name, check_id } of rows) {
      const key = `${cluster}/${name} ${check_id}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  const recorded = async () =>
    (await knex('verifications').orderBy('name')).map(row => row.name);

  it('record the same runs at the same time once each, and none is lost', async () => {
    slow.answerList(SERVICES, [
      { metadata: { name: 'late', namespace: 'llm' }, spec: {} },
    ]);
    const [one, two] = [await backEnd(knex), await backEnd(another())];
    const byHand = (back: typeof one, name: string) =>
      back.verifications.runTargets(
        [{ cluster: 'fast', namespace: 'llm', name }],
        {
          credentials: mockCredentials.service('plugin:prefix-caching'),
          by: `user:default/${name}`,
        },
      );
    await Promise.all([
      one.verifications.runAll(),
      two.verifications.runAll(),
      byHand(one, 'a'),
      byHand(two, 'a'),
      byHand(two, 'b'),
    ]);
    for (const { logger } of [one, two]) {
      expect(logger.error).not.toHaveBeenCalled();
      expect(logger.warn).not.toHaveBeenCalled();
    }
    expect(await recorded()).toEqual(['a', 'b', 'c', 'late']);
    const counts = await beginnings();
    expect(Object.keys(counts).length).toBeGreaterThan(20);
    expect(new Set(Object.values(counts))).toEqual(new Set([1]));
  });

  it('go on where one was killed in the middle of a run', async () => {
    // Sets the tables up, so that both know them.
    const survivor = await backEnd(knex);
    slow.answer(SERVICES, () => {});
    const told: VerifyOnceArguments = {
      database: config,
      clusters: { fast: fast.url, slow: slow.url },
      claims,
    };
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.resolve(__dirname, '../__testUtils__/verifyOnce.ts'),
        JSON.stringify(told),
      ],
      { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const exited = once(child, 'exit');
    try {
      while ((await recorded()).length < names.length) {
        expect(child.exitCode).toBeNull();
        await sleep(50);
      }
    } finally {
      child.kill('SIGKILL');
    }
    await exited;
    expect(child.signalCode).toBe('SIGKILL');
    expect(await recorded()).toEqual(names);
    expect(await knex('target_summaries')).toHaveLength(names.length);
    const before = await beginnings();

    slow.answerList(SERVICES, [
      { metadata: { name: 'late', namespace: 'llm' }, spec: {} },
    ]);
    await survivor.verifications.runAll();
    expect(await recorded()).toEqual(['a', 'b', 'c', 'late']);
    const after = await beginnings();
    expect(after).toMatchObject(before);
    expect(new Set(Object.values(after))).toEqual(new Set([1]));
    expect(
      Object.keys(after).filter(key => key.startsWith('slow/late')).length,
    ).toBeGreaterThan(5);
  });
});
