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

/**
 * Istio before this release, 1.27 included, keeps the ext_proc filter only on
 * the first of several HTTPRoutes that share a host (istio#58392; fixed by
 * istio#58393 and its backport istio#59303).
 *
 * @public
 */
export const ISTIO_MERGED_ROUTES_FIXED = '1.28.5';

/** The first Istio that reads InferencePool of `inference.networking.k8s.io/v1`; older ones read the x-k8s.io group only. @public */
export const ISTIO_POOL_V1 = '1.28.0';

/** The first Istio that hands the request body to the picker by itself. @public */
export const ISTIO_REQUEST_BODY = '1.27.0';

/** The first KServe that names its route rules, with names that are equal for every service. @public */
export const KSERVE_NAMED_RULES = '0.19';

/** The first KServe with `router.scheduler.config`. @public */
export const KSERVE_SCHEDULER_CONFIG = '0.17';

const PRE_RELEASE = /^(alpha|beta|rc|pre|dev)/;

interface Version {
  numbers: number[];
  preRelease: boolean;
}

function parse(version: string): Version | undefined {
  const match = /^\D{0,2}?(\d+(?:\.\d+)*)(?:[-+](.*))?$/.exec(version.trim());
  if (!match) {
    return undefined;
  }
  const numbers = match[1].split('.').map(Number);
  if (match[2] === 'latest') {
    // `1.27-latest` is whatever patch is newest: above all of its minor.
    while (numbers.length < 3) {
      numbers.push(Number.POSITIVE_INFINITY);
    }
  }
  return { numbers, preRelease: PRE_RELEASE.test(match[2] ?? '') };
}

/**
 * Compares two releases: negative, zero or positive as the first is older,
 * equal or newer. `undefined` when one of them is no version at all.
 *
 * Takes what clusters carry: `v1.30.4`, `1.28`, `v1.27-latest`, `1.29.0-rc.1`
 * and vendor suffixes, which do not change the order.
 *
 * @public
 */
export function compareVersions(
  one: string,
  other: string,
): number | undefined {
  const left = parse(one);
  const right = parse(other);
  if (!left || !right) {
    return undefined;
  }
  const length = Math.max(left.numbers.length, right.numbers.length);
  for (let index = 0; index < length; index++) {
    const a = left.numbers[index] ?? 0;
    const b = right.numbers[index] ?? 0;
    if (a !== b) {
      return a < b ? -1 : 1;
    }
  }
  return Number(right.preRelease) - Number(left.preRelease);
}

/**
 * Whether a release is older than a bound. A release that cannot be read is
 * taken as older, so that a safeguard is never left out for want of a version.
 *
 * @public
 */
export function isOlderThan(version: string, bound: string): boolean {
  return (compareVersions(version, bound) ?? -1) < 0;
}
