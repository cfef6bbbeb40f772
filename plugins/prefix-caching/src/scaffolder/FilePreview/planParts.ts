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

import type { KubernetesObject, RenderedFile } from 'prefix-caching-core';
import { OTHER_MODEL } from '../formModel';
import type { FormValues } from './planOfForm';

/** Where a part of the plan is asked for: a step of the form, from 1, by its part. */
export type Steps = Partial<Record<Part, number>>;

/** A part of the form that is asked for in one step. */
export type Part = 'service' | 'model' | 'routing' | 'repository';

/** What the isolation of the plan comes to, as the files have it. */
export type GatewayUse = 'own' | 'hosts' | 'rules' | 'shared';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (found, step) => (isRecord(found) ? found[step] : undefined),
    value,
  );
}

/** Every object of the files. */
export function objectsOf(files: readonly RenderedFile[]): KubernetesObject[] {
  return files.flatMap(({ objects }) => objects);
}

/** What keeps the services' pickers apart, read from the files themselves. */
export function gatewayUse(objects: readonly KubernetesObject[]): GatewayUse {
  if (objects.some(({ kind }) => kind === 'Gateway')) {
    return 'own';
  }
  const has = (field: string) =>
    objects.some(({ spec }) =>
      Array.isArray(at(spec, 'router', 'route', 'http', 'spec', field)),
    );
  if (has('hostnames')) {
    return 'hosts';
  }
  return has('rules') ? 'rules' : 'shared';
}

/** `team-assist` of `group:default/team-assist`. */
export function nameOfRef(ref: string | undefined): string | undefined {
  return ref?.replace(/^.*[:/]/, '');
}

/** `gitlab.com/assist/qwen` of `gitlab.com?owner=assist&repo=qwen`. */
export function repositoryOf(repoUrl: string | undefined): string | undefined {
  if (!repoUrl) {
    return undefined;
  }
  const [host, query] = repoUrl.split('?');
  const repository = new URLSearchParams(query);
  return [host, repository.get('owner'), repository.get('repo')]
    .filter(Boolean)
    .join('/');
}

/** What the model is called where it is chosen. */
export function modelText(
  form: FormValues,
  models: readonly { id: string; name: string }[],
): string | undefined {
  return form.model === OTHER_MODEL
    ? [form.modelName, form.modelUri].filter(Boolean).join(', ')
    : models.find(({ id }) => id === form.model)?.name ?? form.model;
}
