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

import { generatedNames } from '../kubernetes';
import { enginePods, gapFor, isReady, routerPods } from '../observation';
import type { Gap, Observation } from '../observation';
import { count, gapEvidence, judge, kubectl, unanswered } from './judgement';
import type { Check, Evidence, Judgement } from './types';

/** The setting that gives the portal a token for pickers. */
const SETTING = 'prefixCaching.metrics.tokens';

const REFUSALS: Record<number, { says: string; remedy: string }> = {
  401: {
    says: 'does not accept the token',
    remedy: `Renew the token in ${SETTING}; it must be of this cluster.`,
  },
  403: {
    says: "does not let the token's account read metrics",
    remedy:
      'Bind the account to a ClusterRole with nonResourceURLs ["/metrics"], verbs ["get"].',
  },
  500: {
    says: 'cannot check tokens',
    remedy:
      "Bind the picker's own ServiceAccount to the ClusterRole system:auth-delegator; where it is, renew the token: some releases answer 500 to one that is not valid.",
  },
};

function fromGap(gap: Gap): Judgement {
  const evidence = [gapEvidence(gap)];
  if (gap.reason === 'not-configured') {
    return judge(
      'skipped',
      "No token is configured for the Endpoint Picker's metrics.",
      `no token in ${SETTING}`,
      {
        evidence,
        remedy: gap.remedy ?? `Add { cluster, token } to ${SETTING}.`,
      },
    );
  }
  const refusal =
    REFUSALS[gap.status ?? (gap.reason === 'unauthorized' ? 401 : 0)];
  if (refusal) {
    const status = gap.status ?? 401;
    return judge(
      'fail',
      `The Endpoint Picker ${refusal.says} (${status}).`,
      `${status} on /metrics`,
      { evidence, remedy: gap.remedy ?? refusal.remedy },
    );
  }
  return judge(
    'inconclusive',
    gap.reason === 'forbidden'
      ? "The Endpoint Picker's metrics may not be read."
      : "The Endpoint Picker's metrics did not answer.",
    gap.message.replace(/\.$/, ''),
    { evidence, remedy: gap.remedy },
  );
}

function compare(observation: Observation): Judgement {
  const samples = observation.endpoints.flatMap(({ role, router, pod }) =>
    role === 'router' && router?.current ? [{ pod, ...router.current }] : [],
  );
  const open = samples.some(({ source }) => source === 'pod-proxy');
  const sees = samples.flatMap(({ metrics }) => metrics.readyEndpoints ?? []);
  const seen = sees.length > 0 ? Math.max(...sees) : undefined;
  const ready = enginePods(observation).filter(isReady).length;
  const evidence: Evidence[] = samples.map(({ pod, metrics, source, at }) => ({
    subject: `metrics of Pod ${pod}`,
    value: `read by ${source} at ${at}; ready endpoints ${
      metrics.readyEndpoints ?? 'not exposed'
    }, requests ${metrics.requests ?? 'not exposed'}`,
  }));
  const reads = open
    ? 'readable without a token (authentication is off)'
    : 'readable';
  const actual = `${reads}; sees ${
    seen ?? 'an unknown number of'
  } of ${ready} ready engines`;
  if (seen !== undefined && seen < ready) {
    return judge(
      seen === 0 ? 'fail' : 'warn',
      `The Endpoint Picker sees ${seen} of ${count(ready, 'ready engine')}.`,
      actual,
      {
        evidence,
        remedy:
          "It must reach the engines' metrics: compare the scheme (--model-server-metrics-scheme) and port, and NetworkPolicies from picker to engine.",
      },
    );
  }
  const usage = observation.endpoints.flatMap(
    ({ engine }) => engine?.current?.metrics.kvUsage ?? [],
  );
  const believed = samples.flatMap(
    ({ metrics }) => metrics.averageKvUsage ?? [],
  );
  const mean = usage.reduce((sum, value) => sum + value, 0) / usage.length;
  if (
    mean > 0.05 &&
    believed.length > 0 &&
    believed.every(value => value === 0)
  ) {
    return judge(
      'warn',
      'The Endpoint Picker believes every KV cache empty, while engines report use.',
      `${actual}; KV usage 0 against ${Math.round(mean * 100)} %`,
      {
        evidence,
        remedy:
          "Give the picker the engine's own metric name (vllm:kv_cache_usage_perc).",
      },
    );
  }
  if (seen !== undefined && ready > 0 && seen > ready) {
    return judge(
      'warn',
      `The Endpoint Picker sees ${seen} endpoints, and ${count(
        ready,
        'engine',
      )} ${ready === 1 ? 'is' : 'are'} ready.`,
      actual,
      { evidence },
    );
  }
  return judge(
    'pass',
    "The Endpoint Picker's metrics are readable and count the ready engines.",
    actual,
    { evidence },
  );
}

function judgeMetrics({
  observation,
}: {
  observation: Observation;
}): Judgement {
  if (observation.endpoints.some(({ router }) => router?.current)) {
    return compare(observation);
  }
  const gap = gapFor(observation, 'metrics/router');
  if (gap) return fromGap(gap);
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: metrics need a running Endpoint Picker.',
      'not looked for',
    );
  }
  return (
    unanswered(observation, ['Pod'], 'an Endpoint Picker can be scraped') ??
    judge(
      'inconclusive',
      routerPods(observation).length > 0
        ? 'The Endpoint Picker has not been scraped yet.'
        : 'No Endpoint Picker exists to read metrics from.',
      'no sample',
    )
  );
}

/** Whether the picker can be scraped, and sees what is there. */
export const routerMetrics: Check = {
  id: 'router.metrics',
  component: 'router',
  requirement: 'required',
  title: "Endpoint Picker's metrics are readable",
  expected:
    'readable with the configured token, and as many endpoints as engines are ready',
  responsible: 'platform',
  judge: judgeMetrics,
  commands: ({ target }) => {
    const { pickerService } = generatedNames(target.name);
    return [
      kubectl(
        'the Service and its metrics port; then curl -H "Authorization: Bearer $TOKEN" http://localhost:9090/metrics through a port-forward',
        'get',
        'service',
        pickerService,
        '-n',
        target.namespace,
        '-o',
        'wide',
      ),
      kubectl(
        'who may check tokens for the picker',
        'get',
        'clusterrolebindings',
        '-o',
        'wide',
      ),
    ];
  },
};
