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
  KSERVE_ANNOTATIONS,
  LABELS,
  LABEL_VALUES,
  describeObject,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { imagesOf, podAnnotations, splitImage } from './observedImages';
import type { DetectedPlatform } from './types';

/**
 * Which KServe ships which picker image. 0.18 and 0.19 ship the same one; the
 * names of the route's rules tell them apart.
 */
const PICKER_RELEASES: { repository: string; tag: string; kserve: string[] }[] =
  [
    {
      repository: 'llm-d-inference-scheduler',
      tag: 'v0.2.0',
      kserve: ['0.16'],
    },
    {
      repository: 'llm-d-inference-scheduler',
      tag: 'v0.4.0',
      kserve: ['0.17'],
    },
    {
      repository: 'llm-d-inference-scheduler',
      tag: 'v0.7.1',
      kserve: ['0.18', '0.19'],
    },
    {
      repository: 'llm-d-router-endpoint-picker',
      tag: 'v0.9.0',
      kserve: ['0.20'],
    },
    {
      repository: 'odh-llm-d-router-endpoint-picker',
      tag: 'v0.9.0',
      kserve: ['0.20'],
    },
  ];

/** Pinned by digest, so the digest is the release. */
const RHAII_PICKERS: { digest: string; kserve: string }[] = [
  {
    digest:
      'sha256:905b704f7d9c68af1827bba7c6eefec22d269a9084791952221eb1a1d10e32c7',
    kserve: '0.15',
  },
];

/** The version annotation of the picker's pods, where an image was mirrored. */
const PICKER_ANNOTATIONS: Record<string, string[]> = {
  '0.7.0': ['0.18', '0.19'],
  '0.9.0': ['0.20'],
};

export interface DetectedKserve {
  kserve?: string;
  distribution?: DetectedPlatform['distribution'];
  /** Every release that ships the picker that runs; empty where none is known to. */
  releases: string[];
  evidence: string[];
}

function distributionOf(
  image: string,
): DetectedPlatform['distribution'] | undefined {
  if (image.startsWith('registry.redhat.io/')) {
    return 'rhaii';
  }
  if (image.startsWith('quay.io/opendatahub/')) {
    return 'odh';
  }
  return image.startsWith('ghcr.io/llm-d/') ? 'upstream' : undefined;
}

/** The controller's own image names the release outright. */
function fromController(
  objects: readonly KubernetesObject[],
): DetectedKserve | undefined {
  for (const object of objects) {
    for (const { image } of imagesOf(object)) {
      const { repository, tag } = splitImage(image);
      const release = /^v?(\d+\.\d+)/.exec(tag ?? '');
      if (
        /(^|\/)kserve\/(llmisvc|kserve)-controller$/.test(repository) &&
        release
      ) {
        return {
          kserve: release[1],
          releases: [release[1]],
          distribution: 'upstream',
          evidence: [`${describeObject(object)} runs ${image}`],
        };
      }
    }
  }
  return undefined;
}

function releasesOf(picker: KubernetesObject, image: string): string[] {
  const digest = image.split('@')[1];
  const pinned = RHAII_PICKERS.find(known => known.digest === digest);
  if (pinned) {
    return [pinned.kserve];
  }
  const { repository, tag } = splitImage(image);
  const name = repository.split('/').pop();
  const known = PICKER_RELEASES.find(
    row => row.repository === name && row.tag === tag,
  );
  const annotation = podAnnotations(picker)[KSERVE_ANNOTATIONS.version];
  return known?.kserve ?? PICKER_ANNOTATIONS[annotation ?? ''] ?? [];
}

/**
 * The KServe release and its distribution, from what it created: the picker's
 * image or version annotation, and whether route rules have names.
 */
export function detectKserve(
  objects: readonly KubernetesObject[],
  rulesAreNamed: boolean | undefined,
): DetectedKserve {
  const controller = fromController(objects);
  if (controller) {
    return controller;
  }
  for (const object of objects) {
    const main = imagesOf(object).find(({ container }) => container === 'main');
    const component = object.metadata.labels?.[LABELS.component];
    if (component !== LABEL_VALUES.picker || !main) {
      continue;
    }
    const releases = releasesOf(object, main.image);
    // Where two releases ship one image, unnamed rules mean the older one.
    const told =
      rulesAreNamed === undefined ? [] : [releases[rulesAreNamed ? 1 : 0]];
    const [kserve] = releases.length > 1 ? told : releases;
    return {
      kserve,
      releases,
      distribution: distributionOf(main.image),
      evidence: [`${describeObject(object)} runs ${main.image}`],
    };
  }
  return { releases: [], evidence: [] };
}
