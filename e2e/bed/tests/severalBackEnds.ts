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
import path from 'node:path';
import { after, before, it } from 'node:test';
import { mockServices } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import { fileOf } from '../src/parts';
import { Postgres } from '../src/Postgres';
import type { Portal } from '../src/Portal';
import type { RealService } from './realService';

const DATABASE = 'portal';

/** Two back ends of one portal, as they run side by side: one database, one service. */
export function severalBackEnds(service: () => RealService): void {
  let postgres: Postgres | undefined;
  const opened: Knex[] = [];
  const portals: Portal[] = [];

  const connect = (database: string) => {
    assert.ok(postgres);
    const knex = createKnex({
      client: 'pg',
      connection: postgres.connection(database),
    });
    opened.push(knex);
    return knex;
  };

  before(async () => {
    const { bed, startPortal } = service();
    postgres = await Postgres.start(
      fileOf(bed.parts.postgres),
      path.join(bed.folder, 'postgres'),
    );
    await connect('postgres').raw(`create database ${DATABASE}`);
    for (let backEnd = 0; backEnd < 2; backEnd++) {
      const knex = connect(DATABASE);
      portals.push(
        await startPortal({
          features: [mockServices.database.factory({ knex })],
        }),
      );
    }
  });

  after(async () => {
    await Promise.all(portals.map(portal => portal.stop()));
    await Promise.all(opened.map(knex => knex.destroy()));
    await postgres?.stop();
  });

  it('share samples: what one read, the other goes on from', async () => {
    const { traffic } = service();
    const [one, other] = portals;
    await one.verify();
    await traffic();
    const report = await other.verifyUntil(
      each => each.verification.verdict === 'pass',
      { traffic },
    );
    assert.equal(report.finding('routing.bypass').verdict, 'pass');
  });

  it('record runs at the same time once each', async () => {
    const { traffic } = service();
    await traffic();
    await Promise.all(
      [...portals, ...portals, ...portals].map(portal => portal.verify()),
    );
    const knex = connect(DATABASE);
    const records = await knex('verifications').count({ rows: '*' });
    assert.equal(Number(records[0].rows), 1);
    const beginnings: { check_id: string; rows: string }[] = await knex(
      'verdict_changes',
    )
      .whereNull('from_verdict')
      .groupBy('check_id')
      .select('check_id')
      .count({ rows: '*' });
    assert.ok(beginnings.length > 5, `only ${beginnings.length}`);
    assert.deepEqual(
      beginnings.filter(({ rows }) => Number(rows) !== 1),
      [],
    );
  });
}
