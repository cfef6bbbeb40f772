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

import { engineArguments } from './engineArguments';
import { engineBlockSize } from './engineBlockSize';
import { enginePrefixCaching } from './enginePrefixCaching';
import { engineReplicas } from './engineReplicas';
import { gatewayPickerTls } from './gatewayPickerTls';
import { gatewayRequestBody } from './gatewayRequestBody';
import { gatewayRoutes } from './gatewayRoutes';
import { gatewaySharedPicker } from './gatewaySharedPicker';
import { networkPolicies } from './networkPolicies';
import { routerAvailable } from './routerAvailable';
import { routerFailureMode } from './routerFailureMode';
import { routerMetrics } from './routerMetrics';
import { routerPool } from './routerPool';
import { routerScorers } from './routerScorers';
import { routingBypass } from './routingBypass';
import { routingDeliveredHits } from './routingDeliveredHits';
import { routingDistribution } from './routingDistribution';
import { routingPredictionGap } from './routingPredictionGap';
import { routingProbe } from './routingProbe';
import { statusConditions } from './statusConditions';
import type { Check } from './types';

/** Every check there is, by component, in the order findings are shown. @public */
export const CHECKS: readonly Check[] = [
  enginePrefixCaching,
  engineArguments,
  engineBlockSize,
  engineReplicas,
  routerAvailable,
  routerScorers,
  routerPool,
  routerMetrics,
  routerFailureMode,
  gatewayRoutes,
  gatewayRequestBody,
  gatewayPickerTls,
  gatewaySharedPicker,
  networkPolicies,
  routingBypass,
  routingDistribution,
  routingDeliveredHits,
  routingPredictionGap,
  routingProbe,
  statusConditions,
];
