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

/** What a plugin does for a request. */
export type PluginRole =
  | 'profile-handler'
  | 'filter'
  | 'scorer'
  | 'picker'
  | 'data-producer'
  | 'other';

/** Plugin types carry their role as an ending. Source: the types in epp.md §3.1 and the router's sample configs. */
const ENDINGS: readonly [ending: string, role: PluginRole][] = [
  ['-scorer', 'scorer'],
  ['-picker', 'picker'],
  ['-profile-handler', 'profile-handler'],
  ['-filter', 'filter'],
  ['-producer', 'data-producer'],
];

/** Types whose name does not say it. */
const EXCEPTIONS: ReadonlyMap<string, PluginRole> = new Map([
  ['by-label', 'filter'],
]);

/**
 * The role of a plugin in a profile. Only scorers are weighed, so a plugin of
 * a type we do not know that was given a weight is a scorer of somebody's own.
 */
export function pluginRole(type: string, weighed: boolean): PluginRole {
  const known =
    EXCEPTIONS.get(type) ??
    ENDINGS.find(([ending]) => type.endsWith(ending))?.[1];
  return known ?? (weighed ? 'scorer' : 'other');
}
