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
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { durationToMilliseconds } from '@backstage/types';
import { prefixCachingPermissions } from 'backstage-plugin-prefix-caching-common';
import { DEFAULT_THRESHOLDS } from 'backstage-plugin-prefix-caching-common/core';
import { prefixCachingExtensionPoint } from 'backstage-plugin-prefix-caching-node';
import {
  createGetVerificationStatusAction,
  createRunVerificationAction,
} from './actions';
import { ClusterInspector, ClusterRegistry, MAX_STALE_MS } from './clusters';
import { readConfig } from './config';
import {
  DatabaseProbeStore,
  DatabaseSeriesStore,
  DatabaseVerificationStore,
  DatabaseWaiverStore,
  VerificationCleaner,
} from './database';
import { Extensions } from './Extensions';
import { FleetReader, UnclaimedReader } from './fleet';
import { MetricsReader, PrometheusSeries } from './metrics';
import { ClusterObserver } from './observation';
import { ProbeService, ProbeSubjects } from './probe';
import {
  createRouter,
  EntityAccess,
  EntityReporter,
  OfferedTables,
} from './router';
import { RouterLogReader } from './routerLog';
import { SeriesKeeper, SeriesReader, SeriesRecorder } from './series';
import {
  ChangePublisher,
  ClaimReader,
  Rejudge,
  VerificationService,
  WaiverService,
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
    const extensions = Extensions.create();
    env.registerExtensionPoint(prefixCachingExtensionPoint, extensions);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { auth, catalog, config, httpAuth, logger, scheduler } = deps;
        const settings = readConfig(config);
        const { thresholds, requireBackReference, schedule } = settings;
        const { intervalSeconds, confirmAfter } = schedule;
        const { frequency, timeout, initialDelay } = schedule;

        deps.permissionsRegistry.addPermissions(prefixCachingPermissions);
        const store = await DatabaseVerificationStore.create(deps);
        const waivers = await DatabaseWaiverStore.create(deps);
        const probes = await DatabaseProbeStore.create(deps);
        const figures = await DatabaseSeriesStore.create(deps);
        const rejudge = Rejudge.create({ store, thresholds });
        const clusters = ClusterRegistry.create({
          config,
          auth,
          discovery: deps.discovery,
          transport: settings.transport,
          only: settings.clusters,
          watch: settings.clusterWatch,
          // What is too old for a verdict is too old to verify from.
          staleMs: Math.min(
            1000 * { ...DEFAULT_THRESHOLDS, ...thresholds }.staleAfterSeconds,
            MAX_STALE_MS,
          ),
        });
        deps.lifecycle.addShutdownHook(() => clusters.stop());
        const metrics = MetricsReader.create(settings.metrics);
        const observer = ClusterObserver.create({
          clusters,
          metrics,
          store,
          intervalSeconds,
        });
        const claims = ClaimReader.create({ auth, catalog, clusters });
        const publisher = ChangePublisher.create(deps);
        const verifications = VerificationService.create({
          auth,
          claims,
          observer,
          store,
          probes,
          series: SeriesRecorder.create({
            store: figures,
            logger,
            intervalSeconds,
          }),
          publisher,
          checks: extensions.checks,
          logger,
          thresholds,
          intervalSeconds,
          confirmAfter,
        });
        const reporter = EntityReporter.create({
          catalog,
          claims,
          clusters,
          store,
          waivers,
          rejudge,
          requireBackReference,
          responsible: settings.responsible,
          thresholds,
          intervalSeconds,
        });
        const fleet = FleetReader.create({
          catalog,
          claims,
          store,
          waivers,
          rejudge,
          requireBackReference,
          responsible: settings.responsible,
          thresholds,
        });

        const runner = {
          access: EntityAccess.create({
            ...deps,
            offersProbes: settings.probe.gateways.length > 0,
          }),
          auditor: deps.auditor,
          reporter,
          verifications,
        };
        const { actionsRegistry } = deps;
        createGetVerificationStatusAction({ ...runner, actionsRegistry });
        createRunVerificationAction({ ...runner, actionsRegistry });
        deps.httpRouter.use(
          createRouter({
            ...runner,
            checks: extensions.checks,
            clusters,
            fleet,
            httpAuth,
            inspector: ClusterInspector.create({
              auth,
              clusters,
              portForward: settings.metrics.portForward,
              namespacesOf: cluster => claims.namespacesOn(cluster),
            }),
            offered: OfferedTables.create({
              httpAuth,
              userInfo: deps.userInfo,
              tables: {
                ...settings.tables,
                platforms: extensions.platforms,
              },
            }),
            probes: ProbeService.create({
              subjects: ProbeSubjects.create({
                clusters,
                store,
                gateways: settings.probe.gateways,
              }),
              store,
              probes,
              metrics,
              verifications,
              intervalMs: settings.probe.intervalMs,
              logger,
            }),
            routerLog: RouterLogReader.create({
              clusters,
              store,
              requireBackReference,
            }),
            series: SeriesReader.create({
              store: figures,
              history: store,
              external: PrometheusSeries.create({
                servers: settings.metrics.prometheus,
                records: store,
              }),
              requireBackReference,
              intervalSeconds,
              runRetentionMs: durationToMilliseconds(
                settings.retention.samples,
              ),
            }),
            unclaimed: UnclaimedReader.create({ claims, clusters }),
            waivers: WaiverService.create({
              store,
              waivers,
              publisher,
              requireBackReference,
            }),
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
          waivers,
          probes,
          logger,
          retention: settings.retention.changes,
        }).schedule(scheduler);
        await SeriesKeeper.create({
          store: figures,
          logger,
          retention: settings.retention,
        }).schedule(scheduler);
      },
    });
  },
});
