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

import { metricNamesOf } from 'backstage-plugin-prefix-caching-common/core';
import type { PrometheusServer } from './types';

/** Labels by which Prometheus tells scrapes of the same pod apart; none is of the pod. */
export const SCRAPE_LABELS = [
  'job',
  'instance',
  'endpoint',
  'service',
  'container',
  'prometheus',
  'prometheus_replica',
  'prometheus_group',
  'replica',
  'receive',
  'tenant_id',
] as const;

/** OpenShift AI's second pod monitor renames everything (epp.md §2). */
const RENAMED = '(kserve_)?';

/** A selector of metrics, or of one, of pods whose names match. */
export function selectorOf(
  server: PrometheusServer,
  pods: { namespace: string; podPattern: string },
  name?: string,
  more: Record<string, string> = {},
): string {
  const { labels, matchers } = server;
  const equal = { ...matchers, ...more, [labels.namespace]: pods.namespace };
  const parts = [
    ...Object.entries(equal).map(
      ([label, value]) => `${label}=${quote(value)}`,
    ),
    `${labels.pod}=~${quote(pods.podPattern)}`,
  ];
  return name === undefined
    ? `{${parts.join(',')}}`
    : `{__name__=${quote(name)},${parts.join(',')}}`;
}

/** A selector of all metrics that the readers know, of every era. */
export function readableSelector(
  server: PrometheusServer,
  role: 'engine' | 'router',
  pods: { namespace: string; podPattern: string },
): string {
  // The router's main branch of May 2026 wrote llm_d_router_epp_ (epp.md §1.1).
  const names = metricNamesOf(role)
    .map(name => name.replace(/^llm_d_epp_/, 'llm_d_(router_)?epp_'))
    .join('|');
  const pattern = `${RENAMED}(${names})(_bucket|_sum|_count)?`;
  const selector = selectorOf(server, pods);
  return `{__name__=~${quote(pattern)},${selector.slice(1)}`;
}

/** Exactly these pods. */
export function patternOfPods(pods: readonly string[]): string {
  return pods.map(escapePattern).join('|');
}

/** A Deployment's pods: its name, the ReplicaSet's hash, five characters. */
const DEPLOYED = /^(.+)-[a-z0-9]{6,10}-[a-z0-9]{5}$/;

/**
 * These pods and those that were, or will be, in their place: a chart outlives
 * its pods.
 */
export function patternOfReplicas(pods: readonly string[]): string {
  const patterns = pods.map(pod => {
    const deployment = DEPLOYED.exec(pod)?.[1];
    return deployment
      ? `${escapePattern(deployment)}-[a-z0-9]{6,10}-[a-z0-9]{5}`
      : escapePattern(pod);
  });
  return [...new Set(patterns)].join('|');
}

function escapePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** A PromQL string; JSON's escapes are among Go's. */
function quote(text: string): string {
  return JSON.stringify(text);
}
