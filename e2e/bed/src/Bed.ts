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
import os from 'node:os';
import path from 'node:path';
import { ADMIN_TOKEN, ApiServer } from './apiServer';
import { ClusterApi } from './ClusterApi';
import { kubeconfigOf } from './kubeconfig';
import { createBridge, NODE_ADDRESS } from './network';
import { fileOf, type Parts } from './parts';

/** The real components, started and stopped together. */
export class Bed {
  readonly folder: string;
  readonly parts: Parts;
  readonly apiServer: ApiServer;
  readonly api: ClusterApi;

  /** The process must be in a network namespace of its own. */
  static async start(parts: Parts): Promise<Bed> {
    const folder = fs.mkdtempSync(
      path.join(os.tmpdir(), 'prefix-caching-bed-'),
    );
    createBridge();
    const apiServer = await ApiServer.start({
      file: fileOf(parts.apiServer),
      address: NODE_ADDRESS,
      folder: path.join(folder, 'apiserver'),
    });
    return new Bed(folder, parts, apiServer);
  }

  private constructor(folder: string, parts: Parts, apiServer: ApiServer) {
    this.folder = folder;
    this.parts = parts;
    this.apiServer = apiServer;
    this.api = ClusterApi.create({
      url: apiServer.url,
      ca: apiServer.ca,
      token: ADMIN_TOKEN,
    });
  }

  /** The administrator's token. */
  get adminToken(): string {
    return ADMIN_TOKEN;
  }

  /** Writes a kubeconfig for the holder of a token, and says where. */
  kubeconfig(name: string, token: string): string {
    const file = path.join(this.folder, `${name}.kubeconfig`);
    const { url, ca } = this.apiServer;
    fs.writeFileSync(file, kubeconfigOf({ url, ca, token }), { mode: 0o600 });
    return file;
  }

  async stop(): Promise<void> {
    await this.apiServer.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
