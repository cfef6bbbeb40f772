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

import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ListedKind } from 'backstage-plugin-prefix-caching-common';
import type {
  KubernetesObject,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { listingGap, type HttpFailure } from '../gaps';
import {
  DEFAULT_WATCH_LIMITS,
  MAX_STALE_MS,
  MAX_WATCHES,
  type WatchLimits,
} from '../limits';
import type { ClusterClient, Listing, ListOptions } from '../types';
import { canStream } from './canStream';
import type { ReadOptions } from './CollectionMirror';
import { KindMirror } from './KindMirror';
import { systemTiming, type Timing } from './timing';

export interface ClusterMirrorOptions {
  client: ClusterClient;
  /** False: list for each run, open no watch. */
  watch?: boolean;
  watchLimits?: WatchLimits;
  /** How long what was read counts while it cannot be read again. */
  staleMs?: number;
  timing?: Timing;
}

export interface MirrorListOptions extends ListOptions, ReadOptions {}

/** Lists under way at once on one cluster; each holds a page in memory. */
const CONCURRENT_LISTS = 2;

/** How long what was found out of a way's streaming is believed. */
const STREAMING_TTL_MS = 3_600_000;

/** The first kind that is listed; a cluster with targets has objects of it. */
const CANARY = 'LLMInferenceService';

const STOPS: HttpFailure = { reason: 'timeout', message: 'the back end stops' };

/**
 * What one cluster holds of the observed kinds, read once and then followed,
 * shared by all targets and all who look at them.
 */
export class ClusterMirror {
  readonly #options: ClusterMirrorOptions;
  readonly #timing: Timing;
  readonly #watchLimits: WatchLimits;
  readonly #kinds = new Map<ObservedKind, KindMirror>();
  readonly #inTurn = pLimit(CONCURRENT_LISTS);
  readonly #stop = new AbortController();
  #streams?: { at: number; answer: Promise<boolean> };

  static create(options: ClusterMirrorOptions) {
    return new ClusterMirror(options);
  }

  private constructor(options: ClusterMirrorOptions) {
    this.#options = options;
    this.#timing = options.timing ?? systemTiming;
    this.#watchLimits = options.watchLimits ?? DEFAULT_WATCH_LIMITS;
  }

  get name(): string {
    return this.#options.client.name;
  }

  /**
   * One kind; makes a request only where nothing is known yet, or where what
   * is known is not followed by a watch and too old.
   */
  async list(kind: ObservedKind, options: MirrorListOptions): Promise<Listing> {
    if (this.#stop.signal.aborted) {
      return { kind, objects: [], gaps: [listingGap(kind, this.name, STOPS)] };
    }
    // Changes that have arrived and wait to be read count as known.
    await setImmediate();
    return this.#of(kind).list(options.fallbackNamespaces, options);
  }

  /** How current what is known is, kind by kind. */
  describe(): ListedKind[] {
    return [...this.#kinds.values()].flatMap(kind => kind.describe());
  }

  /** What is known of these kinds; makes no request. */
  known(kinds: readonly string[]): KubernetesObject[] {
    return [...this.#kinds].flatMap(([{ kind }, mirror]) =>
      kinds.includes(kind) ? mirror.known() : [],
    );
  }

  /** The namespaces that had to be read one by one. */
  get namespaces(): string[] {
    const all = [...this.#kinds.values()].flatMap(kind => kind.namespaces);
    return [...new Set(all)].sort();
  }

  /** Ends every watch; nothing is read any more. */
  stop(): void {
    this.#stop.abort();
    for (const kind of this.#kinds.values()) kind.stop();
  }

  #of(kind: ObservedKind): KindMirror {
    const known =
      this.#kinds.get(kind) ??
      KindMirror.create({
        kind,
        cluster: this.name,
        reader: this.#options.client,
        timing: this.#timing,
        watchLimits: this.#watchLimits,
        staleMs: this.#options.staleMs ?? MAX_STALE_MS,
        inTurn: list => this.#inTurn(list),
        mayWatch: read => this.#mayWatch(kind, read),
      });
    this.#kinds.set(kind, known);
    return known;
  }

  async #mayWatch(
    kind: ObservedKind,
    read: { namespace?: string; version: string; count: number },
  ): Promise<boolean> {
    const { client, watch = true } = this.#options;
    if (!watch || this.#watches() >= MAX_WATCHES) {
      return false;
    }
    if (client.transport === 'direct') {
      return true;
    }
    const now = this.#timing.now();
    const expired = now - (this.#streams?.at ?? -Infinity) > STREAMING_TTL_MS;
    if (expired && kind.kind === CANARY && read.count > 0) {
      const answer = canStream(client, kind, { ...read, ...this.#canary() });
      this.#streams = { at: now, answer };
    }
    return this.#streams?.answer ?? false;
  }

  #canary() {
    return { now: () => this.#timing.now(), signal: this.#stop.signal };
  }

  #watches(): number {
    return this.describe().filter(({ via }) => via === 'watch').length;
  }
}
