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

import {
  observeManifests,
  readObjects,
  verify,
  VERDICTS,
} from 'prefix-caching-core';
import type {
  Expectations,
  KubernetesObject,
  Verification,
} from 'prefix-caching-core';
import { readFolder } from './readFolder';

/** What was found in a folder. */
export interface FolderReport {
  /** Worst first. */
  verifications: Verification[];
  /** What was read and is not judged, or not rendered. */
  notes: string[];
  /** What could not be read. */
  problems: string[];
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`;
}

/** Objects that several files define: which of them is applied, nobody can tell. */
function definedTwice(
  objects: readonly { object: KubernetesObject; path: string }[],
): string[] {
  const paths = new Map<string, string[]>();
  for (const { object, path } of objects) {
    const key = `${object.apiVersion.split('/')[0]} ${nameOf(object)}`;
    paths.set(key, [...(paths.get(key) ?? []), path]);
  }
  return [...paths]
    .filter(([, where]) => where.length > 1)
    .map(
      ([key, where]) =>
        `${key.slice(key.indexOf(' ') + 1)} stands in ${where.join(
          ' and in ',
        )}; all of them were taken. To verify one variant, give its folder.`,
    );
}

/**
 * Verifies the manifests of a folder.
 *
 * @throws Error when the folder is none, or cannot be listed.
 */
export function verifyFolder(
  folder: string,
  expectations: Expectations,
): FolderReport {
  const { files, notes, problems } = readFolder(folder);
  const objects: { object: KubernetesObject; path: string }[] = [];
  for (const file of files) {
    const read = readObjects([file]);
    objects.push(...read.objects.map(object => ({ object, path: file.path })));
    for (const { path, document, message, unreadable } of read.problems) {
      (unreadable ? problems : notes).push(
        `${path}, document ${document}: ${message.split('\n')[0]}`,
      );
    }
  }
  const verifications = observeManifests(
    objects.map(({ object }) => object),
  ).map(observation => verify(observation, expectations));
  if (verifications.length === 0) {
    problems.push(
      `${folder} holds no LLMInferenceService and nothing made of one: ${
        files.length === 0
          ? 'no .yaml or .yml file is there'
          : `${files.length} files were read`
      }.`,
    );
  }
  return {
    verifications: verifications.sort(
      (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict),
    ),
    notes: [...notes, ...definedTwice(objects)],
    problems,
  };
}
