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
 * A million damaged expositions, or as many as the first argument says, from a
 * seed that is the second. Run by `npm run fuzz`; ends with 1 on a failure.
 */
import { fuzzExpositions } from '../src/metrics/__testUtils__/expositionFuzzer';

const BATCH = 50_000;

/** Prints a line. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [count = 1_000_000, seed = Date.now() % 1_000_000_000] = process.argv
  .slice(2)
  .map(Number);
print(`${count} expositions from seed ${seed}`);

const before = process.memoryUsage().heapUsed;
let most = 0;
let failed = false;
for (let done = 0; done < count && !failed; done += BATCH) {
  const batch = Math.min(BATCH, count - done);
  for (const failure of fuzzExpositions(batch, seed + done)) {
    failed = true;
    print(
      `Seed ${failure.seed}: ${failure.what}\n${JSON.stringify(failure.text)}`,
    );
  }
  global.gc?.();
  most = Math.max(most, process.memoryUsage().heapUsed - before);
}
print(
  `${
    failed ? 'FAILED' : 'No crash, hang or limit exceeded'
  }; heap grew by at most ${Math.round(most / 1e6)} MB`,
);
process.exitCode = failed ? 1 : 0;
