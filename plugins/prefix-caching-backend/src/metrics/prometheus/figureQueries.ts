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

import type { Figure } from 'backstage-plugin-prefix-caching-common';
import { SCRAPE_LABELS, selectorOf } from './selectors';
import type { PrometheusServer } from './types';

/** What a figure is asked for: an expression for the target, one per replica. */
export interface FigureQuery {
  target?: string;
  replica?: string;
  /** The label that names the replica; the pod's own where absent. */
  replicaLabel?: string;
}

export interface QueryContext {
  server: PrometheusServer;
  namespace: string;
  enginePattern: string;
  routerPattern: string;
  /** Seconds over which increases are taken. */
  windowSeconds: number;
  /** The metrics there are; all that may be where it is not known. */
  present?: ReadonlySet<string>;
}

type Role = 'engine' | 'router';

/**
 * What figures are called, the current name first (epp.md §1.2, §4). Of each
 * pod the first that is there counts; twins are never added up.
 */
const NAMES = {
  hits: ['vllm:prefix_cache_hits_total', 'vllm:gpu_prefix_cache_hits_total'],
  queries: [
    'vllm:prefix_cache_queries_total',
    'vllm:gpu_prefix_cache_queries_total',
  ],
  externalHits: ['vllm:external_prefix_cache_hits_total'],
  externalQueries: ['vllm:external_prefix_cache_queries_total'],
  served: ['vllm:request_success_total'],
  firstToken: ['vllm:time_to_first_token_seconds_bucket'],
  waiting: [
    'vllm:num_requests_waiting',
    'sglang:num_queue_reqs',
    'trtllm_num_requests_waiting',
  ],
  running: [
    'vllm:num_requests_running',
    'sglang:num_running_reqs',
    'trtllm_num_requests_running',
  ],
  kvUsage: [
    'vllm:kv_cache_usage_perc',
    'vllm:gpu_cache_usage_perc',
    'sglang:token_usage',
    'trtllm_kv_cache_utilization',
  ],
  predictedSum: [
    'llm_d_epp_prefix_indexer_hit_ratio_sum',
    'inference_extension_prefix_indexer_hit_ratio_sum',
  ],
  predictedCount: [
    'llm_d_epp_prefix_indexer_hit_ratio_count',
    'inference_extension_prefix_indexer_hit_ratio_count',
  ],
  routed: [
    'llm_d_epp_request_total',
    'inference_objective_request_total',
    'inference_model_request_total',
  ],
  errors: [
    'llm_d_epp_request_error_total',
    'inference_objective_request_error_total',
    'inference_model_request_error_total',
  ],
  readyEndpoints: ['llm_d_epp_ready_endpoints', 'inference_pool_ready_pods'],
  indexSize: [
    'llm_d_epp_prefix_indexer_size',
    'inference_extension_prefix_indexer_size',
  ],
  picksByEndpoint: ['llm_d_epp_scheduler_attempts_total'],
  picksByPod: ['inference_extension_scheduler_attempts_total'],
  scheduling: [
    'llm_d_epp_scheduler_e2e_duration_seconds_bucket',
    'inference_extension_scheduler_e2e_duration_seconds_bucket',
  ],
} as const;

/** Every name a chart may need, as a pod or OpenShift AI's monitor writes it. */
export const FIGURE_NAMES = Object.values(NAMES)
  .flat()
  .flatMap(name => [name, `kserve_${name}`]);

const PICKED = 'picked_endpoint';

/** The field's own PromQL for a figure (field.md §5), made safe for twins. */
export function figureQuery(
  figure: Figure,
  context: QueryContext,
): FigureQuery {
  const by = context.server.labels.pod;
  const rateOf = (names: readonly string[], role: Role, labels = [by]) =>
    firstOf(context, names, name => {
      const { windowSeconds } = context;
      return `sum by (${labels.join(',')}) (${once(
        `rate(${select(context, role, name)}[${windowSeconds}s])`,
      )})`;
    });
  const gaugeOf = (names: readonly string[], role: Role, how = 'avg') =>
    firstOf(
      context,
      names,
      name => `${how} by (${by}) (${once(select(context, role, name))})`,
    );
  const quantile = (
    share: number,
    names: readonly string[],
    role: Role,
  ): FigureQuery => {
    const buckets = rateOf(names, role, [by, 'le']);
    return buckets
      ? {
          target: `histogram_quantile(${share}, sum by (le) (${buckets}))`,
          replica: `histogram_quantile(${share}, ${buckets})`,
        }
      : {};
  };
  const ratio = (part?: string, whole?: string): FigureQuery =>
    part && whole
      ? {
          target: `sum(${part}) / (sum(${whole}) > 0)`,
          replica: `(${part}) / ((${whole}) > 0)`,
        }
      : {};

  switch (figure) {
    case 'predicted-hit-ratio': {
      const { target } = ratio(
        rateOf(NAMES.predictedSum, 'router'),
        rateOf(NAMES.predictedCount, 'router'),
      );
      return { target };
    }
    case 'delivered-hit-ratio':
      return ratio(
        rateOf(NAMES.hits, 'engine'),
        rateOf(NAMES.queries, 'engine'),
      );
    case 'external-hit-ratio':
      return ratio(
        rateOf(NAMES.externalHits, 'engine'),
        rateOf(NAMES.externalQueries, 'engine'),
      );
    case 'request-rate': {
      const served = rateOf(NAMES.served, 'engine');
      const routed = rateOf(NAMES.routed, 'router');
      return {
        target: either(served && `sum(${served})`, routed && `sum(${routed})`),
        replica: served,
      };
    }
    case 'error-rate': {
      const errors = rateOf(NAMES.errors, 'router');
      const routed = rateOf(NAMES.routed, 'router');
      // The error counter has no series before the first error.
      return {
        target: either(
          errors && `sum(${errors})`,
          routed && `sum(${routed}) * 0`,
        ),
      };
    }
    case 'time-to-first-token-p50':
      return quantile(0.5, NAMES.firstToken, 'engine');
    case 'time-to-first-token-p95':
      return quantile(0.95, NAMES.firstToken, 'engine');
    case 'time-to-first-token-p99':
      return quantile(0.99, NAMES.firstToken, 'engine');
    case 'waiting':
    case 'running': {
      const gauge = gaugeOf(NAMES[figure], 'engine');
      return gauge ? { target: `sum(${gauge})`, replica: gauge } : {};
    }
    case 'kv-usage': {
      const gauge = gaugeOf(NAMES.kvUsage, 'engine');
      return gauge ? { target: `avg(${gauge})`, replica: gauge } : {};
    }
    case 'ready-endpoints': {
      const gauge = gaugeOf(NAMES.readyEndpoints, 'router', 'sum');
      return gauge ? { target: `avg(${gauge})` } : {};
    }
    case 'index-size': {
      const gauge = gaugeOf(NAMES.indexSize, 'router', 'sum');
      return gauge ? { target: `avg(${gauge})` } : {};
    }
    case 'scheduler-latency': {
      const { target } = quantile(0.99, NAMES.scheduling, 'router');
      return { target };
    }
    case 'pick-share': {
      const picks = either(
        picksOf(context, NAMES.picksByEndpoint, 'endpoint_name'),
        picksOf(context, NAMES.picksByPod, 'pod_name'),
      );
      return picks
        ? {
            replica: `(${picks}) / on () group_left () (sum(${picks}) > 0)`,
            replicaLabel: PICKED,
          }
        : {};
    }
    default:
      return {};
  }
}

/** Successful picks by what was picked, whichever label says so. */
function picksOf(
  context: QueryContext,
  names: readonly string[],
  label: string,
): string | undefined {
  return firstOf(context, names, name => {
    const selector = select(context, 'router', name, { status: 'success' });
    return `sum by (${PICKED}) (label_replace(${once(
      `rate(${selector}[${context.windowSeconds}s])`,
    )}, "${PICKED}", "$1", "${label}", "(.*)"))`;
  });
}

function select(
  { server, namespace, enginePattern, routerPattern }: QueryContext,
  role: Role,
  name: string,
  more?: Record<string, string>,
): string {
  const podPattern = role === 'engine' ? enginePattern : routerPattern;
  return selectorOf(server, { namespace, podPattern }, name, more);
}

/** A pod that two monitors, or two replicas of Prometheus, scrape counts once. */
function once(expression: string): string {
  return `max without (${SCRAPE_LABELS.join(',')}) (${expression})`;
}

function firstOf(
  { present }: QueryContext,
  names: readonly string[],
  expression: (name: string) => string,
): string | undefined {
  return either(
    ...names
      .flatMap(name => [name, `kserve_${name}`])
      .filter(name => !present || present.has(name))
      .map(expression),
  );
}

function either(...expressions: (string | undefined)[]): string | undefined {
  const known = expressions.filter(each => each !== undefined);
  return known.length ? known.join(' or ') : undefined;
}
