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

import type { Finding } from 'prefix-caching-core';
import type {
  EngineReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { allPassed } from './findings';

/** When the fixtures were observed; dev apps move it to the present. */
export const OBSERVED_AT = '2026-08-18T12:32:10.000Z';

interface Accelerator {
  name: string;
  accelerator: NonNullable<TargetReport['accelerator']>;
  blockSize: number;
  cacheBlocks: number;
  pods: string[];
}

const GPU: Accelerator = {
  name: 'qwen-3b-gpu',
  accelerator: { id: 'nvidia-t4', name: 'T4', class: 'gpu' },
  blockSize: 16,
  cacheBlocks: 5632,
  pods: ['x2k9p', '7hq4m', 'vt8zn'],
};

const TPU: Accelerator = {
  name: 'qwen-3b-tpu',
  accelerator: { id: 'tpu-v6e', name: 'v6e', class: 'tpu' },
  blockSize: 128,
  cacheBlocks: 10_240,
  pods: ['4jw2r', 'kp6ds'],
};

/** Three T4 replicas, all well. */
export const gpuTarget = targetOf(GPU, 0.71);

/** Two v6e replicas, all well. */
export const tpuTarget = targetOf(TPU, 0.68);

/** The same target with other findings, and the verdict they give. */
export function judged(
  target: TargetReport,
  verdict: NonNullable<TargetReport['verification']>['verdict'],
  findings: Finding[],
): TargetReport {
  return {
    ...target,
    verification: target.verification && {
      ...target.verification,
      verdict,
      findings,
    },
  };
}

function targetOf(kind: Accelerator, hitRatio: number): TargetReport {
  const pods = kind.pods.map(pod => `${kind.name}-kserve-6c9d8f7b54-${pod}`);
  const picks = Object.fromEntries(
    pods.map((pod, index) => [pod, 400 + index * 20]),
  );
  const requests = Object.values(picks).reduce((sum, count) => sum + count, 0);
  const target = {
    cluster: 'gke-eu-west4',
    namespace: 'llm-serving',
    name: kind.name,
  };
  return {
    ...target,
    targetId: `id-of-${kind.name}`,
    accelerator: kind.accelerator,
    replicas: { desired: pods.length, ready: pods.length },
    verification: {
      target,
      verdict: 'pass',
      summary: 'Prefix caching works.',
      phase: 'running',
      freshness: 'fresh',
      findings: allPassed,
      observedAt: OBSERVED_AT,
      gaps: [],
    },
    since: '2026-08-17T07:12:00.000Z',
    router: {
      pod: `${kind.name}-kserve-router-scheduler-5d9f`,
      ready: true,
      at: OBSERVED_AT,
      source: 'port-forward',
      metrics: {
        predictedHitRatio: { mean: 0.783, count: requests },
        indexSize: 14_208,
        requests,
        readyEndpoints: pods.length,
        timeToFirstToken: {
          mean: 0.24,
          p50: 0.19,
          p95: 0.71,
          p99: 0.98,
          count: requests,
        },
        queueByEndpoint: {},
        picksByEndpoint: picks,
        scorers: ['prefix-cache-scorer', 'queue-scorer'],
        dataProducers: [],
      },
      increase: { seconds: 900, requests, errors: 0, picksByEndpoint: picks },
    },
    engines: pods.map((pod, index) =>
      engineOf(pod, kind, hitRatio, 400 + index * 20),
    ),
    funnel: {
      seconds: 900,
      steps: [
        {
          id: 'held',
          ratio: 0.783,
          bound: 'lower',
          reason:
            'The endpoint picker records only the replica it picked, so what others held is a lower bound.',
        },
        {
          id: 'captured',
          ratio: 0.783,
          bound: 'exact',
          reason: 'Picker and engine count in blocks of different size.',
        },
        { id: 'delivered', ratio: hitRatio, bound: 'exact' },
      ],
    },
    policy: {
      config: {
        apiVersion: 'inference.networking.x-k8s.io/v1alpha1',
        profiles: [
          {
            name: 'default',
            picker: 'max-score-picker',
            scorers: [
              { name: 'queue-scorer', type: 'queue-scorer', weight: 2 },
              {
                name: 'prefix-cache-scorer',
                type: 'prefix-cache-scorer',
                weight: 3,
              },
            ],
          },
        ],
        plugins: [],
      },
      source: `Deployment llm-serving/${kind.name}-kserve-router-scheduler, container main, --config-text`,
    },
    versions: { kserve: '0.20.0', istio: '1.30.4', epp: '0.9.0' },
    backReference: true,
    sampledAt: OBSERVED_AT,
    lastRun: { at: OBSERVED_AT, by: 'schedule', durationMs: 420 },
    changes: [],
  };
}

function engineOf(
  pod: string,
  { blockSize, cacheBlocks }: Accelerator,
  hitRatio: number,
  requests: number,
): EngineReport {
  const queryTokens = 500_000;
  return {
    pod,
    ready: true,
    at: OBSERVED_AT,
    source: 'pod-proxy',
    metrics: {
      engine: 'vllm',
      blockSize,
      cacheBlocks,
      kvUsage: 0.05,
      running: 3,
      waiting: 0,
      prefixCaching: 'on',
    },
    increase: {
      seconds: 900,
      requests,
      queryTokens,
      hitTokens: queryTokens * hitRatio,
      deliveredHitRatio: hitRatio,
    },
  };
}
