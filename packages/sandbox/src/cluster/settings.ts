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
import { kindOf, type ObjectStore } from '../api';
import { textAt } from '../json';

export const SETTINGS_NAMESPACE = 'sandbox-system';

/**
 * The parsed YAML under `key` of a ConfigMap in `sandbox-system`, read anew when
 * it changes, so that an edit takes effect at once. Undefined where it is absent.
 */
export function settingsReader(
  store: ObjectStore,
  configMap: string,
  key: string,
): () => unknown {
  let readFrom: string | undefined;
  let settings: unknown;
  return () => {
    const object = store.get(
      kindOf('ConfigMap'),
      SETTINGS_NAMESPACE,
      configMap,
    );
    const text = textAt(object, 'data', key) ?? '';
    if (text !== readFrom) {
      settings = parse(text);
      readFrom = text;
    }
    return settings;
  };
}
