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
  LABELS,
  LABEL_VALUES,
  containerFlags,
  groupOf,
  listAt,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { detectIstio } from './detectIstio';
import { detectKserve } from './detectKserve';
import { PLATFORMS } from './table';
import { kserveRulesOf, traitsOf } from './traits';
import type { Trait } from './traits';
import type { DetectedPlatform, PlatformId, PlatformProfile } from './types';

/** What is read off objects, before profiles are compared with it. */
type Found = Pick<
  DetectedPlatform,
  'kserve' | 'istio' | 'distribution' | 'poolGroup' | 'apiVersion' | 'tls'
>;

/** Which distribution a profile is, as images tell it. */
const DISTRIBUTIONS: Record<string, DetectedPlatform['distribution']> = {
  'rhaii-3.4-ea1': 'rhaii',
  'odh-0.20': 'odh',
  'xks-0.20': 'odh',
};

/** Where nothing but the API version is known: the newest release that is written in it by its own project, or the reference document's. */
const BY_API_VERSION: Record<string, PlatformId> = {
  'serving.kserve.io/v1alpha1': 'rhaii-3.4-ea1',
  'serving.kserve.io/v1alpha2': 'kserve-0.20',
};

function rulesOf(objects: readonly KubernetesObject[]): unknown[] {
  return objects
    .filter(object => object.kind === 'HTTPRoute')
    .flatMap(route => listAt(route.spec, 'rules'));
}

/** Whether KServe names the rules it writes; absent where it wrote none. */
function rulesAreNamed(
  objects: readonly KubernetesObject[],
): boolean | undefined {
  const written = objects
    .filter(({ kind }) => kind === 'HTTPRoute')
    .map(kserveRulesOf)
    .filter(({ rules }) => rules.length > 0);
  return written.length === 0 ? undefined : written.some(({ named }) => named);
}

/** The group routes send requests to; of pools alone when no route is there. */
function poolGroupOf(
  objects: readonly KubernetesObject[],
  rules: unknown[],
): string | undefined {
  const backends = rules.flatMap(rule => listAt(rule, 'backendRefs'));
  const pools = backends.filter(
    backend => textAt(backend, 'kind') === 'InferencePool',
  );
  const pool = objects.find(object => object.kind === 'InferencePool');
  return textAt(pools[0], 'group') ?? (pool ? groupOf(pool) : undefined);
}

/** Whether pickers are given the platform's certificate; absent where no picker's flags are seen. */
function tlsOf(objects: readonly KubernetesObject[]): boolean | undefined {
  const pickers = objects
    .filter(
      ({ metadata, kind }) =>
        kind === 'Deployment' &&
        metadata.labels?.[LABELS.component] === LABEL_VALUES.picker,
    )
    .flatMap(({ spec }) => listAt(spec, 'template', 'spec', 'containers'))
    .filter(
      container =>
        textAt(container, 'name') === 'main' &&
        containerFlags(container).all.length > 0,
    );
  return pickers.length === 0
    ? undefined
    : pickers.some(container => containerFlags(container).has('cert-path'));
}

interface Clues {
  found: Found;
  releases: readonly string[];
  traits: readonly Trait[];
  gateways: readonly string[];
}

function isCandidate(
  profile: PlatformProfile,
  { found, releases, traits, gateways }: Clues,
): boolean {
  const distribution = DISTRIBUTIONS[profile.id] ?? 'upstream';
  if (found.distribution && found.distribution !== distribution) {
    return false;
  }
  const { namespace, name } = profile.gateway;
  const known = found.kserve === undefined ? releases : [found.kserve];
  return (
    (distribution !== 'odh' ||
      gateways.length === 0 ||
      gateways.includes(`${namespace}/${name}`)) &&
    (known.length === 0
      ? // An older API version is still served by newer releases.
        (found.apiVersion ?? profile.apiVersion) === profile.apiVersion
      : known.includes(profile.kserve)) &&
    (found.poolGroup !== 'inference.networking.k8s.io' ||
      profile.poolGroup === found.poolGroup) &&
    traits.every(trait => trait.fits(profile))
  );
}

/** Gateways of Open Data Hub's two builds that routes name; other gateways tell nothing. */
function telltaleGateways(objects: readonly KubernetesObject[]): string[] {
  const known = PLATFORMS.filter(({ id }) => DISTRIBUTIONS[id] === 'odh').map(
    ({ gateway }) => `${gateway.namespace}/${gateway.name}`,
  );
  return objects
    .filter(({ kind }) => kind === 'HTTPRoute')
    .flatMap(route => listAt(route.spec, 'parentRefs'))
    .map(ref => `${textAt(ref, 'namespace')}/${textAt(ref, 'name')}`)
    .filter(name => known.includes(name));
}

function profileOf(
  candidates: readonly PlatformId[],
  found: Found,
  traits: readonly Trait[],
): PlatformId | undefined {
  if (candidates.length === 1) {
    return candidates[0];
  }
  const unproven =
    found.kserve === undefined &&
    found.distribution === undefined &&
    traits.length === 0;
  const usual = BY_API_VERSION[found.apiVersion ?? ''];
  return unproven && candidates.includes(usual) ? usual : undefined;
}

/**
 * What platform runs here, told from observed objects only: never from a plan,
 * so that a deployment's own rendering cannot vouch for itself.
 *
 * Releases that these objects cannot tell apart stand together in
 * `candidates`, and `unknown` names what nothing told.
 *
 * @public
 */
export function detectPlatform(
  objects: readonly KubernetesObject[],
): DetectedPlatform {
  const rules = rulesOf(objects);
  const { evidence, releases, ...kserve } = detectKserve(
    objects,
    rulesAreNamed(objects),
  );
  const istio = detectIstio(objects);
  const traits = traitsOf(objects);
  const service = objects.find(object => object.kind === 'LLMInferenceService');
  const found: Found = {
    kserve: kserve.kserve,
    istio: istio?.version,
    distribution: kserve.distribution,
    poolGroup: poolGroupOf(objects, rules),
    apiVersion: service?.apiVersion,
    tls: tlsOf(objects),
  };
  const nothing =
    traits.length === 0 &&
    releases.length === 0 &&
    [found.kserve, found.distribution, found.apiVersion, found.poolGroup].every(
      value => value === undefined,
    );
  const clues: Clues = {
    found,
    releases,
    traits,
    gateways: telltaleGateways(objects),
  };
  const candidates = nothing
    ? []
    : PLATFORMS.filter(profile => isCandidate(profile, clues)).map(
        ({ id }) => id,
      );
  const all = { ...found, profile: profileOf(candidates, found, traits) };
  return {
    ...all,
    candidates,
    unknown: Object.entries(all)
      .filter(
        ([key, value]) =>
          value === undefined || (key === 'profile' && candidates.length > 1),
      )
      .map(([key]) => key),
    evidence: [
      ...evidence,
      ...(istio ? [istio.evidence] : []),
      ...traits.map(trait => trait.evidence),
    ],
  };
}
