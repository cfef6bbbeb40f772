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

import { describeObject, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { imagesOf, splitImage } from './observedImages';

/** What Istio's own images are called, the control plane first. */
const IMAGES = ['pilot', 'proxyv2'];

export interface DetectedIstio {
  version: string;
  evidence: string;
}

function declared(object: KubernetesObject): string | undefined {
  return object.kind === 'Istio'
    ? textAt(object.spec, 'version')?.replace(/^v/, '')
    : undefined;
}

/**
 * The Istio release, from the images that run; the control plane's wins, since
 * it writes the routes. The operator's `Istio` resource is asked last: it says
 * what was wanted.
 */
export function detectIstio(
  objects: readonly KubernetesObject[],
): DetectedIstio | undefined {
  for (const wanted of IMAGES) {
    for (const object of objects) {
      for (const { image } of imagesOf(object)) {
        const { repository, tag } = splitImage(image);
        const release =
          /^v?(\d+\.\d+(?:\.\d+)?(?:-(?:alpha|beta|rc)[.\d]*)?)/.exec(
            tag ?? '',
          );
        if (repository.split('/').pop() === wanted && release) {
          return {
            version: release[1],
            evidence: `${describeObject(object)} runs ${image}`,
          };
        }
      }
    }
  }
  for (const object of objects) {
    const version = declared(object);
    if (version) {
      return {
        version,
        evidence: `Istio ${object.metadata.name} declares ${version}`,
      };
    }
  }
  return undefined;
}
