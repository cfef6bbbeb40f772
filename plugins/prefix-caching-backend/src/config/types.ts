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

import type { HumanDuration } from '@backstage/types';
import type {
  DeploymentTables,
  Expectations,
  Thresholds,
} from 'backstage-plugin-prefix-caching-common/core';
import type { SecretKey, TokenAccount, TransportSetting } from '../clusters';
import type { PrometheusServer } from '../metrics/prometheus';

/** A token that Endpoint Pickers accept for their /metrics, or where it is. */
export type MetricsToken = {
  cluster: string;
  /** All namespaces where absent. */
  namespace?: string;
} & (
  | { token: string }
  | { secret: SecretKey }
  | { serviceAccount: TokenAccount }
);

/** How the gateways of one cluster are reached by a probe, and which. */
export interface ProbeGateway {
  cluster: string;
  /** All namespaces where absent. */
  namespace?: string;
  /** The gateway as the portal reaches it; the path and host of a service's address are kept. */
  url?: URL;
  /** Instead: the hosts that a service's address may name, `.example.com` for all below. */
  hosts?: string[];
  /** For the gateway; never the cluster's own. */
  token?: string;
  tls: { ca?: string; rejectUnauthorized: boolean };
}

/** Without a gateway nothing is ever probed. */
export interface ProbeConfig {
  /** The time between two probes of one service. */
  intervalMs: number;
  gateways: ProbeGateway[];
}

/** How long things are kept. */
export interface Retention {
  /** Changes of verdicts. */
  changes: HumanDuration;
  /** Figures of single runs. */
  samples: HumanDuration;
  /** Figures of whole hours, and events. */
  hourlyMeans: HumanDuration;
}

export type BackReferenceRule = NonNullable<
  Expectations['requireBackReference']
>;

/** The `prefixCaching` section, checked, with its defaults. */
export interface PrefixCachingConfig {
  clusters?: string[];
  transport: TransportSetting;
  /** Follow clusters by watches; else list them for each run. */
  clusterWatch: boolean;
  schedule: {
    frequency: HumanDuration;
    timeout: HumanDuration;
    initialDelay: HumanDuration;
    intervalSeconds: number;
    confirmAfter: number;
  };
  metrics: {
    tokens: MetricsToken[];
    portForward: boolean;
    prometheus: PrometheusServer[];
  };
  probe: ProbeConfig;
  /** What may be chosen at all; who may choose what stands in each row. */
  tables: DeploymentTables;
  thresholds: Partial<Thresholds>;
  responsible: { platform?: string };
  retention: Retention;
  requireBackReference: BackReferenceRule;
}
