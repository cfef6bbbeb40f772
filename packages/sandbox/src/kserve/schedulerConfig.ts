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

import { stringify } from 'yaml';
import { kindOf, type KubeObject, type ObjectStore } from '../api';
import { at, isObject, listAt, textAt } from '../json';
import { mainContainer } from '../cluster';

const FLAGS = ['config-text', 'configText', 'config-file', 'configFile'];

/** The value of an EPP flag, from `--flag value`, `--flag=value` and their one-dash forms. */
export function flagValue(
  container: unknown,
  names: string[],
): string | undefined {
  const words = [
    ...listAt(container, 'command'),
    ...listAt(container, 'args'),
  ].map(String);
  for (let index = 0; index < words.length; index += 1) {
    const match = /^--?([\w-]+)(?:=([\s\S]*))?$/.exec(words[index]);
    if (match && names.includes(match[1])) return match[2] ?? words[index + 1];
  }
  return undefined;
}

/** The scheduling configuration an EPP container runs with. */
export function liveConfig(container: unknown): string | undefined {
  return flagValue(container, FLAGS);
}

/**
 * The configuration KServe gives the EPP. First what the service says, then what
 * its own template says, then what the Deployment already runs, then the default.
 */
export function chosenConfig(options: {
  store: ObjectStore;
  service: KubeObject;
  existing: KubeObject | undefined;
  fallback: unknown;
}): string {
  const { store, service, existing, fallback } = options;
  const inline = at(service, 'spec', 'router', 'scheduler', 'config', 'inline');
  if (typeof inline === 'string') return inline;
  if (isObject(inline)) return stringify(inline);
  const ref = at(service, 'spec', 'router', 'scheduler', 'config', 'ref');
  const referenced = store.get(
    kindOf('ConfigMap'),
    service.metadata.namespace,
    textAt(ref, 'name') ?? '',
  );
  return (
    textAt(referenced, 'data', textAt(ref, 'key') ?? '') ??
    liveConfig(mainContainer(at(existing, 'spec', 'template', 'spec'))) ??
    stringify(fallback)
  );
}
