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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { resourceOf, type KubeObject } from './api';
import { isObject, textAt } from './json';

/** The Kubernetes objects in a YAML text, of the kinds the cluster serves. */
export function parseObjects(text: string): KubeObject[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) return [];
    const value: unknown = document.toJS();
    const apiVersion = textAt(value, 'apiVersion');
    const kind = textAt(value, 'kind');
    const name = textAt(value, 'metadata', 'name');
    if (!isObject(value) || !apiVersion || !kind || !name) return [];
    const type = resourceOf(apiVersion, kind);
    if (!type) return [];
    const metadata = {
      ...(value.metadata as KubeObject['metadata']),
      name,
      namespace: type.namespaced
        ? textAt(value, 'metadata', 'namespace') ?? 'default'
        : undefined,
    };
    if (!metadata.namespace) delete metadata.namespace;
    return [{ ...value, apiVersion, kind, metadata }];
  });
}

/** The objects in the YAML files of a folder, not of its sub-folders. */
export function readObjects(folder: string): KubeObject[] {
  return readdirSync(folder)
    .filter(file => /\.ya?ml$/.test(file))
    .sort()
    .flatMap(file => parseObjects(readFileSync(join(folder, file), 'utf8')));
}
