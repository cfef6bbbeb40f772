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

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { GoComponent } from './components';

/**
 * A program that can be run, or why it cannot. Where it was made just now, the
 * seconds that took.
 */
export type Built = { file: string; seconds?: number } | { missing: string };

/**
 * Where built programs are kept: the user's cache folder, so that a fresh clone
 * on the same machine builds nothing again.
 */
export function cacheFolder(): string {
  return path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
    'prefix-caching-bed',
  );
}

/** Builds a Go program, once for its version and source. */
export function buildGo(component: GoComponent): Built {
  const { name, version, folder } = component;
  const file = path.join(
    cacheFolder(),
    `${name}-${version}-${digestOf(folder)}`,
  );
  if (fs.existsSync(file)) {
    return { file };
  }
  const go = goProgram();
  if (!go) {
    return { missing: `${name} ${version}: Go is not installed` };
  }
  console.log(`Building ${name} ${version} (some minutes, once) …`);
  const from = Date.now();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bed-'));
  const { status, stderr } = spawnSync(
    go,
    [
      'build',
      '-trimpath',
      // Git refuses checkouts that belong to somebody else.
      '-buildvcs=false',
      `-ldflags=${flagsOf(component)}`,
      '-o',
      `${scratch}/${name}`,
      component.package,
    ],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CGO_ENABLED: '0' },
    },
  );
  if (status !== 0) {
    const reason = stderr.trim().split('\n').slice(-2).join(' ');
    return { missing: `${name} ${version}: its build failed: ${reason}` };
  }
  keep(path.join(scratch, name), file);
  fs.rmSync(scratch, { recursive: true, force: true });
  const seconds = Math.round((Date.now() - from) / 1000);
  console.log(`${name} ${version} took ${seconds} s to build`);
  return { file, seconds };
}

/** Where Go is usually found, also where it is not on the PATH. */
function goProgram(): string | undefined {
  return ['go', '/usr/local/go/bin/go'].find(
    go => spawnSync(go, ['version']).status === 0,
  );
}

/** Small, and with the version it would have been released with. */
function flagsOf({ version, versionVariable }: GoComponent): string {
  return versionVariable ? `-s -w -X ${versionVariable}=${version}` : '-s -w';
}

/** A program changes without its version when its source here does. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) {
    const file = path.join(folder, name);
    if (fs.existsSync(file)) hash.update(fs.readFileSync(file));
  }
  return hash.digest('hex').slice(0, 8);
}

/** Moves a program into the cache in one step, so that none is ever half there. */
export function keep(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const beside = `${to}.${process.pid}`;
  fs.copyFileSync(from, beside);
  fs.chmodSync(beside, 0o755);
  fs.renameSync(beside, to);
}
