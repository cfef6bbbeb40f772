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

import { at, KSERVE_ANNOTATIONS, textAt } from '../kubernetes';
import { engineContainers, imageOf, pickerContainers } from '../observation';
import type { Observation } from '../observation';
import { detectPlatform } from '../platforms/detectPlatform';
import { engineRelease } from './engineRelease';

/** Releases as far as objects tell; an absent one is not known. @public */
export interface ObservedVersions {
  /** Such as `0.20`, or `0.18 or 0.19` where nothing tells the two apart. */
  kserve?: string;
  istio?: string;
  epp?: string;
  /** Name and release, such as `vLLM 0.30.0`; the name alone where an image's tag is not the engine's release. */
  engine?: string;
}

/** What an image's tag says, `sha256:…` shortened. */
function tagOf(image: string | undefined): string | undefined {
  const [name, digest] = (image ?? '').split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag ?? (digest ? digest.slice(0, 19) : undefined);
}

/** The releases that serve a target, for display and never for a verdict. @public */
export function versionsOf(observation: Observation): ObservedVersions {
  const { kserve, istio, candidates } = detectPlatform(observation.objects);
  const releases = candidates.flatMap(id => /^kserve-(.+)/.exec(id)?.[1] ?? []);
  const [picker] = pickerContainers(observation);
  const [engine] = engineContainers(observation);
  const annotated =
    textAt(picker?.object.metadata.annotations, KSERVE_ANNOTATIONS.version) ??
    textAt(
      at(picker?.object, 'spec', 'template', 'metadata', 'annotations'),
      KSERVE_ANNOTATIONS.version,
    );
  return {
    kserve:
      kserve ?? (releases.length === 2 ? releases.join(' or ') : undefined),
    istio,
    epp:
      annotated ?? tagOf(imageOf(picker?.container))?.replace(/^v(?=\d)/, ''),
    engine: engine && engineRelease(engine.container).name,
  };
}
