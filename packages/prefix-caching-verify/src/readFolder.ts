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

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ManifestFile } from 'prefix-caching-core';

/** The manifests of a folder, and what was left out of it. */
export interface Folder {
  /** Paths are relative to the folder, with `/`. */
  files: ManifestFile[];
  /** Sentences about what was not read and need not be. */
  notes: string[];
  /** Sentences about what should have been read and could not. */
  problems: string[];
}

/** A manifest of more than this is no manifest. */
const MOST_BYTES = 20 * 1024 * 1024;
const KUSTOMIZATION = /^(kustomization\.ya?ml|Kustomization)$/;

function walk(root: string, below: string, found: Folder): void {
  const entries = readdirSync(path.join(root, below), {
    withFileTypes: true,
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const shown = path.posix.join(below, entry.name);
    if (entry.isDirectory()) {
      // Neither a repository's own data nor what a package manager put there.
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      walk(root, shown, found);
    } else if (KUSTOMIZATION.test(entry.name)) {
      found.notes.push(
        `${shown} is not rendered: what it patches or generates is not seen. To verify that, run kubectl kustomize first.`,
      );
    } else if (entry.name === 'Chart.yaml') {
      found.notes.push(
        `${shown} is not rendered: to verify a chart, run helm template first.`,
      );
    } else if (/\.ya?ml$/.test(entry.name)) {
      readInto(found, root, shown);
    }
  }
}

function readInto(found: Folder, root: string, shown: string): void {
  const file = path.join(root, shown);
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) {
      found.problems.push(
        `${shown} has ${size} bytes, and at most ${MOST_BYTES} are read.`,
      );
      return;
    }
    found.files.push({ path: shown, content: readFileSync(file, 'utf8') });
  } catch (error) {
    found.problems.push(
      `${shown} cannot be read: ${(error as Error).message}.`,
    );
  }
}

/**
 * Every YAML file below a folder.
 *
 * @throws Error when the folder is none, or cannot be listed.
 */
export function readFolder(folder: string): Folder {
  const found: Folder = { files: [], notes: [], problems: [] };
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `${folder} is no folder. Expected one that holds manifests.`,
    );
  }
  walk(folder, '', found);
  return found;
}
