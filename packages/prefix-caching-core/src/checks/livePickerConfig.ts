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

import { at, containerFlags, isRecord, listAt, textAt } from '../kubernetes';
import { gapFor, objectsOf, pickerContainers, wasAsked } from '../observation';
import type { FoundContainer, Observation } from '../observation';
import { readEndpointPickerConfig } from '../picker-config';
import type { EndpointPickerConfig } from '../picker-config';

/** The configuration a picker runs with, and where it was read. @public */
export interface LivePickerConfig {
  config?: EndpointPickerConfig;
  /** `Pod ns/name, container main, --config-text`. */
  source: string;
  /** Whether it was read from a running pod. */
  running: boolean;
  /** Why there is no `config`, where there is none. */
  problem?: string;
}

/** Most pickers of a fleet carry the same text, and each is read by several checks. */
const read = new Map<string, EndpointPickerConfig>();
const MAX_READ = 200;

function readOnce(text: string): EndpointPickerConfig {
  const config = read.get(text) ?? readEndpointPickerConfig(text);
  if (read.size >= MAX_READ) read.clear();
  read.set(text, config);
  return config;
}

function parsed(
  text: string,
  source: string,
  running: boolean,
): LivePickerConfig {
  try {
    return { config: readOnce(text), source, running };
  } catch (error) {
    return { source, running, problem: (error as Error).message };
  }
}

function podSpecOf({ object }: FoundContainer): unknown {
  if (object.kind === 'Pod') return object.spec;
  return object.kind === 'Deployment'
    ? at(object, 'spec', 'template', 'spec')
    : at(object, 'spec', 'router', 'scheduler', 'template');
}

/** The ConfigMap key behind a mounted path. */
function mountedFile(
  found: FoundContainer,
  path: string,
): { configMap: string; key: string } | undefined {
  const [mount] = listAt(found.container, 'volumeMounts')
    .map(entry => ({
      volume: textAt(entry, 'name'),
      path: (textAt(entry, 'mountPath') ?? '').replace(/\/$/, ''),
      subPath: textAt(entry, 'subPath'),
    }))
    .filter(({ path: mounted }) => `${path}/`.startsWith(`${mounted}/`))
    .sort((a, b) => b.path.length - a.path.length);
  const volume = listAt(podSpecOf(found), 'volumes').find(
    candidate => textAt(candidate, 'name') === mount?.volume,
  );
  const configMap = textAt(volume, 'configMap', 'name');
  if (!mount || !configMap) return undefined;
  const file = mount.subPath ?? path.slice(mount.path.length + 1);
  const item = listAt(volume, 'configMap', 'items').find(
    entry => textAt(entry, 'path') === file,
  );
  return { configMap, key: textAt(item, 'key') ?? file };
}

function fromFile(
  observation: Observation,
  found: FoundContainer,
  path: string,
): LivePickerConfig {
  const source = `${found.where}, container main, --config-file ${path}`;
  const { running } = found;
  const mounted = mountedFile(found, path);
  if (!mounted) {
    return {
      source,
      running,
      problem: `${path} is mounted from no ConfigMap, so it cannot be read from here.`,
    };
  }
  const { configMap, key } = mounted;
  const object = objectsOf(observation, 'ConfigMap').find(
    candidate => candidate.metadata.name === configMap,
  );
  const text = object?.data?.[key];
  if (text !== undefined) {
    return parsed(text, `${source} (ConfigMap ${configMap}, ${key})`, running);
  }
  const gap = gapFor(observation, 'ConfigMap');
  const unread = gap?.message ?? `ConfigMap ${configMap} was not read.`;
  return {
    source,
    running,
    problem:
      object || (!gap && wasAsked(observation, 'ConfigMap'))
        ? `ConfigMap ${configMap} has no key ${key}.`
        : unread,
  };
}

/**
 * The picker's configuration: of a running pod, else of its Deployment, else
 * of the template its service gives. `undefined` where none of them carries a
 * configuration flag in any spelling.
 *
 * @public
 */
export function livePickerConfig(
  observation: Observation,
): LivePickerConfig | undefined {
  for (const found of pickerContainers(observation)) {
    const flags = containerFlags(found.container);
    const text = flags.value('config-text');
    if (text !== undefined) {
      const source = `${found.where}, container main, --config-text`;
      return parsed(text, source, found.running);
    }
    const file = flags.value('config-file');
    if (file !== undefined) return fromFile(observation, found, file);
    if (found.running) return undefined;
  }
  return undefined;
}

/** The configuration a service declares, inline or by reference. @public */
export function declaredPickerConfig(
  observation: Observation,
): LivePickerConfig | undefined {
  const declared = at(
    observation.service,
    'spec',
    'router',
    'scheduler',
    'config',
  );
  const inline = at(declared, 'inline');
  if (isRecord(inline)) {
    return parsed(
      JSON.stringify(inline),
      'LLMInferenceService, router.scheduler.config.inline',
      false,
    );
  }
  const name = textAt(declared, 'ref', 'name');
  const key = textAt(declared, 'ref', 'key') ?? 'epp';
  const text = objectsOf(observation, 'ConfigMap').find(
    object => object.metadata.name === name,
  )?.data?.[key];
  return name !== undefined && text !== undefined
    ? parsed(text, `ConfigMap ${name}, ${key}`, false)
    : undefined;
}
