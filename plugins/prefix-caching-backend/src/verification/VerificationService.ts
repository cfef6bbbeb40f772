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
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  DEFAULT_THRESHOLDS,
  ENTITY_REF_ANNOTATION,
  verify,
  type Check,
  type Expectations,
  type Observation,
  type ProbeResult,
  type Target,
  type Thresholds,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ProbeStore, VerificationStore } from '../database';
import type { ClusterObserver } from '../observation';
import type { SeriesRecorder } from '../series';
import { namesEntity } from './backReference';
import type { ClaimReader } from './ClaimReader';
import type { Claim } from './claims';
import { createRecord, previousVerdictsOf } from './createRecord';
import type { ChangePublisher } from './ChangePublisher';
import { targetKey } from './targetId';

export interface VerificationServiceOptions {
  auth: AuthService;
  claims: ClaimReader;
  observer: ClusterObserver;
  store: VerificationStore;
  /** What probes found is a finding too. */
  probes?: Pick<ProbeStore, 'getLatestProbes'>;
  /** Keeps what charts are made of. */
  series?: SeriesRecorder;
  publisher: ChangePublisher;
  logger: LoggerService;
  thresholds: Partial<Thresholds>;
  intervalSeconds: number;
  /** Runs in a row that make a change of a verdict one for the history. */
  confirmAfter: number;
  /** Other teams' checks. */
  checks?: readonly Check[];
  now?: () => number;
}

export interface RunOptions {
  credentials: BackstageCredentials;
  /** `schedule`, or the ref of the user who asked. */
  by: string;
  signal?: AbortSignal;
}

/** Runs that may overtake another while it is recorded. */
const ATTEMPTS = 3;

/** Observes targets, verifies them, and records what came of it. */
export class VerificationService {
  readonly #options: VerificationServiceOptions;
  readonly #now: () => number;
  readonly #running = new Map<string, Promise<void>>();

  static create(options: VerificationServiceOptions) {
    return new VerificationService(options);
  }

  private constructor(options: VerificationServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  /** Verifies every target that an entity of the catalog claims. */
  async runAll(signal?: AbortSignal): Promise<void> {
    const { auth, logger } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const claims = await this.#options.claims.read();
    await this.#run(claims, { credentials, by: 'schedule', signal });
    logger.debug(`Verified ${claims.length} targets`);
  }

  /**
   * Verifies some targets now. A target that is already being verified on
   * somebody's demand is waited for rather than observed twice.
   */
  async runTargets(
    targets: readonly Target[],
    options: RunOptions,
  ): Promise<void> {
    const claims = await this.#options.claims.read();
    const wanted = targets.map(
      target =>
        claims.find(claim => targetKey(claim.target) === targetKey(target)) ?? {
          target,
          entities: [],
        },
    );
    const waiting = wanted.flatMap(
      ({ target }) => this.#running.get(targetKey(target)) ?? [],
    );
    const free = wanted.filter(
      ({ target }) => !this.#running.has(targetKey(target)),
    );
    const run = this.#run(free, options).finally(() => {
      for (const { target } of free) {
        this.#running.delete(targetKey(target));
      }
    });
    for (const { target } of free) {
      this.#running.set(targetKey(target), run);
    }
    await Promise.all([run, ...waiting]);
  }

  async #run(claims: readonly Claim[], options: RunOptions): Promise<void> {
    const byKey = new Map(
      claims.map(claim => [targetKey(claim.target), claim]),
    );
    const startedAt = this.#now();
    const probes = await this.#latestProbes();
    let changed = false;
    await this.#options.observer.observe(
      claims.map(claim => claim.target),
      {
        credentials: options.credentials,
        signal: options.signal,
        onObservation: async observed => {
          const key = targetKey(observed.target);
          const claim = byKey.get(key);
          const observation = { ...observed, probe: probes.get(key) };
          // What an abandoned run did not get to read is no gap of the cluster.
          if (claim && !options.signal?.aborted) {
            await this.#options.series?.record(observation);
            changed =
              (await this.#record(claim, observation, options.by, startedAt)) ||
              changed;
          }
        },
      },
    );
    if (changed) {
      await this.#options.publisher.publishFleet();
    }
  }

  async #latestProbes(): Promise<Map<string, ProbeResult>> {
    const latest = (await this.#options.probes?.getLatestProbes()) ?? [];
    return new Map(
      latest.map(({ target, result }) => [targetKey(target), result]),
    );
  }

  /** Whether anything a page shows as a verdict is different. */
  async #record(
    claim: Claim,
    observed: Observation,
    by: string,
    startedAt: number,
  ): Promise<boolean> {
    const { publisher, logger } = this.#options;
    const key = targetKey(claim.target);
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const outcome = await this.#judge(claim, observed, by, startedAt);
        if (outcome === 'changed') {
          await publisher.publish(claim);
        }
        if (outcome !== 'overtaken') {
          return outcome === 'changed';
        }
      }
      logger.warn(
        `The verification of ${key} was not recorded: others were, meanwhile`,
      );
    } catch (error) {
      // One target that cannot be judged or stored must not stop the others.
      logger.error(
        `The verification of ${key} could not be recorded`,
        toError(error),
      );
    }
    return false;
  }

  async #judge(
    claim: Claim,
    observed: Observation,
    by: string,
    startedAt: number,
  ): Promise<'changed' | 'same' | 'overtaken'> {
    const { store, intervalSeconds, confirmAfter, thresholds } = this.#options;
    const at = new Date(this.#now()).toISOString();
    const before = await store.getRecord(claim.target);
    if (before && before.verification.observedAt > observed.observedAt) {
      // A run that began later is through already, and knows better.
      return 'same';
    }
    const observation = {
      ...observed,
      previousVerdicts: previousVerdictsOf(before, at, intervalSeconds),
    };
    const { record, changes, changed } = createRecord({
      before,
      observation,
      verification: verify(observation, this.#expectations(claim, observed), {
        checks: this.#options.checks,
      }),
      run: { at, by, durationMs: this.#now() - startedAt },
      intervalSeconds,
      confirmAfter,
      thresholds: { ...DEFAULT_THRESHOLDS, ...thresholds },
    });
    if (!(await store.saveRecord(record, { before, changes }))) {
      return 'overtaken';
    }
    return changed ? 'changed' : 'same';
  }

  /**
   * What the claiming entity says of its service: the one that the service
   * names back, else the first. Who may claim it at all is judged for each
   * entity that is looked at, and not once for all of them.
   */
  #expectations(claim: Claim, observed: Observation): Expectations {
    const named =
      observed.service?.metadata.annotations?.[ENTITY_REF_ANNOTATION];
    const entity =
      claim.entities.find(each => namesEntity(named, each.entityRef)) ??
      claim.entities[0];
    return {
      now: new Date(this.#now()).toISOString(),
      lifecycle: entity?.lifecycle,
      dataClass: entity?.dataClass,
      tenancy: entity?.tenancy,
      thresholds: this.#options.thresholds,
    };
  }
}
