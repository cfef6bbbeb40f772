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

import type {
  Gap,
  GapReason,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import type { HttpResult } from './types';

/** What went wrong with a request. */
export interface HttpFailure {
  reason: GapReason;
  message: string;
  status?: number;
  remedy?: string;
  /** When the server wants to be asked again. */
  retryAfterSeconds?: number;
}

const THROTTLED =
  "The API server limits the portal's requests and is asked again later. If it stays so, give the portal's account a FlowSchema of its own (API Priority and Fairness).";

/** Why an answer is no answer; `undefined` for a good one. */
export function failureOf(result: HttpResult): HttpFailure | undefined {
  if (!result.ok) {
    return result;
  }
  const { status, retryAfterSeconds } = result;
  if (status >= 200 && status < 300) {
    return undefined;
  }
  return {
    reason: reasonOfStatus(status),
    message: `HTTP ${status}${quoted(result.body)}`,
    status,
    ...(status === 429 && { remedy: THROTTLED }),
    ...(retryAfterSeconds && { retryAfterSeconds }),
  };
}

function reasonOfStatus(status: number): GapReason {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-installed';
    case 413:
      return 'too-large';
    case 408:
    case 429:
    case 504:
      return 'timeout';
    default:
      return status >= 500 ? 'unreachable' : 'invalid';
  }
}

/** The gap left by a collection that could not be listed. */
export function listingGap(
  kind: ObservedKind,
  cluster: string,
  failure: HttpFailure,
  namespace?: string,
): Gap {
  const where = namespace
    ? `in namespace ${namespace} of cluster ${cluster}`
    : `in cluster ${cluster}`;
  return {
    what: kind.kind,
    reason: failure.reason,
    message: `${kind.plural} could not be listed ${where}: ${failure.message}`,
    remedy:
      failure.remedy ?? listingRemedy(kind, cluster, failure.reason, namespace),
    ...(namespace && { namespace }),
    ...(failure.status && { status: failure.status }),
  };
}

function listingRemedy(
  kind: ObservedKind,
  cluster: string,
  reason: GapReason,
  namespace?: string,
): string | undefined {
  switch (reason) {
    case 'forbidden':
      return `Grant the portal's account on ${cluster} in a ${
        namespace ? `Role in namespace ${namespace}` : 'ClusterRole'
      }: ${rbacRule(kind.group, kind.plural, kindVerbs(kind))}`;
    case 'unauthorized':
      return `Renew the token of cluster ${cluster} in kubernetes.clusterLocatorMethods: the API server does not accept it`;
    case 'too-large':
      return `A single page of ${kind.plural} may hold 64 MiB. Look for objects far larger than the others in cluster ${cluster}: kubectl get ${kind.plural} -A -o json | jq -r '.items[] | [(tostring | length), .metadata.namespace, .metadata.name] | @tsv' | sort -n | tail`;
    case 'not-installed':
      return `Cluster ${cluster} serves no ${kind.plural}.${
        kind.group || 'core'
      } in ${kind.versions.join(
        ' or ',
      )}. Install what brings them if it should serve models.`;
    case 'unreachable':
    case 'timeout':
      return `Check that the portal's back end reaches the API server of ${cluster}, and its address in kubernetes.clusterLocatorMethods`;
    default:
      return undefined;
  }
}

/** What an account must be granted to read a kind as the back end reads it. */
export function kindVerbs(kind: ObservedKind): string[] {
  return kind.byName ? ['get'] : ['list', 'watch'];
}

/** An RBAC rule as it stands in a Role. */
export function rbacRule(
  group: string,
  resource: string,
  verbs: string[],
): string {
  const verbList = verbs.map(verb => `"${verb}"`).join(', ');
  return `{ apiGroups: ["${group}"], resources: ["${resource}"], verbs: [${verbList}] }`;
}

/** The `message` of a Kubernetes Status, or the first words of the body. */
function quoted(body: string): string {
  const text = messageOf(body).replace(/\s+/g, ' ').trim();
  return text ? `: ${text.slice(0, 200)}` : '';
}

function messageOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (parsed && typeof parsed === 'object' && 'message' in parsed) {
      return String(parsed.message);
    }
    return '';
  } catch {
    return body.startsWith('<') ? 'an HTML page' : body;
  }
}
