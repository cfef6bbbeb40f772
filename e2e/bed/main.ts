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

import { after, before } from 'node:test';
import { Bed } from './src/Bed';
import { buildGo } from './src/build';
import { GO_COMPONENTS } from './src/components';
import { renderedManifests } from './tests/renderedManifests';

let started: Bed | undefined;

function bed(): Bed {
  if (!started) {
    throw new Error('The bed has not started');
  }
  return started;
}

before(async () => {
  const { name, version } = GO_COMPONENTS.apiServer;
  const from = Date.now();
  started = await Bed.start({ apiServer: buildGo(GO_COMPONENTS.apiServer) });
  console.log(
    `${name} ${version} with etcd runs for real, ready in ${(
      (Date.now() - from) /
      1000
    ).toFixed(1)} s`,
  );
});

after(async () => {
  await started?.stop();
});

renderedManifests(bed, ['kserve-0.18', 'kserve-0.20', 'rhaii-3.4-ea1']);
