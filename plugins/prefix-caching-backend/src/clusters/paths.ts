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

import { InputError } from '@backstage/errors';
import {
  OBSERVED_KINDS,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import type { PodAddress, PodLogAddress } from './types';

/** Kubernetes names and DNS labels; nothing that could leave its path segment. */
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/**
 * Where a collection is read, in one namespace or in the whole cluster.
 *
 * Only the kinds of core's table are ever read. Secrets are not among them.
 */
export function collectionPath(
  kind: ObservedKind,
  version: string,
  namespace?: string,
): string {
  const known = OBSERVED_KINDS.some(
    row => row.group === kind.group && row.plural === kind.plural,
  );
  if (!known || !kind.versions.includes(version)) {
    throw new InputError(
      `${kind.plural} of ${
        kind.group || 'core'
      }/${version} are not among what the prefix-caching back end may read`,
    );
  }
  const root = kind.group
    ? `/apis/${kind.group}/${version}`
    : `/api/${version}`;
  return namespace
    ? `${root}/namespaces/${checkedName(namespace)}/${kind.plural}`
    : `${root}/${kind.plural}`;
}

/** Where one object is read whose kind is never listed. */
export function objectPath(
  kind: ObservedKind,
  version: string,
  namespace: string,
  name: string,
): string {
  return `${collectionPath(kind, version, namespace)}/${checkedName(name)}`;
}

/** The API server's release. */
export const VERSION_PATH = '/version';

/**
 * Where an account asks what it may do. Asking is a POST, since the question is
 * an object; it is never stored. Beside it, only a token of a configured
 * service account is ever asked for by POST.
 */
export const ACCESS_REVIEW_PATH =
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Where a pod's port is read through the API server. */
export function podProxyPath(address: PodAddress, path: string): string {
  const pod = checkedName(address.pod);
  const name = address.scheme === 'https' ? `https:${pod}` : pod;
  const namespace = checkedName(address.namespace);
  if (path !== '/metrics') {
    throw new InputError(
      `'${path}' is not among what the prefix-caching back end may read of a pod; only /metrics is`,
    );
  }
  return `/api/v1/namespaces/${namespace}/pods/${name}:${address.port}/proxy${path}`;
}

/** The last lines of one container, each with its time stamp. */
export function podLogPath(
  { namespace, pod, container }: PodLogAddress,
  options: { lines: number; follow?: boolean },
): string {
  const query = new URLSearchParams({
    container: checkedName(container),
    tailLines: String(options.lines),
    timestamps: 'true',
    ...(options.follow && { follow: 'true' }),
  });
  return `/api/v1/namespaces/${checkedName(namespace)}/pods/${checkedName(
    pod,
  )}/log?${query}`;
}

/**
 * @throws InputError for what is no Kubernetes name, since names come from
 *   objects and annotations, which tenants write.
 */
export function checkedName(name: string): string {
  if (!isName(name)) {
    throw new InputError(
      `'${name}' is not a Kubernetes name: expected at most 253 lower-case letters, digits, '-' or '.'`,
    );
  }
  return name;
}

/** Whether Kubernetes could have an object of this name. */
export function isName(name: string): boolean {
  return name.length <= 253 && NAME.test(name);
}
