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

import { spawn, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';

/** One endpoint to scrape; the path may hold a query. */
export interface ScrapeTarget {
  /** `host:port`. */
  address: string;
  path: string;
  labels: Record<string, string>;
  bearerToken?: string;
}

/** The Prometheus server of this machine, such as Debian's package brings it. */
export function prometheusBinary(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders
    .map(folder => path.join(folder, 'prometheus'))
    .find(file => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A real Prometheus on a free port of loopback; it scrapes every second. */
export class RealPrometheus {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  static start(targets: readonly ScrapeTarget[]): Promise<RealPrometheus> {
    return RealPrometheus.run({
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: targets.map((target, index) => ({
        job_name: `target-${index}`,
        metrics_path: target.path,
        ...(target.bearerToken && {
          authorization: { credentials: target.bearerToken },
        }),
        static_configs: [{ targets: [target.address], labels: target.labels }],
      })),
    });
  }

  /** One with a configuration of its own. */
  static async run(configuration: object): Promise<RealPrometheus> {
    const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
    const file = path.join(folder, 'prometheus.yml');
    writeFileSync(file, stringify(configuration));
    const port = await freePort();
    const child = spawn(
      prometheusBinary() ?? 'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const server = new RealPrometheus(
      `http://127.0.0.1:${port}`,
      child,
      folder,
    );
    await server.#ready();
    return server;
  }

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#process = child;
    // Whatever becomes of this process, Prometheus does not outlive it.
    process.once('exit', () => child.kill('SIGKILL'));
    this.#folder = folder;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async stop(): Promise<void> {
    const gone = new Promise(resolve => {
      this.#process.once('exit', resolve);
    });
    if (this.#process.exitCode === null) {
      this.#process.kill('SIGTERM');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    let said = '';
    this.#process.stderr?.on('data', chunk => {
      said = `${said}${chunk}`.slice(-2_000);
    });
    for (let attempt = 0; attempt < 150; attempt++) {
      if (this.#process.exitCode !== null) {
        throw new Error(`prometheus ended at its start: ${said}`);
      }
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    }
    await this.stop();
    throw new Error(`prometheus was not ready within 15 s: ${said}`);
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
