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
 * Mocha's runner, told that nothing need be loaded anew. Stryker starts a new
 * process for each mutant that also runs while a test file is loaded, which
 * takes seconds for each; what matters is what the tests see of it later.
 */
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { strykerPlugins as ofMocha } from '@stryker-mutator/mocha-runner';

const [{ factory }] = ofMocha;

function createRunner(injector) {
  const runner = factory(injector);
  runner.capabilities = async () => ({ reloadEnvironment: true });
  return runner;
}
createRunner.inject = factory.inject;

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'loaded-once', createRunner),
];
export { strykerValidationSchema } from '@stryker-mutator/mocha-runner';
