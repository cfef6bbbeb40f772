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

import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from './portal';

const CLUSTER = 'bench';
/** As many as the back end's benchmark spreads its services over. */
const NAMESPACES = 20;
const TEAMS = 40;

/** A cluster with a service for each of many entities, and what lets the portal read both. */
export async function startLargeFleet(
  entities: number,
): Promise<{ config: string; stop(): void }> {
  const cluster = fork(
    path.join(
      ROOT,
      'plugins/prefix-caching-backend/bench/observation.bench.ts',
    ),
    ['serve', String(entities)],
    { stdio: 'inherit' },
  );
  const url = await urlOf(cluster);
  mkdirSync(CACHE, { recursive: true });
  const catalog = path.join(CACHE, 'fleet.yaml');
  writeFileSync(
    catalog,
    Array.from({ length: entities }, (_, index) => entityOf(index)).join(
      '---\n',
    ),
  );
  const config = path.join(CACHE, 'app-config.fleet.yaml');
  writeFileSync(config, configOf(url, catalog));
  return { config, stop: () => cluster.disconnect() };
}

async function urlOf(cluster: ChildProcess): Promise<string> {
  for (;;) {
    // The module loader uses the same channel.
    const [message] = await once(cluster, 'message');
    if (message?.bench?.url) return message.bench.url;
  }
}

function entityOf(index: number): string {
  const service = `svc-${String(index).padStart(4, '0')}`;
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: entity-${index}
  annotations:
    serving.kserve.io/llm-inference-services: ${CLUSTER}/llm-team-${
    index % NAMESPACES
  }/${service}
    backstage.io/kubernetes-id: entity-${index}
spec:
  type: model-server
  lifecycle: production
  owner: team-${index % TEAMS}
`;
}

/** A list of a later file takes the place of the former's: those of the portal are said again. */
function configOf(url: string, catalog: string): string {
  return `kubernetes:
  clusterLocatorMethods:
    - type: config
      clusters:
        - name: sandbox
          url: http://127.0.0.1:7008
          authProvider: serviceAccount
          serviceAccountToken: sandbox-reader
          skipTLSVerify: true
        - name: ${CLUSTER}
          url: ${url}
          authProvider: serviceAccount
          serviceAccountToken: ${CLUSTER}
          skipTLSVerify: true
prefixCaching:
  schedule:
    frequency: { minutes: 1 }
catalog:
  processingInterval: { minutes: 10 }
  locations:
${[
  ...['org', 'systems', 'entities'].map(name => `../../examples/${name}.yaml`),
  '../../templates/prefix-caching-deployment/template.yaml',
  catalog,
]
  .map(
    target => `    - type: file
      target: ${target}
      rules: [{ allow: [Component, System, Group, User, Template] }]
`,
  )
  .join('')}`;
}
