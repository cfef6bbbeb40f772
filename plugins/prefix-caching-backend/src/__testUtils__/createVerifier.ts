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
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import { ClusterRegistry } from '../clusters';
import type { MetricsToken } from '../config';
import { DatabaseSeriesStore, DatabaseVerificationStore } from '../database';
import { MetricsReader } from '../metrics';
import { ClusterObserver } from '../observation';
import { SeriesRecorder } from '../series';
import {
  ChangePublisher,
  ClaimReader,
  VerificationService,
} from '../verification';

/** Everything that verifies, over real HTTP and a real database. */
export async function createVerifier(options: {
  knex: Knex;
  /** Name → URL. */
  clusters: Record<string, string>;
  entities: Entity[];
  tokens?: MetricsToken[];
  portForward?: boolean;
  now?: () => number;
  /** 10 by default, as in the sandbox. */
  intervalSeconds?: number;
  /** 2 by default. */
  confirmAfter?: number;
  /** How long a cluster may take to answer; a minute by default, for a busy machine. */
  timeoutMs?: number;
  /** Where there is no Jest to mock them. */
  logger?: LoggerService;
  publish?: SignalsService['publish'];
}) {
  const { now, entities, intervalSeconds = 10, timeoutMs = 60_000 } = options;
  const auth = mockServices.auth();
  const logger = (options.logger ?? mockServices.logger.mock()) as ReturnType<
    typeof mockServices.logger.mock
  >;
  const signals = { publish: options.publish ?? jest.fn(async () => {}) };
  const clusters = ClusterRegistry.create({
    config: new ConfigReader({
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: Object.entries(options.clusters).map(([name, url]) => ({
              name,
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: 'sandbox-reader',
              skipTLSVerify: true,
            })),
          },
        ],
      },
    }),
    auth,
    discovery: mockServices.discovery(),
    limits: {
      connectTimeoutMs: timeoutMs,
      totalTimeoutMs: timeoutMs,
      maxListBytes: 64 * 1024 * 1024,
    },
  });
  const store = await DatabaseVerificationStore.create({
    database: mockServices.database({ knex: options.knex }),
  });
  const figures = await DatabaseSeriesStore.create({
    database: mockServices.database({ knex: options.knex }),
  });
  const metrics = MetricsReader.create({
    tokens: options.tokens ?? [],
    portForward: options.portForward ?? false,
    now,
  });
  const verifications = VerificationService.create({
    auth,
    claims: ClaimReader.create({
      auth,
      catalog: catalogServiceMock({ entities }),
      clusters,
      now,
    }),
    observer: ClusterObserver.create({
      clusters,
      metrics,
      store,
      intervalSeconds,
      now,
    }),
    store,
    series: SeriesRecorder.create({ store: figures, logger, intervalSeconds }),
    publisher: ChangePublisher.create({ signals, logger }),
    logger,
    thresholds: {},
    intervalSeconds,
    confirmAfter: options.confirmAfter ?? 2,
    now,
  });
  return { verifications, store, figures, signals, logger };
}

/** An entity that claims LLMInferenceServices. */
export function claimingEntity(name: string, services: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'serving.kserve.io/llm-inference-services': services },
    },
    spec: { type: 'service', owner: 'team-a', lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
  };
}
