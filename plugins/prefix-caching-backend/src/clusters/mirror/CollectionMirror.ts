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
  KubernetesObject,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import type { HttpFailure } from '../gaps';
import type { WatchLimits } from '../limits';
import type { ClusterClient, CollectionReading } from '../types';
import { Attempts } from './Attempts';
import { BackOff } from './BackOff';
import { CollectionKnowledge, type MirrorState } from './CollectionKnowledge';
import type { Timing } from './timing';

export interface CollectionMirrorOptions {
  kind: ObservedKind;
  /** The whole cluster where absent. */
  namespace?: string;
  reader: Pick<ClusterClient, 'readCollection' | 'watchCollection'>;
  timing: Timing;
  watchLimits: WatchLimits;
  /** How long what was read counts while it cannot be read again. */
  staleMs: number;
  /** Lets a list begin, so that not all kinds are listed at once. */
  inTurn: (
    list: () => Promise<CollectionReading>,
  ) => Promise<CollectionReading>;
  /** Whether what was just read may be watched. */
  mayWatch: (read: { version: string; count: number }) => Promise<boolean>;
}

export interface ReadOptions {
  /** What is not watched is listed again when it is older. */
  maxAgeMs: number;
  /** Somebody waits: try again what failed some seconds ago. */
  hurry?: boolean;
  /** After which what is known is given. */
  signal?: AbortSignal;
}

/** After which nobody wants a collection any more. */
const IDLE_MS = 900_000;

/** A watch that lives shorter is a failure, however it ended. */
const SHORT_LIFE_MS = 30_000;

/** What failed is not asked again sooner, whoever waits. */
const HURRY_MS = 5_000;

/** How long a refusal is believed; rights and kinds rarely come and go. */
const REFUSED_PAUSE_MS = 300_000;
const REFUSALS: readonly HttpFailure['reason'][] = [
  'forbidden',
  'not-installed',
  'not-configured',
];

/** Why no watch is open although one might be. */
const NO_WATCH_PAUSE_MS = 3_600_000;

const CLOSED_EARLY: HttpFailure = {
  reason: 'unreachable',
  message: 'the API server closes watches soon after they are opened',
};

/**
 * One kind in one scope, listed and then watched for as long as somebody wants
 * it, and shared by all who do. Where it cannot be watched, it is listed again
 * when somebody wants it.
 */
export class CollectionMirror {
  readonly #options: CollectionMirrorOptions;
  readonly #listBackOff: BackOff;
  readonly #watchBackOff: BackOff;
  readonly #knowledge: CollectionKnowledge;
  readonly #attempts: Attempts;
  #via: 'watch' | 'list' = 'list';
  #unwatchable?: { since: number; why: string };
  #wantedAt = 0;
  #stop?: AbortController;

  static create(options: CollectionMirrorOptions) {
    return new CollectionMirror(options);
  }

  private constructor(options: CollectionMirrorOptions) {
    this.#options = options;
    this.#listBackOff = BackOff.create(options.timing.random);
    this.#watchBackOff = BackOff.create(options.timing.random);
    this.#knowledge = new CollectionKnowledge({
      now: () => this.#now(),
      staleMs: options.staleMs,
    });
    this.#attempts = new Attempts(options.timing);
  }

  /** What is known, after the first list has ended, well or not. */
  async read(options: ReadOptions): Promise<MirrorState> {
    this.#wantedAt = this.#now();
    this.#start();
    if (this.#attempts.count === 0) {
      await this.#attempts.next(options.signal);
    } else if (this.#isDue(options)) {
      const attempt = this.#attempts.next(options.signal);
      this.#attempts.hurry();
      await attempt;
    }
    return this.#knowledge.state();
  }

  /** What is known already. */
  known(): Iterable<KubernetesObject> {
    return this.#knowledge.objects;
  }

  /** As a platform engineer sees it; undefined while nobody wants it. */
  describe() {
    if (!this.#stop) {
      return undefined;
    }
    const { asOf, size, failure } = this.#knowledge;
    return {
      via: this.#via,
      objects: asOf === undefined ? undefined : size,
      asOf,
      problem: failure?.message ?? this.#unwatchable?.why,
    };
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#attempts.startOver();
    this.#knowledge.forget();
  }

  #now(): number {
    return this.#options.timing.now();
  }

  #start(): void {
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#follow(stop.signal).finally(() => {
      // Nobody wanted it any more; the next who does starts it again.
      if (this.#stop === stop) this.stop();
    });
  }

  /** Lists, then watches for as long as that goes on; and so on. */
  async #follow(stop: AbortSignal): Promise<void> {
    const { kind, namespace, reader, inTurn, mayWatch } = this.#options;
    while (this.#goesOn(stop)) {
      const reading = await inTurn(() =>
        reader.readCollection(kind, { namespace, signal: stop }),
      );
      if (stop.aborted) return;
      if (!reading.ok) {
        this.#failed(reading.failure);
        await this.#attempts.pause(this.#pauseAfter(reading.failure), stop);
        continue;
      }
      const { version, objects, resourceVersion } = reading;
      this.#knowledge.replace(objects);
      this.#listBackOff.succeeded();
      this.#succeeded('list');
      const watchable =
        resourceVersion !== undefined &&
        !this.#isUnwatchable() &&
        (await mayWatch({ version, count: objects.length }));
      if (watchable) {
        await this.#watch({ version, resourceVersion }, stop);
      }
      if (!watchable || this.#isUnwatchable()) {
        this.#via = 'list';
        // What was missed while a watch failed is listed at once.
        if (!this.#knowledge.failure) {
          await this.#attempts.pause(IDLE_MS, stop);
        }
      }
    }
  }

  /** Watches again and again from where it was; returns when to list anew. */
  async #watch(
    from: { version: string; resourceVersion: string },
    stop: AbortSignal,
  ): Promise<void> {
    const { kind, namespace, reader } = this.#options;
    const reached = { resourceVersion: from.resourceVersion };
    while (this.#goesOn(stop)) {
      const openedAt = this.#now();
      const end = await reader.watchCollection(kind, {
        version: from.version,
        namespace,
        resourceVersion: reached.resourceVersion,
        timeoutSeconds: this.#agreedSeconds(),
        signal: stop,
        onOpen: () => this.#succeeded('watch'),
        onChange: change => {
          this.#knowledge.apply(change);
          reached.resourceVersion =
            change.resourceVersion ?? reached.resourceVersion;
        },
      });
      if (stop.aborted) return;
      const livedLong = this.#now() - openedAt >= SHORT_LIFE_MS;
      if (livedLong) this.#watchBackOff.succeeded();
      switch (end.end) {
        case 'closed':
          this.#knowledge.completeUntilNow();
          if (!livedLong) this.#failed(CLOSED_EARLY);
          break;
        case 'broken':
          this.#failed(end.failure);
          break;
        case 'refused':
          this.#failed(end.failure);
          break;
        case 'not-watchable':
          this.#unwatchable = {
            since: this.#now(),
            why: `it may not be watched, and is listed instead: ${end.failure.message}`,
          };
          return;
        default:
      }
      const wish = 'failure' in end ? end.failure.retryAfterSeconds : undefined;
      // Each gives way to the others by chance, also after a clean close.
      await this.#attempts.pause(
        livedLong && end.end === 'closed'
          ? 1_000 * this.#options.timing.random()
          : this.#watchBackOff.failed(wish),
        stop,
      );
      if (end.end === 'gone' || end.end === 'refused') return;
    }
  }

  #agreedSeconds(): number {
    const { watchLimits, timing } = this.#options;
    const { minSeconds, maxSeconds } = watchLimits;
    return Math.round(minSeconds + timing.random() * (maxSeconds - minSeconds));
  }

  #goesOn(stop: AbortSignal): boolean {
    return !stop.aborted && this.#now() - this.#wantedAt < IDLE_MS;
  }

  #isUnwatchable(): boolean {
    const { since = -Infinity } = this.#unwatchable ?? {};
    const believed = this.#now() - since < NO_WATCH_PAUSE_MS;
    if (!believed) this.#unwatchable = undefined;
    return believed;
  }

  /** Whether the one who reads has reason to wait for another attempt. */
  #isDue({ maxAgeMs, hurry }: ReadOptions): boolean {
    const now = this.#now();
    const { asOf = 0, failure } = this.#knowledge;
    if (failure) {
      return hurry === true && now - this.#attempts.lastAt >= HURRY_MS;
    }
    return this.#via === 'list' && now - asOf >= maxAgeMs;
  }

  #succeeded(via: 'watch' | 'list'): void {
    this.#via = via;
    this.#knowledge.confirm();
    this.#attempts.ended();
  }

  #failed(failure: HttpFailure): void {
    this.#knowledge.fail(failure);
    this.#attempts.ended();
  }

  #pauseAfter({ reason, retryAfterSeconds }: HttpFailure): number {
    const pause = this.#listBackOff.failed(retryAfterSeconds);
    return REFUSALS.includes(reason) ? REFUSED_PAUSE_MS : pause;
  }
}
