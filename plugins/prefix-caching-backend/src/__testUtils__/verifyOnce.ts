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

import { mockServices } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import { claimingEntity, createVerifier } from './createVerifier';

/** What the process is told, as JSON in its first argument. */
export interface VerifyOnceArguments {
  database: Knex.Config;
  /** Name → URL. */
  clusters: Record<string, string>;
  /** Entity name → its annotation. */
  claims: Record<string, string>;
}

/** A back end that verifies once, in a process of its own that may be killed. */
async function main() {
  const { database, clusters, claims }: VerifyOnceArguments = JSON.parse(
    process.argv[2],
  );
  const { verifications } = await createVerifier({
    knex: createKnex(database),
    clusters,
    entities: Object.entries(claims).map(([name, services]) =>
      claimingEntity(name, services),
    ),
    confirmAfter: 1,
    timeoutMs: 60_000,
    logger: mockServices.rootLogger({ level: 'error' }),
    publish: async () => {},
  });
  await verifications.runAll();
}

if (require.main === module) {
  main().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
