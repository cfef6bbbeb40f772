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
 * Mutation testing of the rules: `npm run mutate`. What it found is in
 * docs/mutation.md.
 */
import { fileURLToPath } from 'node:url';

const beside = name => fileURLToPath(new URL(name, import.meta.url));

export default {
  mutate: [
    'src/{checks,scoring}/*.ts',
    '!**/*.test.ts',
    '!**/index.ts',
    // A table of the documentation, held against its pages by a test that reads them.
    '!**/documentCommands.ts',
  ],
  testRunner: 'loaded-once',
  plugins: [beside('./loadedOnce.mjs')],
  mochaOptions: {
    // A check's own table first: it is quick, and most mutants die of it.
    spec: [
      'src/scoring/*.test.ts',
      'src/checks/{engine,gateway,network,router,routing,status}*.test.ts',
      'src/checks/*.test.ts',
    ],
    require: [beside('./jestOnMocha.cjs')],
  },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: {
    allowColor: false,
    allowEmojis: false,
    logTests: false,
    reportTests: false,
  },
};
