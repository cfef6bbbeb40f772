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
import { after, before } from 'node:test';
import { Bed } from './src/Bed';
import type { Parts } from './src/parts';
import { listAndWatch } from './tests/listAndWatch';
import { renderedManifests } from './tests/renderedManifests';

// The bed is a process of its own with nobody above it who would end it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(130));
}

const parts: Parts = JSON.parse(
  fs.readFileSync(process.env.BED_PARTS ?? '', 'utf8'),
);
let started: Bed | undefined;

function bed(): Bed {
  if (!started) {
    throw new Error('The bed has not started');
  }
  return started;
}

before(async () => {
  const from = Date.now();
  started = await Bed.start(parts);
  console.log(`kube-apiserver is ready after ${secondsSince(from)} s`);
});

after(async () => {
  await started?.stop();
});

listAndWatch(bed);
renderedManifests(bed, ['kserve-0.18', 'kserve-0.20', 'rhaii-3.4-ea1']);

function secondsSince(from: number): string {
  return ((Date.now() - from) / 1000).toFixed(1);
}
