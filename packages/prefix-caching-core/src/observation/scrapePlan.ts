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
  containerFlags,
  ENGINE_PORT,
  generatedNames,
  listAt,
  numberAt,
  PICKER_METRICS_PORT,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { pickerOf, targetPortsOf } from './backends';
import { namespaceOf } from './ObjectIndex';
import {
  enginePods,
  isReady,
  mainContainer,
  poolsOfTarget,
  routerPods,
} from './parts';
import type { Observation } from './types';

/** Where the metrics of one engine are read. @public */
export interface EngineScrape {
  pod: string;
  namespace: string;
  port: number;
  scheme: 'http' | 'https';
  ready: boolean;
  node?: string;
}

/** Where the metrics of one Endpoint Picker are read. @public */
export interface RouterScrape {
  pod: string;
  namespace: string;
  /** Plain http, and behind a token unless authentication was switched off. */
  port: number;
  scheme: 'http' | 'https';
  /** The picker's Service, for a reader inside the cluster. */
  service: string;
  ready: boolean;
  /** Whether the picker's flags switch authentication of its metrics off. */
  authentication: boolean;
}

/** Which pods to scrape, and how. @public */
export interface ScrapePlan {
  engines: EngineScrape[];
  routers: RouterScrape[];
}

/** The scheme an engine speaks: its probes say so, or its certificate flag. @public */
export function engineScheme(container: unknown): 'http' | 'https' {
  for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
    const scheme = textAt(container, probe, 'httpGet', 'scheme');
    if (scheme) return scheme === 'HTTPS' ? 'https' : 'http';
  }
  return containerFlags(container).has('ssl-certfile') ? 'https' : 'http';
}

function enginePort(container: unknown, pooled: number[]): number {
  const declared = listAt(container, 'ports').flatMap(
    port => numberAt(port, 'containerPort') ?? [],
  );
  // With prefill and decode apart, a proxy holds the pool's port and the
  // engine listens on another.
  return (
    declared.find(port => pooled.includes(port)) ??
    declared[0] ??
    pooled[0] ??
    ENGINE_PORT
  );
}

function engineScrape(pod: KubernetesObject, pooled: number[]): EngineScrape {
  const container = mainContainer(pod.spec);
  return {
    pod: pod.metadata.name,
    namespace: namespaceOf(pod),
    port: enginePort(container, pooled),
    scheme: engineScheme(container),
    ready: isReady(pod),
    node: textAt(pod, 'spec', 'nodeName'),
  };
}

function routerScrape(pod: KubernetesObject, service: string): RouterScrape {
  const container = mainContainer(pod.spec);
  const flags = containerFlags(container);
  const declared = listAt(container, 'ports').find(
    port => textAt(port, 'name') === 'metrics',
  );
  return {
    pod: pod.metadata.name,
    namespace: namespaceOf(pod),
    port:
      Number(flags.value('metrics-port')) ||
      (numberAt(declared, 'containerPort') ?? PICKER_METRICS_PORT),
    scheme: flags.has('metrics-cert-dir') ? 'https' : 'http',
    service,
    ready: isReady(pod),
    authentication: flags.isOn('metrics-endpoint-auth', true),
  };
}

/**
 * Which pods of a target expose metrics, at which port and scheme, from the
 * pods, their pool and their flags.
 *
 * @public
 */
export function scrapePlan(observation: Observation): ScrapePlan {
  const pools = poolsOfTarget(observation);
  const pooled = pools.flatMap(targetPortsOf);
  const service =
    pools.map(pool => pickerOf(pool)?.name).find(Boolean) ??
    generatedNames(observation.target.name).pickerService;
  return {
    engines: enginePods(observation).map(pod => engineScrape(pod, pooled)),
    routers: routerPods(observation).map(pod => routerScrape(pod, service)),
  };
}
