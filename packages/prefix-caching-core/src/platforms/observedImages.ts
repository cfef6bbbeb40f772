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

import { listAt, recordAt, textAt, textMapAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';

/** A pod is its own template; a workload's pods are made from its template. */
function podSpec(object: KubernetesObject): Record<string, unknown> {
  return object.kind === 'Pod'
    ? recordAt(object.spec)
    : recordAt(object.spec, 'template', 'spec');
}

/** The containers of a pod, or of a workload's pod template. */
export function imagesOf(
  object: KubernetesObject,
): { container: string; image: string }[] {
  const spec = podSpec(object);
  return [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')]
    .map(container => ({
      container: textAt(container, 'name') ?? '',
      image: textAt(container, 'image') ?? '',
    }))
    .filter(({ image }) => image !== '');
}

/** Annotations of a pod, or of a workload's pods. */
export function podAnnotations(
  object: KubernetesObject,
): Record<string, string> {
  return object.kind === 'Pod'
    ? textMapAt(object.metadata, 'annotations')
    : textMapAt(object.spec, 'template', 'metadata', 'annotations');
}

/** An image's repository and tag; the tag is absent where a digest pins it. */
export function splitImage(image: string): {
  repository: string;
  tag?: string;
} {
  const [withoutDigest] = image.split('@');
  const colon = withoutDigest.lastIndexOf(':');
  return colon > withoutDigest.lastIndexOf('/')
    ? {
        repository: withoutDigest.slice(0, colon),
        tag: withoutDigest.slice(colon + 1),
      }
    : { repository: withoutDigest };
}
