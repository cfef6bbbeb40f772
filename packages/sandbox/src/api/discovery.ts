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

import type { JsonObject } from '../json';
import {
  apiVersionOf,
  RESOURCE_TYPES,
  type ResourceType,
} from './resourceTypes';

const REVIEWS = 'authorization.k8s.io';

/** The answer to `/version`, `/api`, `/apis` and the resource lists; undefined for any other path. */
export function discover(path: string): JsonObject | undefined {
  if (path === '/version') {
    return {
      major: '1',
      minor: '34',
      gitVersion: 'v1.34.1+sandbox',
      platform: 'linux/amd64',
    };
  }
  if (path === '/api') {
    return { kind: 'APIVersions', apiVersion: 'v1', versions: ['v1'] };
  }
  if (path === '/apis') {
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups().map(apiGroup),
    };
  }
  if (path === '/api/v1') return resourceList('', 'v1');
  const match = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path);
  if (!match) return undefined;
  const [, group, version] = match;
  if (!groups().includes(group)) return undefined;
  return version
    ? resourceList(group, version)
    : { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) };
}

function groups(): string[] {
  const named = RESOURCE_TYPES.map(type => type.group).filter(Boolean);
  return [...new Set([...named, REVIEWS])];
}

function versionsOf(group: string): string[] {
  if (group === REVIEWS) return ['v1'];
  const types = RESOURCE_TYPES.filter(type => type.group === group);
  return [...new Set(types.flatMap(type => type.versions))];
}

function apiGroup(group: string): JsonObject {
  const versions = versionsOf(group).map(version => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function resourceList(group: string, version: string): JsonObject | undefined {
  if (!['', ...groups()].includes(group)) return undefined;
  if (group && !versionsOf(group).includes(version)) return undefined;
  const types = RESOURCE_TYPES.filter(
    type => type.group === group && type.versions.includes(version),
  );
  const reviews = [
    {
      name: 'selfsubjectaccessreviews',
      singularName: 'selfsubjectaccessreview',
      namespaced: false,
      kind: 'SelfSubjectAccessReview',
      verbs: ['create'],
    },
  ];
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group ? `${group}/${version}` : version,
    resources: group === REVIEWS ? reviews : types.flatMap(resourceEntries),
  };
}

function resourceEntries(type: ResourceType): JsonObject[] {
  const { plural, kind, namespaced, shortNames } = type;
  const entry = (suffix: string, verbs: string[]): JsonObject => ({
    name: plural + suffix,
    singularName: suffix ? '' : kind.toLowerCase(),
    namespaced,
    kind,
    verbs,
    ...(shortNames && !suffix ? { shortNames } : {}),
  });
  const entries = [
    entry('', [
      'create',
      'delete',
      'deletecollection',
      'get',
      'list',
      'patch',
      'update',
      'watch',
    ]),
  ];
  if (type.status) entries.push(entry('/status', ['get', 'patch', 'update']));
  if (kind === 'Pod') {
    entries.push(entry('/log', ['get']));
    entries.push(entry('/proxy', ['create', 'get']));
    entries.push(entry('/portforward', ['create', 'get']));
  }
  return entries;
}

/** A CustomResourceDefinition for each kind that comes from one. */
export function customResourceDefinitions() {
  return RESOURCE_TYPES.filter(type => type.custom).map(type => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${type.plural}.${type.group}` },
    spec: {
      group: type.group,
      scope: type.namespaced ? 'Namespaced' : 'Cluster',
      names: {
        kind: type.kind,
        plural: type.plural,
        singular: type.kind.toLowerCase(),
        ...(type.shortNames ? { shortNames: type.shortNames } : {}),
      },
      versions: type.versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
      })),
    },
    status: {
      conditions: [{ type: 'Established', status: 'True' }],
      storedVersions: [type.versions[0]],
    },
  }));
}

/** The list kind of a type, for example `PodList`. */
export function listHeader(type: ResourceType, version: string): JsonObject {
  return {
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type, version),
  };
}
