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

import { parse } from 'yaml';
import { listAt, numberAt, textAt } from '../json';

export interface Scorer {
  /** The plugin's name in the profile. */
  name: string;
  type: string;
  weight: number;
}

/**
 * The scorers of the first scheduling profile. A reference names a plugin by its
 * `name`, which is its type unless given; a weight left out counts as 1.
 */
export function readScorers(config: string | undefined): Scorer[] {
  const parsed: unknown = parse(config ?? '');
  const types = new Map<string, string>();
  for (const plugin of listAt(parsed, 'plugins')) {
    const type = textAt(plugin, 'type') ?? '';
    types.set(textAt(plugin, 'name') ?? type, type);
  }
  return listAt(parsed, 'schedulingProfiles', 0, 'plugins').flatMap(entry => {
    const name = textAt(entry, 'pluginRef') ?? '';
    const type = types.get(name);
    if (!type?.endsWith('-scorer')) return [];
    return [{ name, type, weight: numberAt(entry, 'weight') ?? 1 }];
  });
}
