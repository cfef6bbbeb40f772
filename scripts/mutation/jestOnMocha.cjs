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
 * What the tests of the rules use of Jest, on top of Mocha.
 *
 * Jest loads every module anew for every test file, which takes a second and
 * more for each of some thousand mutants. Mocha loads the tests once and runs
 * the few that reach a mutant, in milliseconds. Assertions and tables of cases
 * are Jest's own packages, so that the tests are the same.
 */
const { bind } = require('jest-each');
const { expect } = require('expect');
const { interfaces } = require('mocha');

// The transform tells its parent which files it reads; Stryker, which is the
// parent, expects nothing but its own messages.
const send = process.send?.bind(process);
if (send) {
  process.send = (message, ...rest) =>
    message?.type === 'watch' || send(message, ...rest);
}
require('@backstage/cli/config/nodeTransform.cjs');

const { bdd } = interfaces;

// Required before the tests: Stryker lets no interface of one's own be named.
interfaces.bdd = suite => {
  bdd(suite);
  suite.on('pre-require', context => {
    context.it.each = bind(context.it);
    context.describe.each = bind(context.describe, false);
    context.expect = expect;
  });
};
