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
import path from 'node:path';
import { findBrowser } from '../../../scripts/browser';
import type { Part } from './parts';

/** Prometheus as Debian has it. */
export function findPrometheus(): Part {
  return partOf(
    'prometheus',
    onPath('prometheus'),
    ['--version'],
    'prometheus',
  );
}

/** PostgreSQL as Debian has it, which keeps its server off the PATH. */
export function findPostgres(): Part {
  return partOf(
    'postgresql',
    newest('/usr/lib/postgresql', 'bin/initdb'),
    ['--version'],
    'postgresql',
  );
}

/** A Chromium, where the browser tests find it too. */
export function findChromium(): Part {
  return partOf('chromium', findBrowser(), ['--version'], 'chromium');
}

/**
 * The picker of newer KServe releases, where one is given: not every module
 * proxy hands out its versions, so that it cannot be built for everybody.
 */
export function findRouter(): Part {
  const name = 'llm-d-router';
  const file = process.env.LLM_D_ROUTER_EPP;
  if (!file) {
    return { name, missing: 'LLM_D_ROUTER_EPP can name its program' };
  }
  if (spawnSync(file, ['--help']).error) {
    throw new Error(
      `LLM_D_ROUTER_EPP is ${file}, which cannot be run: name the program that \`go build ./cmd/epp\` makes in a checkout of llm-d-router.`,
    );
  }
  return { name, version: `at ${file}`, file };
}

function partOf(
  name: string,
  file: string | undefined,
  args: string[],
  debian: string,
): Part {
  if (!file) {
    return { name, missing: `apt-get install ${debian} brings it` };
  }
  const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  const [version = 'of an unknown version'] =
    /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`) ?? [];
  return { name, version, file };
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders
    .map(folder => path.join(folder, name))
    .find(file => fs.existsSync(file));
}

function newest(folder: string, program: string): string | undefined {
  if (!fs.existsSync(folder)) return undefined;
  return fs
    .readdirSync(folder)
    .sort((a, b) => Number(b) - Number(a))
    .map(version => path.join(folder, version, program))
    .find(file => fs.existsSync(file));
}
