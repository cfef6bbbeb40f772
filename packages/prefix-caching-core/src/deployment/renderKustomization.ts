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

import { manifestText } from './manifestText';
import type { RenderedFile } from './types';

const KUSTOMIZATION = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
};

/** Where files stand that are applied as they are, and those that overlays start from. */
export const DEPLOY = 'deploy/';
const BASE = `${DEPLOY}base/`;

/** Where an overlay stands, as Argo CD or `kubectl apply -k` is told. */
export function overlayFolder(name: string): string {
  return `${DEPLOY}overlays/${name}`;
}

function kustomizationOf(folder: string, files: RenderedFile[]): RenderedFile {
  return {
    path: `${folder}kustomization.yaml`,
    content: manifestText({
      ...KUSTOMIZATION,
      resources: files
        .filter(({ path }) => path.startsWith(folder))
        .map(({ path }) => path.slice(folder.length))
        .sort(),
    }),
    objects: [],
  };
}

/** One environment: the base, and a place for what differs there. */
function overlay(name: string): RenderedFile {
  return {
    path: `${overlayFolder(name)}/kustomization.yaml`,
    content: manifestText({ ...KUSTOMIZATION, resources: ['../../base'] }, [
      [
        ['resources'],
        `What differs in ${name} goes below, as patches: another number of replicas, another\nhost. Names and the namespace belong together and stay as they are in the base.`,
      ],
    ]),
    objects: [],
  };
}

/**
 * The files with what makes one command apply them: a kustomization beside
 * them, or a base with an overlay for each environment.
 */
export function withKustomization(
  files: RenderedFile[],
  overlays: readonly string[] = [],
): RenderedFile[] {
  if (overlays.length === 0) {
    return [...files, kustomizationOf(DEPLOY, files)];
  }
  const base = files.map(file => ({
    ...file,
    path: file.path.replace(DEPLOY, BASE),
  }));
  return [...base, kustomizationOf(BASE, base), ...overlays.map(overlay)];
}
