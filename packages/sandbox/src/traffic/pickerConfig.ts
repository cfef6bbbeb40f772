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
import { at, listAt, numberAt, textAt } from '../json';

export interface Scorer {
  /** The plugin's name in the profile. */
  name: string;
  type: string;
  weight: number;
  /**
   * Of a prefix scorer that follows the engines' KV-cache events instead of its
   * own picks: the tokens of a block, which must be the engines'.
   */
  followsBlocksOf?: number;
}

const PRECISE = /^precise-prefix-cache-(producer|scorer)$/;
const DEFAULT_BLOCK = 16;

/**
 * The scorers of the first scheduling profile. A reference names a plugin by its
 * `name`, which is its type unless given; a weight left out counts as 1.
 */
export function readScorers(config: string | undefined): Scorer[] {
  const parsed: unknown = parse(config ?? '');
  const plugins = new Map<string, unknown>();
  for (const plugin of listAt(parsed, 'plugins')) {
    plugins.set(textAt(plugin, 'name') ?? textAt(plugin, 'type') ?? '', plugin);
  }
  return listAt(parsed, 'schedulingProfiles', 0, 'plugins').flatMap(entry => {
    const name = textAt(entry, 'pluginRef') ?? '';
    const plugin = plugins.get(name);
    const type = textAt(plugin, 'type');
    if (!type?.endsWith('-scorer')) return [];
    const producer =
      textAt(plugin, 'parameters', 'prefixMatchInfoProducerName') ?? name;
    const followsBlocksOf = blockFollowed(plugins.get(producer));
    const weight = numberAt(entry, 'weight') ?? 1;
    return [
      { name, type, weight, ...(followsBlocksOf && { followsBlocksOf }) },
    ];
  });
}

function blockFollowed(plugin: unknown): number | undefined {
  if (!PRECISE.test(textAt(plugin, 'type') ?? '')) return undefined;
  const settings = at(plugin, 'parameters', 'tokenProcessorConfig');
  return (
    numberAt(settings, 'blockSizeTokens') ??
    numberAt(settings, 'blockSize') ??
    DEFAULT_BLOCK
  );
}
