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

import type {
  KubernetesObject,
  RenderedFile,
} from 'backstage-plugin-prefix-caching-common/core';

/** The LLMInferenceServices among rendered files. */
export function findTargets(
  files: RenderedFile[],
): { namespace: string; name: string }[] {
  const services = files
    .flatMap(({ objects }) => objects)
    .filter(({ kind }) => kind === 'LLMInferenceService');
  return Array.from(services, ({ metadata }) => ({
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
  }));
}

/** The file that describes the component to the catalog, and the component. */
export function findCatalogInfo(
  files: RenderedFile[],
): { file: RenderedFile; entityRef: string } | undefined {
  for (const file of files) {
    const component = file.objects.find(isComponent);
    if (component) {
      const { namespace = 'default', name } = component.metadata;
      return { file, entityRef: `component:${namespace}/${name}` };
    }
  }
  return undefined;
}

function isComponent({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'Component' && apiVersion.startsWith('backstage.io/');
}
