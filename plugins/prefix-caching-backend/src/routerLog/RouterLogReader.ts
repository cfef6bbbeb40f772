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

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ENTITY_REF_ANNOTATION,
  type RouterLogEvent,
  type RouterLogReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  listAt,
  textAt,
  type KubernetesObject,
  type Target,
} from 'backstage-plugin-prefix-caching-common/core';
import {
  failureOf,
  type ClusterClient,
  type ClusterRegistry,
  type HttpFailure,
  type PodLogAddress,
} from '../clusters';
import type { BackReferenceRule } from '../config';
import type { VerificationStore } from '../database';
import { namesEntity, targetIdOf } from '../verification';
import type { PodOfAddress } from './decision';
import { LineBudget } from './LineBudget';
import { readLogLine } from './readLogLine';
import { verbosityAdvice, verbosityOf } from './verbosity';

export interface RouterLogReaderOptions {
  clusters: ClusterRegistry;
  store: VerificationStore;
  requireBackReference: BackReferenceRule;
  now?: () => number;
}

export interface RouterLogRequest {
  target: Target;
  entityRef: string;
  credentials: BackstageCredentials;
  /** How many of the last lines. */
  lines: number;
  signal?: AbortSignal;
}

/** All lines together, as the API server sends them. */
const LIMITS = { maxBytes: 4 * 1024 * 1024 };

/** How long one log is followed, and by how many at once on this back end. */
const FOLLOW_MS = 10 * 60_000;
const MAX_FOLLOWERS = 20;

/** The container that KServe gives the picker. */
const PICKER_CONTAINER = 'main';

/** A picker's pod, and what is known of those it picks from. */
interface PickerPod {
  client: ClusterClient;
  address: PodLogAddress;
  podOfAddress: PodOfAddress;
  advice?: string;
}

/**
 * The last lines of a target's Endpoint Picker, and those to come, read on
 * behalf of who asks. Nothing of it is kept.
 */
export class RouterLogReader {
  readonly #options: RouterLogReaderOptions;
  readonly #now: () => number;
  #followers = 0;

  static create(options: RouterLogReaderOptions) {
    return new RouterLogReader(options);
  }

  private constructor(options: RouterLogReaderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  /**
   * @throws NotAllowedError where the service does not name the entity back.
   * @throws NotFoundError where the target has no picker's pod.
   * @throws ServiceUnavailableError with what the cluster said.
   */
  async read(request: RouterLogRequest): Promise<RouterLogReport> {
    const { target, lines, signal } = request;
    const { client, address, podOfAddress, advice } = await this.#pod(request);
    let asked = lines;
    let result = await client.podLog(address, { ...LIMITS, lines, signal });
    // Fewer, where lines are long: a limit on bytes would cut off the newest.
    while (!result.ok && result.reason === 'too-large' && asked > 1) {
      asked = Math.ceil(asked / 8);
      result = await client.podLog(address, {
        ...LIMITS,
        lines: asked,
        signal,
      });
    }
    const failure = failureOf(result);
    if (failure || !result.ok) {
      throw unreadable(target, address, failure);
    }
    const raw = result.body.split('\n').filter(line => line.trim());
    return {
      targetId: targetIdOf(target),
      pod: address.pod,
      lines: raw.map(line => readLogLine(line, podOfAddress)),
      // As many as asked for: there may be more.
      truncated: raw.length >= asked,
      ...(advice && { advice }),
    };
  }

  /**
   * Tells of each line, the last ones first, until `signal` aborts, the pod
   * ends, or ten minutes have passed. A picker that writes faster than anybody
   * reads is thinned out, and how many lines were left out is told.
   *
   * @param isBehind - whether the reader has not taken what was told yet
   * @throws as `read` does, before the first line.
   */
  async follow(
    request: RouterLogRequest & { signal: AbortSignal },
    tell: (event: RouterLogEvent) => void,
    isBehind: () => boolean = () => false,
  ): Promise<void> {
    const { target, lines, signal } = request;
    const { client, address, podOfAddress, advice } = await this.#pod(request);
    if (this.#followers >= MAX_FOLLOWERS) {
      throw new ServiceUnavailableError(
        `${MAX_FOLLOWERS} router logs are being followed already: read the last lines instead, or try again later.`,
      );
    }
    this.#followers += 1;
    try {
      const budget = LineBudget.create({ now: this.#now, burst: lines });
      let started = false;
      const start = () => {
        if (!started) tell({ pod: address.pod, ...(advice && { advice }) });
        started = true;
      };
      const end = await client.followPodLog(address, {
        lines,
        timeoutMs: FOLLOW_MS,
        signal,
        onOpen: start,
        onLine: raw => {
          if (isBehind() || !budget.takes()) {
            budget.skip();
            return true;
          }
          const skipped = budget.takeSkipped();
          if (skipped > 0) tell({ skipped });
          tell({ line: readLogLine(raw, podOfAddress) });
          return true;
        },
      });
      if ('failure' in end && !started) {
        throw unreadable(target, address, end.failure);
      }
      const skipped = budget.takeSkipped();
      if (skipped > 0) tell({ skipped });
      tell({ end: endOf(end) });
    } finally {
      this.#followers -= 1;
    }
  }

  async #pod({
    target,
    entityRef,
    credentials,
  }: RouterLogRequest): Promise<PickerPod> {
    const { clusters, store, requireBackReference } = this.#options;
    const { cluster, namespace, name } = target;
    const record = await store.getRecord(target);
    if (
      requireBackReference !== 'none' &&
      !namesEntity(record?.entityRef, entityRef)
    ) {
      throw new NotAllowedError(
        `The router log of ${namespace}/${name} is only given to the entity that the service names in its annotation ${ENTITY_REF_ANNOTATION}; it does not name ${entityRef}.`,
      );
    }
    const pod = record?.router?.pod;
    if (!pod) {
      throw new NotFoundError(
        `The last verification of ${namespace}/${name} saw no pod of an Endpoint Picker, so there is no log to read.`,
      );
    }
    const client = await clusters.clientFor(cluster, credentials);
    if ('what' in client) {
      throw new ServiceUnavailableError(
        [client.message, client.remedy].filter(Boolean).join('. '),
      );
    }
    const pods = await this.#knownPods(target);
    const containers = listAt(
      pods.find(each => each.metadata.name === pod),
      'spec',
      'containers',
    );
    const container =
      containers.find(each => textAt(each, 'name') === PICKER_CONTAINER) ??
      containers[0];
    const podsByIp = new Map(
      pods.map(each => [textAt(each, 'status', 'podIP'), each.metadata.name]),
    );
    return {
      client,
      address: {
        namespace,
        pod,
        container: textAt(container, 'name') ?? PICKER_CONTAINER,
      },
      podOfAddress: address => podsByIp.get(ipOf(address)),
      advice: container ? verbosityAdvice(verbosityOf(container)) : undefined,
    };
  }

  /** Of the target's namespace, as the mirror has them; no request is made. */
  async #knownPods({
    cluster,
    namespace,
  }: Target): Promise<KubernetesObject[]> {
    const mirror = await this.#options.clusters.mirrorFor(cluster);
    return 'what' in mirror
      ? []
      : mirror
          .known(['Pod'])
          .filter(({ metadata }) => metadata.namespace === namespace);
  }
}

/** `10.0.0.7` of `10.0.0.7:8000`, `fd00::7` of `[fd00::7]:8000`. */
function ipOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

function unreadable(
  { cluster }: Target,
  { namespace, pod }: PodLogAddress,
  failure: HttpFailure | undefined,
): Error {
  if (failure?.status === 404) {
    return new NotFoundError(
      `Pod ${namespace}/${pod} is gone: verify again to see the one that took its place.`,
    );
  }
  const remedy =
    failure?.reason === 'forbidden'
      ? `Grant the portal's account get of pods/log in namespace ${namespace} of cluster ${cluster}.`
      : failure?.remedy;
  return new ServiceUnavailableError(
    [
      `The log of pod ${namespace}/${pod} could not be read: ${
        failure?.message ?? 'no answer'
      }.`,
      remedy,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

function endOf(
  end: Awaited<ReturnType<ClusterClient['followPodLog']>>,
): string {
  if (!('failure' in end)) {
    return 'The log has ended: the pod was stopped or replaced.';
  }
  return end.failure.reason === 'timeout'
    ? `A log is followed for ${FOLLOW_MS / 60_000} minutes at most.`
    : `The log broke off: ${end.failure.message}.`;
}
