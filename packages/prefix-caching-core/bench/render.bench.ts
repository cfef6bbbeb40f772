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

/*
 * How long rendering takes: one deployment, and the whole matrix of platform
 * profiles, accelerators and structural options that the tests render. Beside
 * it what a form would do without the domain: writing the same objects out
 * with the YAML library alone, without checks, comments and prose. Run by
 * `npm run bench`.
 */
import { stringify } from 'yaml';
import { renderDeployment, validatePlan } from '../src/deployment';
import type { DeploymentPlan } from '../src/deployment';
import {
  ALL_TABLES,
  acceleratorMatrix,
  structureMatrix,
} from '../src/deployment/__fixtures__/matrix';
import { referencePlan } from '../src/deployment/__fixtures__/plans';

const ROUNDS = 60;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const everything: DeploymentPlan = {
  ...referencePlan('rhaii-3.4-ea1'),
  monitoring: true,
  envoyFilter: true,
  overlays: ['staging', 'production'],
};
const objects = renderDeployment(everything, ALL_TABLES).flatMap(
  file => file.objects,
);

const CONTENDERS: [name: string, run: () => unknown][] = [
  [
    'yaml alone, the same objects',
    () => objects.map(object => stringify(object)),
  ],
  ['validatePlan', () => validatePlan(everything, ALL_TABLES)],
  ['renderDeployment', () => renderDeployment(everything, ALL_TABLES)],
];

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

// In turns, so that whatever else the machine does falls on all alike.
const times = CONTENDERS.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [at, [, run]] of CONTENDERS.entries()) {
    times[at].push(timed(run));
  }
}
const [alone] = times.map(all => median([...all]));

say(
  `\nOne deployment of two services with every option, ${objects.length} objects; median of ${ROUNDS} rounds, the best in brackets.\n`,
);
for (const [at, [name]] of CONTENDERS.entries()) {
  const [middle, best] = [median(times[at]), Math.min(...times[at])];
  say(
    [
      name.padEnd(32),
      middle.toFixed(1).padStart(8),
      `(${best.toFixed(1)})`.padStart(9),
      'ms',
      `${(middle / alone).toFixed(2)} ×`.padStart(9),
    ].join(' '),
  );
}

const matrix = [...acceleratorMatrix(), ...structureMatrix()];
const all = timed(() => {
  for (const { plan } of matrix) renderDeployment(plan, ALL_TABLES);
});
say(
  `\nThe whole matrix: ${matrix.length} deployments in ${(all / 1000).toFixed(
    1,
  )} s, ${(all / matrix.length).toFixed(1)} ms each.`,
);
