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

import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  createValidatedOpenApiRouterFromGeneratedEndpointMap,
  type TypedRouter,
} from '@backstage/backend-openapi-utils';
import type { Check } from 'backstage-plugin-prefix-caching-common/core';
import express from 'express';
import type { ClusterInspector, ClusterRegistry } from '../clusters';
import type { FleetReader, UnclaimedReader } from '../fleet';
import { spec, type Endpoints } from '../schema';
import type { ProbeService } from '../probe';
import type { RouterLogReader } from '../routerLog';
import type { SeriesReader } from '../series';
import type { VerificationService, WaiverService } from '../verification';
import { acceleratorRoutes } from './accelerators';
import { checkHistoryRoutes } from './checkHistory';
import { clusterNameRoutes } from './clusterNames';
import { clusterRoutes } from './clusters';
import type { EntityAccess } from './EntityAccess';
import { entityRoutes } from './entities';
import type { EntityReporter } from './EntityReporter';
import { fitRoutes } from './fit';
import { fleetRoutes } from './fleet';
import { modelRoutes } from './models';
import type { OfferedTables } from './OfferedTables';
import { probeRoutes } from './probes';
import { renderRoutes } from './render';
import { unclaimedRoutes } from './unclaimed';
import { routerLogRoutes } from './routerLog';
import { seriesRoutes } from './series';
import { verificationRoutes } from './verifications';
import { verifyRoutes } from './verify';
import { waiverRoutes } from './waivers';
import { whatIfRoutes } from './whatIf';

export type PluginRouter = TypedRouter<Endpoints>;

export interface RouterOptions {
  access: EntityAccess;
  auditor: AuditorService;
  /** Other teams' checks. */
  checks?: readonly Check[];
  clusters: ClusterRegistry;
  fleet: FleetReader;
  httpAuth: HttpAuthService;
  inspector: ClusterInspector;
  offered: OfferedTables;
  probes: ProbeService;
  reporter: EntityReporter;
  routerLog: RouterLogReader;
  series: SeriesReader;
  unclaimed: UnclaimedReader;
  verifications: VerificationService;
  waivers: WaiverService;
}

/** A deployment's manifests with their CRDs stay far below. */
const MAX_BODY = '5mb';

/** The plugin's HTTP API, checked against openapi.yaml. */
export function createRouter(options: RouterOptions): PluginRouter {
  const router =
    createValidatedOpenApiRouterFromGeneratedEndpointMap<Endpoints>(spec, {
      middleware: [express.json({ limit: MAX_BODY })],
    });
  entityRoutes(router, options);
  verificationRoutes(router, options);
  seriesRoutes(router, options);
  checkHistoryRoutes(router, options);
  routerLogRoutes(router, options);
  probeRoutes(router, options);
  waiverRoutes(router, options);
  whatIfRoutes(router, options);
  fleetRoutes(router, options);
  unclaimedRoutes(router, options);
  clusterNameRoutes(router, options);
  clusterRoutes(router, options);
  acceleratorRoutes(router, options);
  modelRoutes(router, options);
  fitRoutes(router, options);
  renderRoutes(router, options);
  verifyRoutes(router, options);
  return router;
}
