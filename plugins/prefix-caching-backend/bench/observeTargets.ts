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

import { setTimeout as delay } from 'node:timers/promises';
import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { verify } from 'backstage-plugin-prefix-caching-common/core';
import { ClusterRegistry } from '../src/clusters';
import type { EndpointSamples } from '../src/database';
import { MetricsReader } from '../src/metrics';
import { ClusterObserver } from '../src/observation';
import { targetsOf } from './clusterObjects';
import { answer, tell } from './processes';

/** What one run cost the process that made it. */
export interface RunCost {
  wallMs: number;
  cpuMs: number;
  /** Of the process so far, in MB. */
  peakMb: number;
  /** Before it observed anything: the runtime and the code. */
  startMb: number;
  heapMb: number;
  verdicts: Record<string, number>;
  gaps: number;
}

const SERVICE = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'service', subject: 'plugin:prefix-caching' },
} as unknown as BackstageCredentials;

/**
 * A process that holds observation and verification alone: verifies all
 * targets each time its parent asks, and says what that cost.
 */
export async function observe(
  url: string,
  count: number,
  scrape: boolean,
): Promise<void> {
  const clusters = ClusterRegistry.create({
    config: new ConfigReader({
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'bench',
                url,
                authProvider: 'serviceAccount',
                serviceAccountToken: 'bench',
              },
            ],
          },
        ],
      },
    }),
    auth: { getOwnServiceCredentials: async () => SERVICE } as AuthService,
    discovery: {} as DiscoveryService,
  });
  const samples = new Map<string, EndpointSamples[]>();
  const reader = MetricsReader.create({ tokens: [], portForward: false });
  const observer = ClusterObserver.create({
    clusters,
    metrics: {
      read: async (client, endpoint, signal) =>
        scrape ? reader.read(client, endpoint, signal) : { endpoint },
    },
    store: {
      getSamples: async ({ name }) => samples.get(name) ?? [],
      saveSamples: async ({ name }, all) => {
        samples.set(name, [...all]);
      },
    },
    intervalSeconds: 60,
  });
  const targets = targetsOf(count);
  const startMb = process.resourceUsage().maxRSS / 1024;

  async function run(): Promise<RunCost> {
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const verdicts: Record<string, number> = {};
    let gaps = 0;
    await observer.observe(targets, {
      credentials: SERVICE,
      onObservation: async observation => {
        const { verdict } = verify(observation);
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        gaps += observation.gaps.length;
      },
    });
    const wallMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    const peakMb = process.resourceUsage().maxRSS / 1024;
    global.gc?.();
    return {
      wallMs,
      cpuMs: (user + system) / 1000,
      peakMb,
      startMb,
      heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
      verdicts,
      gaps,
    };
  }

  answer(async () => {
    const cost = await run();
    // Watches open once the lists they go on from have ended.
    await delay(500);
    return cost;
  });
  tell('ready');
}
