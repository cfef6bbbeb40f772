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

import { at } from '../../kubernetes';
import type { KubernetesObject } from '../../kubernetes';
import type { RenderedFile } from '../types';

/** One file among those rendered. */
export function file(files: RenderedFile[], path: string): RenderedFile {
  const found = files.find(candidate => candidate.path === path);
  if (!found) {
    throw new Error(`no ${path} among ${files.map(it => it.path)}`);
  }
  return found;
}

/** Every object of the files. */
export function all(files: RenderedFile[]): KubernetesObject[] {
  return files.flatMap(({ objects }) => objects);
}

/** The LLMInferenceServices among the objects. */
export function services(files: RenderedFile[]): KubernetesObject[] {
  return all(files).filter(({ kind }) => kind === 'LLMInferenceService');
}

/** The engine's container of a service. */
export function container(service: KubernetesObject): unknown {
  return at(service.spec, 'template', 'containers', 0);
}
