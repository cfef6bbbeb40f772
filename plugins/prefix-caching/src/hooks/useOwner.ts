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
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/lib/useAsync';

/** One way to reach a group, or a fact its catalog entry states. */
export interface OwnerFact {
  /** A key of `prefixCaching.ownerAnnotations`, or the title of a link. */
  label: string;
  value: string;
  url?: string;
}

/** Who owns an entity, and how to reach them. */
export interface Owner {
  ref: string;
  email?: string;
  facts: OwnerFact[];
  /** Labels that are configured, and declared neither here nor by the owner. */
  undeclared: { label: string; annotation: string }[];
  /** The catalog was asked, and does not hold it (or does not show it). */
  missing: boolean;
}

const SHOWN_LINKS = 3;

/**
 * The owner of an entity as the catalog knows it.
 *
 * Which annotations hold on-call, chat or cost centre differs per company:
 * `prefixCaching.ownerAnnotations` maps a label to an annotation's key.
 */
export function useOwner(entity: Entity): Owner | undefined {
  const catalogApi = useApi(catalogApiRef);
  const configApi = useApi(configApiRef);
  const [relation] = getEntityRelations(entity, RELATION_OWNED_BY);
  const ref = relation && stringifyEntityRef(relation);
  // An owner that can't be read is still named; only the ways to reach it lack.
  const {
    value: group,
    loading,
    error,
  } = useAsync(
    async () => ref && catalogApi.getEntityByRef(ref),
    [catalogApi, ref],
  );
  if (ref === undefined) {
    return undefined;
  }
  const annotations = Object.entries(
    configApi.getOptional<Record<string, string>>(
      'prefixCaching.ownerAnnotations',
    ) ?? {},
  ).map(([label, annotation]) => ({
    label,
    annotation,
    // The component's own word comes before its owner's.
    value:
      entity.metadata.annotations?.[annotation] ??
      (group || undefined)?.metadata.annotations?.[annotation],
  }));
  return {
    ref,
    email: emailOf(group || undefined),
    facts: [
      ...annotations.flatMap(({ label, value }) => factOf(label, value)),
      ...linksOf(group || undefined),
    ],
    undeclared: loading
      ? []
      : annotations.filter(({ value }) => value === undefined),
    missing: !loading && !error && !group,
  };
}

function emailOf(group: Entity | undefined): string | undefined {
  const profile = group?.spec?.profile;
  return typeof profile === 'object' &&
    !Array.isArray(profile) &&
    typeof profile?.email === 'string'
    ? profile.email
    : undefined;
}

function factOf(label: string, value: string | undefined): OwnerFact[] {
  if (value === undefined) {
    return [];
  }
  return [{ label, value, url: /^https?:/.test(value) ? value : undefined }];
}

function linksOf(group: Entity | undefined): OwnerFact[] {
  return (group?.metadata.links ?? []).slice(0, SHOWN_LINKS).map(link => ({
    label: link.type ?? 'link',
    value: link.title ?? link.url,
    url: link.url,
  }));
}
