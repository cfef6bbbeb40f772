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

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiServer } from './api';
import { systemClock, type Clock } from './clock';
import {
  createGitServer,
  DEFAULT_BRANCH,
  deploy,
  GitNamespaces,
  Repositories,
  requireGit,
} from './git';
import { listen } from './listen';
import { SimulatedCluster } from './simulatedCluster';
import { serveGateway } from './traffic';

export interface SandboxOptions {
  /** Port of the Kubernetes API; 0 takes a free one. */
  apiPort: number;
  /** Port of the git host; 0 takes a free one. */
  gitPort: number;
  /** The folder that holds `sandbox/` with what the cluster starts with. */
  examplesDir: string;
  /** Where repositories live; without it a temporary folder, removed at the end. */
  dataDir?: string;
  /** Default: the machine's. With another one, seconds pass when it says so. */
  clock?: Clock;
  /** Makes the traffic repeatable. */
  seed?: number;
  /** How many changes a watch may lag behind before it is told 410. */
  historyLimit?: number;
}

export interface Sandbox {
  api: { url: string };
  git: { url: string };
  /** Leaves no socket, timer, process or temporary file behind. */
  close(): Promise<void>;
}

/**
 * Starts the stand-in cluster and git host on loopback.
 *
 * Rejects with one sentence when git is missing, a port is taken or the examples
 * are not there.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  await requireGit();
  const clock = options.clock ?? systemClock;
  const cluster = SimulatedCluster.create({ ...options, clock });
  const root =
    options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sandbox-git-')));
  // A process that is made to exit has no time to close.
  const removeAtExit = () => rmSync(root, { recursive: true, force: true });
  if (!options.dataDir) process.once('exit', removeAtExit);
  const removeRoot = async () => {
    process.off('exit', removeAtExit);
    if (!options.dataDir) await rm(root, { recursive: true, force: true });
  };
  const host = {
    namespaces: GitNamespaces.create(cluster.store),
    repositories: new Repositories(root),
    branchMoved: async (
      repository: Parameters<typeof deploy>[1],
      branch: string,
    ) => {
      if (branch === DEFAULT_BRANCH) await deploy(cluster.store, repository);
    },
  };
  const apiServer = () =>
    createApiServer({
      store: cluster.store,
      clock,
      access: cluster.access,
      endpoints: cluster.pods,
      beside: (request, response) =>
        serveGateway(
          { simulation: cluster.simulation, clock },
          request,
          response,
        ),
    });
  try {
    const api = await listen(apiServer, options.apiPort, 'Kubernetes API');
    try {
      const git = await listen(
        () => createGitServer(host),
        options.gitPort,
        'git host',
      );
      const stopTicking = clock.every(1000, () => cluster.tick());
      return {
        api: { url: api.url },
        git: { url: git.url },
        async close() {
          stopTicking();
          cluster.close();
          await Promise.all([api.close(), git.close()]);
          await removeRoot();
        },
      };
    } catch (error) {
      await api.close();
      throw error;
    }
  } catch (error) {
    await removeRoot();
    throw error;
  }
}
