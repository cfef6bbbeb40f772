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

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { prefixCachingPermissions } from 'backstage-plugin-prefix-caching-common';
import { ClusterRegistry } from './clusters';
import { readConfig } from './config';
import { DatabaseVerificationStore, VerificationCleaner } from './database';
import { MetricsReader } from './metrics';
import { ClusterObserver } from './observation';
import { createRouter, EntityAccess, EntityReporter } from './router';
import {
  ChangePublisher,
  ClaimReader,
  VerificationService,
} from './verification';

/**
 * Verifies prefix caching on live LLMInferenceServices, on a schedule and on
 * demand, and serves what the entity tab shows.
 *
 * Reads the section `prefixCaching` and the portal's own `kubernetes` section.
 * A mistake in the former stops the start.
 *
 * @public
 */
export const prefixCachingPlugin = createBackendPlugin({
  pluginId: 'prefix-caching',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { auth, catalog, config, httpAuth, logger, scheduler } = deps;
        const settings = readConfig(config);
        const { thresholds, requireBackReference, schedule } = settings;
        const { intervalSeconds, frequency, timeout, initialDelay } = schedule;

        deps.permissionsRegistry.addPermissions(prefixCachingPermissions);
        const store = await DatabaseVerificationStore.create(deps);
        const clusters = ClusterRegistry.create({
          config,
          auth,
          discovery: deps.discovery,
          transport: settings.transport,
          only: settings.clusters,
        });
        const metrics = MetricsReader.create(settings.metrics);
        const observer = ClusterObserver.create({
          clusters,
          metrics,
          store,
          intervalSeconds,
        });
        const claims = ClaimReader.create({ auth, catalog, clusters });
        const verifications = VerificationService.create({
          auth,
          claims,
          observer,
          store,
          publisher: ChangePublisher.create(deps),
          logger,
          thresholds,
          intervalSeconds,
        });
        const reporter = EntityReporter.create({
          catalog,
          claims,
          clusters,
          store,
          requireBackReference,
          responsible: settings.responsible,
          thresholds,
          intervalSeconds,
        });

        deps.httpRouter.use(
          createRouter({
            access: EntityAccess.create(deps),
            auditor: deps.auditor,
            httpAuth,
            reporter,
            verifications,
          }),
        );
        await scheduler.scheduleTask({
          id: 'prefix-caching-verification',
          frequency,
          timeout,
          initialDelay,
          scope: 'global',
          fn: signal => verifications.runAll(signal),
        });
        await VerificationCleaner.create({
          store,
          logger,
          retention: settings.retention,
        }).schedule(scheduler);
      },
    });
  },
});
