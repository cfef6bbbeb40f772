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

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../../..');
/** What benchmarks leave for their next run; ignored by git. */
export const CACHE = path.join(ROOT, '.portal/bench');
export const PORTAL = 'http://localhost:7007';

/** Starts the portal of `npm start`, with more configuration; gives what stops it. */
export async function startPortal(
  ...configs: string[]
): Promise<() => Promise<void>> {
  const portal = spawn(
    process.execPath,
    [
      path.join(ROOT, 'scripts/start.js'),
      ...configs.flatMap(file => ['--config', file]),
    ],
    { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Portal ready')) resolve();
    };
    portal.stdout.on('data', read);
    portal.stderr.on('data', read);
    portal.once('exit', () => reject(new Error(output)));
  });
  return async () => {
    const ended = once(portal, 'exit');
    portal.kill('SIGTERM');
    await ended;
  };
}

/** Builds the front end into `packages/app/dist`. */
export function buildFrontEnd(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/.bin/backstage-cli'),
      'package',
      'build',
      ...options,
    ],
    {
      cwd: path.join(ROOT, 'packages/app'),
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}
