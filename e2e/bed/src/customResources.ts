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

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import type { ApiObject, ClusterApi } from './ClusterApi';

/** Objects as the releases have them, read in place. */
export const CONFORMANCE =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../shared/conformance');

/** Releases whose custom resource definitions are at hand. */
export const RELEASES = {
  'kserve-0.18': ['kserve-v0.18.0', 'inference-extension'],
  'kserve-0.20': ['kserve-v0.20.0', 'inference-extension'],
  'rhaii-3.4-ea1': ['rhaii-3.4-ea1'],
} satisfies Record<string, string[]>;

export type Release = keyof typeof RELEASES;

/** What every release stands on. */
const COMMON = ['gateway-api-v1.6.1', 'istio'];

/** Definitions are large: they are not asked for more often than needed. */
const PAUSE = 500;
const PATIENCE = 360;

/** Installs the definitions of one release in place of those of another. */
export async function installCustomResources(
  api: ClusterApi,
  release: Release,
): Promise<void> {
  const definitions = [...COMMON, ...RELEASES[release]].flatMap(read);
  const names = new Set<string>();
  for (const definition of definitions) {
    if (definition.kind !== 'CustomResourceDefinition') continue;
    if (names.has(definition.metadata.name)) continue;
    names.add(definition.metadata.name);
    await replace(api, definition);
  }
  for (const name of names) {
    await untilEstablished(api, name);
  }
}

/**
 * A stored version may not vanish from a definition: where one release's cannot
 * become another's, it goes first.
 */
async function replace(api: ClusterApi, definition: ApiObject): Promise<void> {
  const { name } = definition.metadata;
  try {
    await api.apply(definition);
  } catch {
    const path_ = `${await api.collectionOf(definition)}/${name}`;
    await api.request(path_, { method: 'DELETE' });
    for (let i = 0; (await api.request(path_)).status !== 404; i++) {
      if (i > PATIENCE)
        throw new Error(`${name} was not deleted in three minutes`);
      await sleep(PAUSE);
    }
    await api.apply(definition);
  }
}

async function untilEstablished(api: ClusterApi, name: string): Promise<void> {
  const path_ = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  for (let i = 0; i < PATIENCE; i++) {
    const { text } = await api.request(path_);
    if (/"type":"Established","status":"True"/.test(text)) return;
    await sleep(PAUSE);
  }
  throw new Error(
    `The definition ${name} was not established in three minutes`,
  );
}

function read(folder: string): ApiObject[] {
  const directory = path.join(CONFORMANCE, 'crd', folder);
  return fs
    .readdirSync(directory)
    .flatMap(name =>
      parseAllDocuments(
        fs.readFileSync(path.join(directory, name), 'utf8'),
      ).map(document => document.toJS() as ApiObject | null),
    )
    .filter((object): object is ApiObject => Boolean(object));
}
