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
import { Ledger } from './src/Ledger';
import type { Parts } from './src/parts';
import { servedRelease } from './src/servedRelease';
import { fromPrometheus } from './tests/fromPrometheus';
import { gatewayFaults } from './tests/gatewayFaults';
import { inBrowser } from './tests/inBrowser';
import { listAndWatch } from './tests/listAndWatch';
import { minimalRole } from './tests/minimalRole';
import { pickerFigures } from './tests/pickerFigures';
import { pickerMetrics } from './tests/pickerMetrics';
import { part } from './tests/part';
import { probe } from './tests/probe';
import { realService } from './tests/realService';
import { renderedManifests } from './tests/renderedManifests';
import { severalBackEnds } from './tests/severalBackEnds';

// The bed is a process of its own with nobody above it who would end it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(130));
}

const parts: Parts = JSON.parse(
  fs.readFileSync(process.env.BED_PARTS ?? '', 'utf8'),
);
const ledger = Ledger.create(parts);
let started: Bed | undefined;

function bed(): Bed {
  if (!started) {
    throw new Error('The bed has not started');
  }
  return started;
}

before(async () => {
  const end = ledger.begin('start of kube-apiserver');
  started = await Bed.start(parts);
  end();
});

after(async () => {
  await started?.stop();
  console.log(`${ledger}`);
});

const release = servedRelease(parts);
const all = { parts, ledger, needs: ['apiServer'] as const };

part('list and watch', all, () => listAndWatch(bed));
part('what is rendered is accepted with strict field validation', all, () =>
  renderedManifests(bed, ['kserve-0.18', 'kserve-0.20', 'rhaii-3.4-ea1']),
);
part(
  'a rendered service that really serves',
  {
    ...all,
    needs: ['apiServer', 'kwok', release.picker, 'simulator', 'envoy'],
  },
  () =>
    realService(bed, service => {
      part('the documented role', all, () => minimalRole(service, release));
      part('metrics of a picker that wants a token', all, () =>
        pickerMetrics(service),
      );
      part('what pickers expose', { ...all, needs: ['gaiePicker'] }, () =>
        pickerFigures(service, release),
      );
      part('traffic that goes around the picker', all, () =>
        gatewayFaults(service),
      );
      part('an active probe', all, () => probe(service));
      part('figures of a Prometheus', { ...all, needs: ['prometheus'] }, () =>
        fromPrometheus(service),
      );
      part(
        'two back ends on one PostgreSQL',
        { ...all, needs: ['postgres'] },
        () => severalBackEnds(service),
      );
      part('the portal in a browser', { ...all, needs: ['browser'] }, () =>
        inBrowser(service),
      );
    }),
);
