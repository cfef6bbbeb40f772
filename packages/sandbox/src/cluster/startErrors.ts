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

import { listAt, objectAt, textAt } from '../json';

/** Flags vLLM no longer knows; argparse then ends the process. */
const REMOVED_FLAGS = ['--disable-log-requests'];

/** Every word of a container's command, arguments and `VLLM_ADDITIONAL_ARGS`. */
export function launchWords(container: unknown): string[] {
  const additional = listAt(container, 'env')
    .filter(variable => textAt(variable, 'name') === 'VLLM_ADDITIONAL_ARGS')
    .map(variable => textAt(variable, 'value') ?? '');
  return [
    ...listAt(container, 'command'),
    ...listAt(container, 'args'),
    ...additional,
  ]
    .map(String)
    .flatMap(part => part.split(/\s+/))
    .filter(Boolean);
}

/** The container called `main`, or an empty mapping. */
export function mainContainer(podSpec: unknown) {
  const containers = listAt(podSpec, 'containers');
  return objectAt(
    containers.find(container => textAt(container, 'name') === 'main'),
  );
}

/** Why the model server in this pod ends at start; undefined when it starts. */
export function engineStartError(podSpec: unknown): string | undefined {
  const container = mainContainer(podSpec);
  const words = launchWords(container);
  const unknown = words.filter(word =>
    REMOVED_FLAGS.includes(word.split('=')[0]),
  );
  if (unknown.length > 0) {
    return `vllm: error: unrecognized arguments: ${unknown.join(' ')}`;
  }
  const script = words.includes('$@"') || words.includes('$@');
  const launcher = listAt(container, 'args').map(String).join(' ');
  if (script && /\bpython3?\s+-m\s/.test(launcher)) {
    // The preset's script appends the arguments to `vllm serve /mnt/models`.
    return 'vllm: error: unrecognized arguments: python3 -m vllm.entrypoints.openai.api_server';
  }
  return undefined;
}
