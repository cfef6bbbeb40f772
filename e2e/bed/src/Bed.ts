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
import type { Built } from './build';
import { ClusterApi } from './ClusterApi';
import { createBridge, NODE_ADDRESS } from './network';

export interface BedPrograms {
  apiServer: Built;
}

/** The real components, started and stopped together. */
export class Bed {
  readonly folder: string;
  readonly apiServer: ApiServer;
  readonly api: ClusterApi;

  /** The process must be in a network namespace of its own. */
  static async start(programs: BedPrograms): Promise<Bed> {
    const folder = fs.mkdtempSync(
      path.join(os.tmpdir(), 'prefix-caching-bed-'),
    );
    createBridge();
    const apiServer = await ApiServer.start({
      file: fileOf(programs.apiServer),
      address: NODE_ADDRESS,
      folder: path.join(folder, 'apiserver'),
    });
    return new Bed(folder, apiServer);
  }

  private constructor(folder: string, apiServer: ApiServer) {
    this.folder = folder;
    this.apiServer = apiServer;
    this.api = ClusterApi.create({
      url: apiServer.url,
      ca: apiServer.ca,
      token: ADMIN_TOKEN,
    });
  }

  async stop(): Promise<void> {
    await this.apiServer.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function fileOf(built: Built): string {
  if ('missing' in built) {
    throw new Error(built.missing);
  }
  return built.file;
}
