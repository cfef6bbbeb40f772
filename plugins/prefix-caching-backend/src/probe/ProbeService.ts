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

import http from 'node:http';
import https from 'node:https';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ENTITY_REF_ANNOTATION,
  PROBE_ANNOTATION,
  type ProbeOffer,
  type ProbeReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  judgeProbe,
  planProbe,
  probePrompt,
  type ProbeAnswer,
  type ProbePlan,
  type ProbeResult,
  type Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ProbeStore, VerificationStore } from '../database';
import type { MetricsReader } from '../metrics';
import {
  namesEntity,
  targetIdOf,
  type VerificationService,
} from '../verification';
import { EngineCounters } from './EngineCounters';
import type { Probed, ProbeSubjects } from './ProbeSubjects';
import { streamCompletion } from './streamCompletion';

export interface ProbeServiceOptions {
  subjects: ProbeSubjects;
  store: Pick<VerificationStore, 'getRecord'>;
  probes: ProbeStore;
  metrics: Pick<MetricsReader, 'read'>;
  verifications: Pick<VerificationService, 'runTargets'>;
  /** Between two probes of one service. */
  intervalMs: number;
  logger: LoggerService;
  now?: () => number;
  pause?: (ms: number) => Promise<void>;
  nonce?: () => string;
}

/** Who asks, for which service, by which entity. */
export interface ProbeRequest {
  target: Target;
  entity: Entity;
  entityRef: string;
  credentials: BackstageCredentials;
  by: string;
}

/** Results that are shown. */
const SHOWN = 20;

/** A picker sees a request's end in the engine's figures only a moment later. */
const SETTLE_MS = 100;

/** One name for all probes, since pickers keep a series for each. */
const FAIRNESS_ID = 'prefix-caching-probe';

/** Sends real requests to a service, and says what their answers mean. */
export class ProbeService {
  readonly #options: ProbeServiceOptions;
  readonly #now: () => number;
  readonly #pause: (ms: number) => Promise<void>;

  static create(options: ProbeServiceOptions) {
    return new ProbeService(options);
  }

  private constructor(options: ProbeServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
    this.#pause = options.pause ?? (ms => sleep(ms));
  }

  /** Past probes, and for those who may run one what the next would cost. Sends nothing. */
  async report(request: ProbeRequest, mayRun: boolean): Promise<ProbeReport> {
    const results = await this.#options.probes.getProbes(request.target, SHOWN);
    return mayRun
      ? { offer: (await this.#offer(request)).offer, results }
      : { results };
  }

  /**
   * Sends the requests of one probe, one after the other, and keeps what they
   * showed.
   *
   * @throws NotAllowedError where the entity has not opted in, or the service
   *   does not name it back.
   * @throws ConflictError where it cannot be probed, or not yet.
   * @throws ServiceUnavailableError where the service does not answer.
   */
  async run(request: ProbeRequest, signal: AbortSignal): Promise<ProbeReport> {
    const { probes, intervalMs, logger, verifications } = this.#options;
    const { target, credentials, by } = request;
    const { offer, forbidden, probed, plan } = await this.#offer(request);
    if (forbidden) throw new NotAllowedError(offer.reason);
    if (!probed || !plan) throw new ConflictError(offer.reason);
    const startedAt = this.#now();
    if (!(await probes.takeTurn(target, startedAt, startedAt + intervalMs))) {
      throw new ConflictError(tooSoon(await probes.turnFreeAt(target)));
    }
    const result = await this.#probe(request, { probed, plan }, signal);
    await probes.saveProbe(target, result);
    const { namespace, name } = target;
    logger.info(`Probed ${namespace}/${name} for ${by}: ${result.outcome}`);
    await verifications.runTargets([target], { credentials, by });
    return this.report(request, true);
  }

  async #offer(request: ProbeRequest): Promise<{
    offer: ProbeOffer;
    /** Not for this entity, whatever the state of the service. */
    forbidden?: boolean;
    probed?: Probed;
    plan?: ProbePlan;
  }> {
    const { subjects, store, probes } = this.#options;
    const { target, entity, entityRef, credentials } = request;
    const targetId = targetIdOf(target);
    const not = (reason: string, more: Partial<ProbeOffer> = {}) => ({
      offer: { targetId, possible: false, reason, ...more },
    });
    if (entity.metadata.annotations?.[PROBE_ANNOTATION] !== 'enabled') {
      return {
        ...not(
          `${entityRef} has not opted in: give it the annotation ${PROBE_ANNOTATION}: enabled.`,
        ),
        forbidden: true,
      };
    }
    const record = await store.getRecord(target);
    // A probe costs its owner tokens, so that no mere claim is enough, ever.
    if (!namesEntity(record?.entityRef, entityRef)) {
      return {
        ...not(
          `${target.namespace}/${target.name} is only probed for the entity that it names in its annotation ${ENTITY_REF_ANNOTATION}; it does not name ${entityRef}.`,
        ),
        forbidden: true,
      };
    }
    const probed = await subjects.find(target, credentials);
    if ('impossible' in probed) return not(probed.impossible);
    const plan = planProbe(probed.subject);
    if ('impossible' in plan) return not(plan.impossible);
    const price = {
      requests: plan.steps.length,
      promptTokens: plan.promptTokens,
      outputTokens: plan.outputTokens,
      prefixes: plan.prefixes,
      url: probed.address.url.href,
    };
    const freeAt = await probes.turnFreeAt(target);
    return freeAt > this.#now()
      ? not(tooSoon(freeAt), {
          ...price,
          nextAt: new Date(freeAt).toISOString(),
        })
      : {
          offer: { targetId, possible: true, ...price },
          probed,
          plan,
        };
  }

  async #probe(
    { target, by }: ProbeRequest,
    { probed, plan }: { probed: Probed; plan: ProbePlan },
    signal: AbortSignal,
  ): Promise<ProbeResult> {
    const { metrics, probes } = this.#options;
    const { client, engines, address, model } = probed;
    const startedAt = this.#now();
    const nonce = this.#options.nonce?.() ?? randomUUID();
    const agent = new (address.url.protocol === 'https:' ? https : http).Agent({
      keepAlive: true,
      maxSockets: 1,
    });
    try {
      const counters = await EngineCounters.start({
        client,
        metrics,
        engines,
        pause: this.#pause,
        signal,
      });
      const answers: ProbeAnswer[] = [];
      for (const [serial, step] of plan.steps.entries()) {
        const { prompt, cacheSalt, padding } = probePrompt(step, {
          nonce,
          prefixWords: plan.prefixWords,
          serial,
        });
        const completion = await streamCompletion(
          address,
          {
            model,
            prompt,
            max_tokens: 1,
            temperature: 0,
            stream: true,
            stream_options: { include_usage: true },
            cache_salt: cacheSalt,
            ...(padding && { user: padding }),
          },
          {
            agent,
            signal,
            now: this.#now,
            headers: {
              'x-request-id': `${FAIRNESS_ID}-${nonce}-${serial}`,
              'x-llm-d-inference-fairness-id': FAIRNESS_ID,
            },
          },
        );
        if (!completion.ok) {
          if (answers.length === 0) await probes.giveTurnBack(target);
          throw new ServiceUnavailableError(
            `The probe of ${target.namespace}/${target.name} ended at request ${
              serial + 1
            } of ${plan.steps.length}: ${completion.message}.`,
          );
        }
        await this.#pause(SETTLE_MS);
        const { ok, ...told } = completion;
        answers.push({
          ...step,
          ...(await counters.attribute(told.promptTokens)),
          ...told,
        });
      }
      return {
        ...judgeProbe({
          ...probed.subject,
          answers,
          otherTraffic: counters.otherTraffic,
          cacheTokens: probed.cacheTokens,
          prefixCaching: probed.prefixCaching,
        }),
        at: new Date(startedAt).toISOString(),
        by,
        durationMs: this.#now() - startedAt,
      };
    } finally {
      agent.destroy();
    }
  }
}

function tooSoon(freeAt: number): string {
  return `It was probed a short while ago; the next probe may run at ${new Date(
    freeAt,
  ).toISOString()}.`;
}
