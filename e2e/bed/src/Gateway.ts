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
import fs from 'node:fs';
import path from 'node:path';
import { envoyConfig, type EnvoyPlan } from './envoyConfig';
import { Program } from './Program';

export type GatewayPlan = Omit<EnvoyPlan, 'adminPort'>;

const ADMIN_PORT = 19000;

/** Envoy in the gateway's place. */
export class Gateway {
  readonly url: string;
  readonly #file: string;
  readonly #folder: string;
  #program: Program;

  static async start(options: {
    file: string;
    folder: string;
    plan: GatewayPlan;
  }): Promise<Gateway> {
    const { file, folder, plan } = options;
    fs.mkdirSync(folder, { recursive: true });
    return new Gateway(options, await run(file, folder, plan));
  }

  private constructor(
    { file, folder, plan }: { file: string; folder: string; plan: GatewayPlan },
    program: Program,
  ) {
    this.url = `http://${plan.listen.address}:${plan.listen.port}`;
    this.#file = file;
    this.#folder = folder;
    this.#program = program;
  }

  /** Starts it anew with another configuration. */
  async change(plan: GatewayPlan): Promise<void> {
    await this.#program.stop();
    this.#program = await run(this.#file, this.#folder, plan);
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

async function run(
  file: string,
  folder: string,
  plan: GatewayPlan,
): Promise<Program> {
  const config = path.join(folder, 'envoy.json');
  fs.writeFileSync(
    config,
    JSON.stringify(envoyConfig({ ...plan, adminPort: ADMIN_PORT })),
  );
  return Program.start({
    name: 'envoy',
    file,
    args: [
      ...['--config-path', config],
      ...['--concurrency', '1'],
      ...['--log-level', 'warning'],
      '--disable-hot-restart',
    ],
    logs: folder,
    ready: async () => (await fetch(`http://127.0.0.1:${ADMIN_PORT}/ready`)).ok,
  });
}
