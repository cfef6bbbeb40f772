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

import type { AuthService } from '@backstage/backend-plugin-api';
import pLimit from 'p-limit';
import type {
  ClusterReport,
  ClusterRight,
} from 'backstage-plugin-prefix-caching-common';
import { detectPlatform } from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterRegistry } from './ClusterRegistry';
import { rbacRule, type HttpFailure } from './gaps';
import type { ClusterMirror } from './mirror';
import { RIGHTS, type Right } from './rights';
import type { AccessAttributes, ClusterClient } from './types';

export interface ClusterInspectorOptions {
  auth: AuthService;
  clusters: ClusterRegistry;
  /** Where the services of a cluster are, as entities claim them. */
  namespacesOf: (cluster: string) => Promise<string[]>;
  /** Whether port-forwards are used at all. */
  portForward: boolean;
  now?: () => number;
}

/** How long rights are believed: each costs a request. */
const BELIEVED_MS = 60_000;

/** For all questions to one cluster. */
const DEADLINE_MS = 15_000;

const CONCURRENCY = 4;

/** Namespaces asked about one by one; what holds for them holds for more. */
const MAX_NAMESPACES = 10;

/** Says of each cluster what the plugin may and may not read there, and how current it is. */
export class ClusterInspector {
  readonly #options: ClusterInspectorOptions;
  readonly #now: () => number;
  readonly #reports = new Map<
    string,
    { at: number; report: Promise<ClusterReport> }
  >();

  static create(options: ClusterInspectorOptions) {
    return new ClusterInspector(options);
  }

  private constructor(options: ClusterInspectorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  /** Every cluster the portal knows; one that is away is said to be. */
  async report(): Promise<ClusterReport[]> {
    const { clusters } = this.#options;
    const { names } = await clusters.known();
    return Promise.all(
      names.map(async name => {
        const report = await this.#recent(name);
        // What is followed changes by the second, and costs no request.
        const mirror = await clusters.mirrorFor(name);
        if ('what' in mirror) return report;
        const { kinds, seen } = seenBy(mirror);
        return { ...report, kinds, versions: { ...report.versions, ...seen } };
      }),
    );
  }

  #recent(name: string): Promise<ClusterReport> {
    const known = this.#reports.get(name);
    if (known && this.#now() - known.at < BELIEVED_MS) {
      return known.report;
    }
    const report = this.#inspect(name);
    this.#reports.set(name, { at: this.#now(), report });
    report.catch(() => this.#reports.delete(name));
    return report;
  }

  async #inspect(name: string): Promise<ClusterReport> {
    const { auth, clusters } = this.#options;
    const common = {
      name,
      transport: clusters.transportOf(name),
      kinds: [],
      rights: [],
      checkedAt: new Date(this.#now()).toISOString(),
    };
    const client = await clusters.clientFor(
      name,
      await auth.getOwnServiceCredentials(),
    );
    if ('what' in client) {
      return {
        ...common,
        message: [client.message, client.remedy].filter(Boolean).join('. '),
      };
    }
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const version = await client.serverVersion(signal);
    if (typeof version !== 'string' && version.status === undefined) {
      return { ...common, reachable: false, message: version.message };
    }
    const namespaces = await this.#namespacesOf(name);
    const answers = await this.#rights(client, namespaces, signal);
    const unasked = answers.find(({ failure }) => failure)?.failure;
    return {
      ...common,
      reachable: true,
      ...(typeof version === 'string' && { versions: { kubernetes: version } }),
      ...(unasked && {
        message: `What may be read cannot be told: ${unasked.message}`,
      }),
      rights: answers.map(({ right }) => right),
    };
  }

  async #namespacesOf(name: string): Promise<string[]> {
    const { clusters, namespacesOf } = this.#options;
    const mirror = await clusters.mirrorFor(name);
    const read = 'what' in mirror ? [] : mirror.namespaces;
    const all = new Set([...(await namespacesOf(name)), ...read]);
    return [...all].sort().slice(0, MAX_NAMESPACES);
  }

  async #rights(
    client: ClusterClient,
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<Answer[]> {
    const limit = pLimit(CONCURRENCY);
    const questions = RIGHTS.filter(
      ({ setting }) =>
        !setting || (this.#options.portForward && 'portForward' in client),
    ).flatMap(right => right.verbs.map(verb => ({ right, verb })));
    const answers = await Promise.all(
      questions.map(async ({ right, verb }) => {
        const ask = (namespace?: string) =>
          limit(() => answer(client, right, verb, { namespace, signal }));
        const everywhere = await ask();
        const refused = everywhere.right.allowed === false;
        // Where not the whole cluster may be read, it counts namespace by namespace.
        return refused && !right.clusterScoped && namespaces.length > 0
          ? Promise.all(namespaces.map(ask))
          : [everywhere];
      }),
    );
    return answers.flat();
  }
}

/** The kinds that tell which releases run. */
const TELLTALES = ['LLMInferenceService', 'Deployment', 'HTTPRoute', 'Gateway'];

function seenBy(mirror: ClusterMirror): Pick<ClusterReport, 'kinds'> & {
  seen: ClusterReport['versions'];
} {
  const { kserve, istio } = detectPlatform(mirror.known(TELLTALES));
  return {
    kinds: mirror.describe(),
    seen: { ...(kserve && { kserve }), ...(istio && { istio }) },
  };
}

interface Answer {
  right: ClusterRight;
  failure?: HttpFailure;
}

async function answer(
  client: ClusterClient,
  right: Right,
  verb: string,
  { namespace, signal }: { namespace?: string; signal: AbortSignal },
): Promise<Answer> {
  const [resource, subresource] = right.resource.split('/');
  const attributes: AccessAttributes = {
    verb,
    group: right.group,
    resource,
    ...(subresource && { subresource }),
    ...(namespace && { namespace }),
  };
  const allowed = await client.review(attributes, signal);
  const known = typeof allowed === 'boolean';
  return {
    right: {
      verb,
      resource: right.resource,
      ...(right.group && { group: right.group }),
      ...(namespace && { namespace }),
      ...(known && { allowed }),
      required: right.required && verb !== 'watch',
      checks: verb === 'watch' ? [] : [...right.checks],
      ...(allowed === false && {
        remedy: remedyOf(client.name, right, verb, namespace),
      }),
    },
    ...(!known && { failure: allowed }),
  };
}

function remedyOf(
  cluster: string,
  right: Right,
  verb: string,
  namespace?: string,
): string {
  const where = namespace
    ? `Role in namespace ${namespace}`
    : `${
        right.scope === 'cluster'
          ? 'ClusterRole'
          : 'Role per namespace of services'
      }`;
  const grant = `Grant the portal's account on ${cluster} in a ${where}: ${rbacRule(
    right.group,
    right.resource,
    [verb],
  )}`;
  return verb === 'watch'
    ? `${grant}. Until then it is listed again for each run.`
    : grant;
}
