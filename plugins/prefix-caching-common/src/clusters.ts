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

/** How current what is known of one kind is. @public */
export interface ListedKind {
  /** Such as `pods` or `inferencepools.inference.networking.k8s.io`. */
  resource: string;
  /** Namespace, where the account may not list all of them. */
  namespace?: string;
  objects?: number;
  via: 'watch' | 'list';
  /** When it was last known to be complete, ISO 8601. */
  asOf?: string;
  /** What is wrong with it now. */
  problem?: string;
}

/** One right that the plugin makes use of, and whether it has it. @public */
export interface ClusterRight {
  verb: string;
  /** Such as `pods`, `pods/proxy` or `/metrics`. */
  resource: string;
  group?: string;
  namespace?: string;
  /** `undefined`: the cluster could not be asked. */
  allowed?: boolean;
  /** Without a required right nothing can be verified there. */
  required: boolean;
  /** Ids of the checks that need it. */
  checks: string[];
  /** What to grant, or to set. */
  remedy?: string;
}

/** One cluster, as a platform engineer sees it. @public */
export interface ClusterReport {
  name: string;
  transport: 'direct' | 'kubernetes-plugin';
  reachable?: boolean;
  /** Why it is not reachable, or cannot be judged. */
  message?: string;
  versions?: { kubernetes?: string; kserve?: string; istio?: string };
  kinds: ListedKind[];
  rights: ClusterRight[];
  /** ISO 8601. */
  checkedAt?: string;
}
