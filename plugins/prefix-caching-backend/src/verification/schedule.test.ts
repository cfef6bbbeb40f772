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

import { setTimeout as sleep } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { claimingEntity } from '../__testUtils__/createVerifier';
import { createTestDatabases } from '../__testUtils__/databases';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { entityPath, startPlugin } from '../__testUtils__/startPlugin';

const databases = createTestDatabases();
const SERVICES = '/apis/serving.kserve.io/v1alpha2/llminferenceservices';

/** As short as the configuration allows, and as often as the scheduler looks. */
const INTERVAL_SECONDS = 5;

describe.each(databases.eachSupportedId())('the schedule on %s', databaseId => {
  it('is shared by two back ends, and taken over when one stops', async () => {
    const knex = await databases.init(databaseId);
    const cluster = await FakeCluster.start();
    cluster.answerList(SERVICES, [
      { metadata: { name: 'a', namespace: 'llm' }, spec: {} },
    ]);
    const runs: { by: string; at: number }[] = [];
    const start = (by: string) =>
      startPlugin({
        clusters: { lab: cluster.url },
        entities: [claimingEntity('a', 'llm/a')],
        prefixCaching: {
          schedule: {
            frequency: { seconds: INTERVAL_SECONDS },
            initialDelay: { seconds: 0 },
          },
        },
        scheduler: schedulerServiceFactory,
        features: [databaseOf(knex), loggerThatCounts(by, runs)],
      });
    const one = await start('one');
    const two = await start('two');
    try {
      await until(() => runs.length >= 4);
      const shared = [...runs];
      const seconds = (shared.at(-1)!.at - shared[0].at) / 1_000;
      // Two that did not share would come to twice as many; one more than the
      // interval allows is the scheduler's own, which never skips a turn.
      expect(shared.length).toBeLessThanOrEqual(seconds / INTERVAL_SECONDS + 2);
      const seen = await Promise.all(
        [one, two].map(back => back.get(entityPath('a'))),
      );
      expect(seen[0].body.targets[0].lastRun).toMatchObject({
        by: 'schedule',
      });
      expect(seen[1].body.targets).toEqual(seen[0].body.targets);

      await one.stop();
      const before = runs.length;
      await until(() => runs.slice(before).some(({ by }) => by === 'two'));
    } finally {
      await two.stop();
      await cluster.stop();
    }
  });
});

async function until(condition: () => boolean) {
  while (!condition()) {
    await sleep(100);
  }
}

function databaseOf(knex: Knex): BackendFeature {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: () => ({ getClient: async () => knex }),
  });
}

/** Notes each scheduled run that a back end has been through. */
function loggerThatCounts(
  by: string,
  runs: { by: string; at: number }[],
): BackendFeature {
  const logger = mockServices.logger.mock({
    debug: message => {
      if (/^Verified \d+ targets/.test(message)) {
        runs.push({ by, at: Date.now() });
      }
    },
    child: () => logger,
  });
  return createServiceFactory({
    service: coreServices.logger,
    deps: {},
    factory: () => logger,
  });
}
