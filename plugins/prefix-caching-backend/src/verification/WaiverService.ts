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

import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  ENTITY_REF_ANNOTATION,
  type WaiveRequest,
} from 'backstage-plugin-prefix-caching-common';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import type { BackReferenceRule } from '../config';
import type { VerificationStore, WaiverStore } from '../database';
import { namesEntity } from './backReference';
import type { ChangePublisher } from './ChangePublisher';

export interface WaiverServiceOptions {
  store: VerificationStore;
  waivers: WaiverStore;
  publisher: ChangePublisher;
  requireBackReference: BackReferenceRule;
  now?: () => number;
}

/** The target of an entity that somebody speaks for. */
export interface WaivedTarget {
  target: Target;
  entityRef: string;
}

/** A waiver is for a time; what is to stay is changed in the deployment. */
const MAX_MS = 366 * 24 * 60 * 60 * 1000;

/** Accepts findings for a time, and takes that back. */
export class WaiverService {
  readonly #options: WaiverServiceOptions;
  readonly #now: () => number;

  static create(options: WaiverServiceOptions) {
    return new WaiverService(options);
  }

  private constructor(options: WaiverServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  /**
   * @throws InputError for a reason or an expiry that is none.
   * @throws NotFoundError where the last verification has no such check.
   * @throws NotAllowedError where the service does not name the entity back.
   */
  async waive(
    waived: WaivedTarget & { by: string },
    request: Omit<WaiveRequest, 'targetId'>,
  ): Promise<void> {
    const { target, by } = waived;
    const { check } = request;
    const now = this.#now();
    const reason = request.reason.trim();
    if (!reason) {
      throw new InputError('reason: expected a sentence that says why');
    }
    const expiry = Date.parse(request.expiresAt);
    if (!(expiry > now && expiry <= now + MAX_MS)) {
      throw new InputError(
        `expiresAt: '${
          request.expiresAt
        }' is no time of the coming year; expected ISO 8601, as in ${new Date(
          now + 30 * 24 * 60 * 60 * 1000,
        ).toISOString()}`,
      );
    }
    const { findings } = await this.#verificationOf(waived);
    if (!findings.some(finding => finding.check === check)) {
      throw new NotFoundError(
        `The last verification of ${target.namespace}/${target.name} has no check '${check}'. Use one that its report names.`,
      );
    }
    await this.#options.waivers.saveWaiver(target, {
      check,
      reason,
      by,
      at: new Date(now).toISOString(),
      expiresAt: new Date(expiry).toISOString(),
    });
    await this.#tell(waived);
  }

  /**
   * @throws NotFoundError where there is no such waiver.
   * @throws NotAllowedError where the service does not name the entity back.
   */
  async withdraw(waived: WaivedTarget, check: string): Promise<void> {
    await this.#verificationOf(waived);
    if (!(await this.#options.waivers.deleteWaiver(waived.target, check))) {
      throw new NotFoundError(
        `There is no waiver of '${check}' for ${waived.target.namespace}/${waived.target.name}.`,
      );
    }
    await this.#tell(waived);
  }

  async #tell({ target, entityRef }: WaivedTarget): Promise<void> {
    const { publisher } = this.#options;
    await publisher.publish({ target, entities: [{ entityRef }] });
    await publisher.publishFleet();
  }

  /** A waiver changes what everybody sees, so that a mere claim is not enough. */
  async #verificationOf({ target, entityRef }: WaivedTarget) {
    const { store, requireBackReference } = this.#options;
    const { namespace, name } = target;
    const record = await store.getRecord(target);
    if (!record) {
      throw new ConflictError(
        `${namespace}/${name} was not verified yet. Verify it first.`,
      );
    }
    if (
      requireBackReference !== 'none' &&
      !namesEntity(record.entityRef, entityRef)
    ) {
      throw new NotAllowedError(
        `${namespace}/${name} does not name ${entityRef} back, so that nothing can be accepted in its name. Whoever owns the service adds the annotation '${ENTITY_REF_ANNOTATION}: ${entityRef}' to it.`,
      );
    }
    return record.verification;
  }
}
