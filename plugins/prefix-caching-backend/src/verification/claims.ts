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
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  CATALOG_FILTER_EXISTS,
  type EntityFilterQuery,
} from '@backstage/catalog-client';
import { LLM_INFERENCE_SERVICES_ANNOTATION } from 'backstage-plugin-prefix-caching-common';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import type { KnownClusters } from '../clusters';
import { resolveTargets } from './resolveTargets';
import { targetKey } from './targetId';

/** A target with every entity that claims it. */
export interface Claim {
  target: Target;
  entities: ClaimingEntity[];
}

export interface ClaimingEntity {
  entityRef: string;
  title?: string;
  /** Entity ref. */
  owner?: string;
  /** Entity ref. */
  system?: string;
  lifecycle?: string;
  dataClass?: string;
  tenancy?: string;
}

/** Entities that can have targets. */
export const CLAIMING_ENTITIES: EntityFilterQuery = [
  {
    [`metadata.annotations.${LLM_INFERENCE_SERVICES_ANNOTATION}`]:
      CATALOG_FILTER_EXISTS,
  },
  { kind: 'AiModelServerAPI' },
  { kind: 'API', 'spec.type': 'ai-model-server' },
];

/** The targets of many entities, each once. */
export function collectClaims(
  entities: Iterable<Entity>,
  clusters: KnownClusters,
): Claim[] {
  const claims = new Map<string, Claim>();
  for (const entity of entities) {
    for (const target of resolveTargets(entity, clusters).targets) {
      const key = targetKey(target);
      const claim = claims.get(key) ?? { target, entities: [] };
      claim.entities.push(claimingEntity(entity));
      claims.set(key, claim);
    }
  }
  return [...claims.values()];
}

function claimingEntity(entity: Entity): ClaimingEntity {
  const annotations = entity.metadata.annotations ?? {};
  const { lifecycle } = entity.spec ?? {};
  return {
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.title,
    owner: ownerOf(entity),
    system: systemOf(entity),
    lifecycle: typeof lifecycle === 'string' ? lifecycle : undefined,
    dataClass: annotations['prefix-caching/data-class'],
    tenancy: annotations['prefix-caching/tenancy'],
  };
}

/** The entity ref of the owner, as the catalog resolved it. */
export function ownerOf(entity: Entity): string | undefined {
  return entity.relations?.find(relation => relation.type === RELATION_OWNED_BY)
    ?.targetRef;
}

function systemOf(entity: Entity): string | undefined {
  return entity.relations?.find(
    ({ type, targetRef }) =>
      type === RELATION_PART_OF && parseEntityRef(targetRef).kind === 'system',
  )?.targetRef;
}
