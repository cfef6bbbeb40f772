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

/**
 * Name prefixes that only say where a metric came from: OpenShift AI's second
 * pod monitor renames everything to `kserve_…`, and the router's main branch of
 * May 2026 wrote `llm_d_router_epp_…`. Source: epp.md §1.1, §2.
 */
const ALIASES: readonly [alias: string, prefix: string][] = [
  ['kserve_', ''],
  ['llm_d_router_epp_', 'llm_d_epp_'],
];

/** The name that a metric has without such a prefix. */
export function currentName(name: string): string {
  return ALIASES.reduce(
    (current, [alias, prefix]) =>
      current.startsWith(alias)
        ? prefix + current.slice(alias.length)
        : current,
    name,
  );
}

/** All names under which a metric may be met, its own first. */
export function namesOf(name: string): string[] {
  const names = [name];
  for (const [alias, prefix] of [...ALIASES].reverse()) {
    for (const each of [...names]) {
      if (each.startsWith(prefix)) {
        names.push(alias + each.slice(prefix.length));
      }
    }
  }
  return names;
}
