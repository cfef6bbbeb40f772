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
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildFrontEnd, CACHE, ROOT } from './portal';

const DIST = path.join(ROOT, 'packages/app/dist');
const PLUGIN = 'backstage-plugin-prefix-caching';

/**
 * The modules that code of a portal without the plugin comes from, as the maps
 * of its production build have them. They are kept for the next run.
 */
export function modulesOfStockPortal(): ReadonlySet<string> {
  const digest = createHash('sha256');
  for (const file of [
    'yarn.lock',
    'app-config.yaml',
    'packages/app/package.json',
  ])
    digest.update(readFileSync(path.join(ROOT, file)));
  const kept = path.join(
    CACHE,
    `stock-${digest.digest('hex').slice(0, 16)}.json`,
  );
  if (!existsSync(kept)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(kept, JSON.stringify(buildStockPortal()));
  }
  return new Set<string>(JSON.parse(readFileSync(kept, 'utf8')));
}

function buildStockPortal(): string[] {
  const config = path.join(CACHE, 'app-config.stock.yaml');
  writeFileSync(config, `app:\n  packages:\n    exclude: [${PLUGIN}]\n`);
  const aside = path.join(CACHE, 'dist');
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(DIST)) renameSync(DIST, aside);
  try {
    buildFrontEnd(
      '--config',
      path.join(ROOT, 'app-config.yaml'),
      '--config',
      config,
    );
    return modulesOf(path.join(DIST, 'static'));
  } finally {
    rmSync(DIST, { recursive: true, force: true });
    if (existsSync(aside)) renameSync(aside, DIST);
  }
}

function modulesOf(folder: string): string[] {
  const sources = readdirSync(folder)
    .filter(file => file.endsWith('.js.map'))
    .flatMap(
      (file): string[] =>
        JSON.parse(readFileSync(path.join(folder, file), 'utf8')).sources,
    );
  return [...new Set(sources.map(plainName))];
}

/** A module's path from the repository's root on; source maps have it from the app's. */
function plainName(name: string): string {
  const fromApp = name.replace(/^webpack:\/\/[^/]*\//, '').replace(/\?.*$/, '');
  // What the bundler makes itself has no path.
  return fromApp.startsWith('.')
    ? path.posix.join('packages/app', fromApp)
    : fromApp;
}

/** What a chunk of the production build has that is not carried already, gzipped. */
export function newInChunk(
  pathname: string,
  carried: ReadonlySet<string>,
): { bytes: number; isCharts: boolean } {
  const file = path.join(DIST, pathname);
  // A chunk of a style sheet alone has no map.
  if (!existsSync(`${file}.map`)) return { bytes: 0, isCharts: false };
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  const text = newText(readFileSync(file, 'utf8'), new SourceMap(map), carried);
  return {
    bytes: text === '' ? 0 : gzipSync(text, { level: 9 }).byteLength,
    isCharts: (map.sources as string[]).some(source =>
      /node_modules\/(recharts|victory-vendor)\//.test(source),
    ),
  };
}

/** What of generated code comes from modules that are not carried. */
function newText(
  code: string,
  map: SourceMap,
  carried: ReadonlySet<string>,
): string {
  const isNew = new Map<string, boolean>();
  let text = '';
  for (const [row, line] of code.split('\n').entries()) {
    for (let column = 0; column < line.length; column += 1) {
      const entry = map.findEntry(row, column);
      // What the bundler puts between modules has no source.
      const source = ('originalSource' in entry && entry.originalSource) || '';
      if (!isNew.has(source)) {
        const name = plainName(source);
        isNew.set(
          source,
          /^(node_modules|packages|plugins)\//.test(name) && !carried.has(name),
        );
      }
      if (isNew.get(source)) text += line[column];
    }
  }
  return text;
}
