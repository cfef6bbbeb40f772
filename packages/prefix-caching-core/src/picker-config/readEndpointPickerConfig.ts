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

import { parseDocument } from 'yaml';
import { PickerConfigError } from './PickerConfigError';
import { pluginRole } from './pluginRoles';
import type {
  EndpointPickerConfig,
  PickerPlugin,
  SchedulingProfile,
} from './types';

/** The second since May 2026, the first still accepted by it (epp.md §3). */
const API_VERSIONS = [
  'inference.networking.x-k8s.io/v1alpha1',
  'llm-d.ai/v1alpha1',
];

/** What the picker gives a scorer that names no weight. Source: epp.md §3. */
const DEFAULT_WEIGHT = 1;

/**
 * Reads the text of an `EndpointPickerConfig`, YAML or JSON, as the picker's
 * `--config-text` or its config file holds it. Plugin references are resolved
 * to types; a scorer without a weight weighs 1.
 *
 * @throws {@link PickerConfigError} when the text is no YAML, another kind, or
 * refers to a plugin that it does not declare.
 *
 * @public
 */
export function readEndpointPickerConfig(text: string): EndpointPickerConfig {
  const root = mapping(parseYaml(text), 'the text');
  const { kind, apiVersion } = root;
  if (kind !== 'EndpointPickerConfig') {
    throw new PickerConfigError(
      `kind is ${show(kind)}, expected "EndpointPickerConfig".`,
    );
  }
  if (typeof apiVersion !== 'string' || !API_VERSIONS.includes(apiVersion)) {
    throw new PickerConfigError(
      `apiVersion is ${show(apiVersion)}, expected ${API_VERSIONS.join(
        ' or ',
      )}.`,
    );
  }

  const plugins = new Map<string, PickerPlugin>();
  for (const [at, entry] of list(root.plugins, 'plugins')) {
    const plugin = readPlugin(entry, at);
    if (plugins.has(plugin.name)) {
      throw new PickerConfigError(
        `${at} is named ${show(
          plugin.name,
        )} like a plugin before it; give one of them another name.`,
      );
    }
    plugins.set(plugin.name, plugin);
  }
  const profiles = list(root.schedulingProfiles, 'schedulingProfiles');
  return {
    apiVersion,
    profiles: profiles.map(([at, entry]) => readProfile(entry, at, plugins)),
    plugins: [...plugins.values()],
  };
}

function readPlugin(entry: unknown, at: string): PickerPlugin {
  const plugin = mapping(entry, at);
  const type = string(plugin.type, `${at}.type`);
  const name = string(plugin.name || type, `${at}.name`);
  return isAbsent(plugin.parameters)
    ? { name, type }
    : {
        name,
        type,
        parameters: mapping(plugin.parameters, `${at}.parameters`),
      };
}

function readProfile(
  entry: unknown,
  at: string,
  plugins: ReadonlyMap<string, PickerPlugin>,
): SchedulingProfile {
  const { name, plugins: references } = mapping(entry, at);
  const profile: SchedulingProfile = {
    name: string(name, `${at}.name`),
    scorers: [],
  };
  for (const [refAt, reference] of list(references, `${at}.plugins`)) {
    const { pluginRef, weight } = mapping(reference, refAt);
    const plugin = plugins.get(string(pluginRef, `${refAt}.pluginRef`));
    if (!plugin) {
      throw new PickerConfigError(
        `${refAt}.pluginRef is ${show(pluginRef)}, but plugins declares only ${[
          ...plugins.keys(),
        ].join(', ')}.`,
      );
    }
    const role = pluginRole(plugin.type, !isAbsent(weight));
    if (role === 'picker') profile.picker = plugin.type;
    if (role === 'scorer') {
      profile.scorers.push({
        name: plugin.name,
        type: plugin.type,
        weight: isAbsent(weight)
          ? DEFAULT_WEIGHT
          : number(weight, `${refAt}.weight`),
      });
    }
  }
  return profile;
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    throw new PickerConfigError(
      `expected YAML or JSON: ${error.message.split('\n')[0]}`,
    );
  }
  try {
    return document.toJS();
  } catch (error_) {
    // Aliases that unfold beyond yaml's limit.
    throw new PickerConfigError(`expected YAML or JSON: ${String(error_)}`);
  }
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function mapping(value: unknown, at: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new PickerConfigError(`${at} is ${show(value)}, expected a mapping.`);
}

/** The entries of a list, each with the path to name it by. */
function list(value: unknown, at: string): [at: string, entry: unknown][] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) {
    throw new PickerConfigError(`${at} is ${show(value)}, expected a list.`);
  }
  return value.map((entry, index) => [`${at}[${index}]`, entry]);
}

function string(value: unknown, at: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new PickerConfigError(`${at} is ${show(value)}, expected a name.`);
}

function number(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new PickerConfigError(`${at} is ${show(value)}, expected a number.`);
}

function show(value: unknown): string {
  if (isAbsent(value)) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}
