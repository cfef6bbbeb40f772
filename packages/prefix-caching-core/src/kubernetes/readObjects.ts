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

import { parseAllDocuments } from 'yaml';
import { at, isRecord, listAt, textAt, textMapAt } from './accessors';
import type { KubernetesObject } from './types';

/** A named text that may hold several YAML documents. @public */
export interface ManifestFile {
  path: string;
  content: string;
}

/** Why a document could not be read as a Kubernetes object. @public */
export interface ManifestProblem {
  path: string;
  /** Counted from 1. */
  document: number;
  message: string;
  /** The text is broken; otherwise it is read, and is no Kubernetes object. */
  unreadable?: true;
}

/** The objects of some manifests, and what could not be read of them. @public */
export interface ReadObjects {
  objects: KubernetesObject[];
  problems: ManifestProblem[];
}

/** Files a repository of manifests holds that are no cluster objects. */
const NOT_APPLIED = [/^kustomize\.config\.k8s\.io\//, /^backstage\.io\//];

function toObject(value: Record<string, unknown>): KubernetesObject | string {
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  const name = textAt(value, 'metadata', 'name');
  if (!apiVersion || !kind) {
    return 'has no apiVersion and kind, so it is no Kubernetes object';
  }
  if (!name) return `is a ${kind} without metadata.name`;
  const metadata = {
    ...(value.metadata as Record<string, unknown>),
    name,
    labels: textMapAt(value, 'metadata', 'labels'),
    annotations: textMapAt(value, 'metadata', 'annotations'),
  };
  return { ...value, apiVersion, kind, metadata } as KubernetesObject;
}

function expand(value: unknown): (KubernetesObject | string)[] {
  if (!isRecord(value)) return ['is no mapping, so it is no Kubernetes object'];
  const apiVersion = textAt(value, 'apiVersion') ?? '';
  if (NOT_APPLIED.some(pattern => pattern.test(apiVersion))) return [];
  if (textAt(value, 'kind')?.endsWith('List') && at(value, 'items')) {
    return listAt(value, 'items').flatMap(expand);
  }
  return [toObject(value)];
}

/**
 * Reads Kubernetes objects from YAML or JSON text.
 *
 * Every document is read; `List` kinds are expanded; empty documents,
 * kustomizations and catalog entities are passed over. What cannot be read is
 * reported by file and document, and the rest is still returned.
 *
 * @public
 */
export function readObjects(
  source: string | readonly ManifestFile[],
): ReadObjects {
  const files =
    typeof source === 'string' ? [{ path: 'text', content: source }] : source;
  const result: ReadObjects = { objects: [], problems: [] };
  for (const { path, content } of files) {
    const documents = parseAllDocuments(content, { logLevel: 'silent' });
    const list = Array.isArray(documents) ? documents : [];
    list.forEach((document, index) => {
      const problem = (message: string, unreadable?: true) =>
        result.problems.push({
          path,
          document: index + 1,
          message,
          ...(unreadable && { unreadable }),
        });
      if (document.errors.length > 0) {
        problem(`is not valid YAML: ${document.errors[0].message}`, true);
        return;
      }
      let value: unknown;
      try {
        // A few lines of anchors can otherwise grow without bound.
        value = document.toJS({ maxAliasCount: 100 });
      } catch (error) {
        problem(`cannot be expanded: ${(error as Error).message}`, true);
        return;
      }
      if (value === null || value === undefined) return;
      for (const found of expand(value)) {
        if (typeof found === 'string') problem(found);
        else result.objects.push(found);
      }
    });
  }
  return result;
}
