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

import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import type {
  Finding,
  Target,
  Thresholds,
} from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterRegistry } from '../clusters';
import type { BackReferenceRule } from '../config';
import type { VerificationRecord, VerificationStore } from '../database';
import {
  claimsTargets,
  namesEntity,
  OVERALL,
  ownerOf,
  resolveTargets,
  targetIdOf,
  targetKey,
  type ClaimReader,
  type EntityTargets,
} from '../verification';
import type { AccessedEntity } from './EntityAccess';
import { freshnessOf } from './freshness';
import {
  backReferenceProblem,
  danglingProblem,
  noTargetsProblem,
  sharedClaimProblem,
} from './targetProblems';
import { withholdSensitive } from './withholdSensitive';

export interface EntityReporterOptions {
  catalog: CatalogService;
  claims: ClaimReader;
  clusters: ClusterRegistry;
  store: VerificationStore;
  requireBackReference: BackReferenceRule;
  responsible: { platform?: string };
  thresholds: Partial<Thresholds>;
  intervalSeconds: number;
  now?: () => number;
}

/** Changes of verdicts shown on the tab. */
const SHOWN_CHANGES = 50;

/** Makes what the tab shows out of the store; no cluster is asked. */
export class EntityReporter {
  readonly #options: EntityReporterOptions;
  readonly #now: () => number;

  static create(options: EntityReporterOptions) {
    return new EntityReporter(options);
  }

  private constructor(options: EntityReporterOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  async resolve(entity: Entity): Promise<EntityTargets> {
    return resolveTargets(entity, await this.#options.clusters.known());
  }

  async report(
    accessed: AccessedEntity,
    permissions: EntityReport['permissions'],
  ): Promise<EntityReport> {
    const { entity, entityRef } = accessed;
    const { responsible, intervalSeconds } = this.#options;
    const { targets, problems } = await this.resolve(entity);
    const reports: TargetReport[] = [];
    for (const target of targets) {
      const { report, found } = await this.#reportTarget(target, entityRef);
      reports.push(report);
      problems.push(...found);
    }
    problems.push(...(await this.#sharedClaims(targets, accessed)));
    if (!claimsTargets(entity)) {
      problems.push(noTargetsProblem(entityRef));
    }
    return {
      entityRef,
      targets: reports,
      problems,
      responsible: { owner: ownerOf(entity), platform: responsible.platform },
      intervalSeconds,
      generatedAt: new Date(this.#now()).toISOString(),
      permissions,
    };
  }

  async #reportTarget(
    target: Target,
    entityRef: string,
  ): Promise<{ report: TargetReport; found: Finding[] }> {
    const { store, requireBackReference } = this.#options;
    const record = await store.getRecord(target);
    const identity = { targetId: targetIdOf(target), ...target };
    if (!record) {
      return {
        report: { ...identity, engines: [], backReference: false, changes: [] },
        found: [],
      };
    }
    const backReference = namesEntity(record.entityRef, entityRef);
    const found: Finding[] = [];
    if (!record.found && isReadable(record)) {
      found.push(danglingProblem(target));
    }
    if (record.found && !backReference) {
      found.push(
        backReferenceProblem(target, entityRef, record, requireBackReference),
      );
    }
    if (!backReference && record.found && requireBackReference === 'all') {
      return {
        report: { ...identity, engines: [], backReference, changes: [] },
        found,
      };
    }
    const report: TargetReport = {
      ...identity,
      accelerator: record.accelerator,
      model: record.model,
      replicas: record.replicas,
      verification: {
        ...record.verification,
        freshness: freshnessOf(
          record.verification,
          this.#now(),
          this.#options.thresholds,
        ),
      },
      since: record.states[OVERALL]?.first,
      router: record.router,
      engines: record.engines,
      policy: record.policy,
      versions: record.versions,
      backReference,
      sampledAt: record.sampledAt,
      lastRun: record.lastRun,
      changes: await store.getChanges(target, SHOWN_CHANGES),
    };
    return {
      report:
        backReference || requireBackReference === 'none'
          ? report
          : withholdSensitive(report, entityRef),
      found,
    };
  }

  /** Other entities are named only to those who may see them. */
  async #sharedClaims(
    targets: readonly Target[],
    { entityRef, credentials }: AccessedEntity,
  ): Promise<Finding[]> {
    const { catalog } = this.#options;
    if (targets.length === 0) {
      return [];
    }
    const claims = await this.#options.claims.recent();
    const problems: Finding[] = [];
    for (const target of targets) {
      const others = claims
        .filter(claim => targetKey(claim.target) === targetKey(target))
        .flatMap(claim => claim.entities.map(each => each.entityRef))
        .filter(ref => ref !== entityRef);
      if (others.length > 0) {
        const visible = await catalog.getEntitiesByRefs(
          { entityRefs: others, fields: ['kind', 'metadata.name'] },
          { credentials },
        );
        problems.push(
          sharedClaimProblem(
            target,
            others.filter((_, index) => visible.items[index]),
            others.length,
          ),
        );
      }
    }
    return problems;
  }
}

/** Absence is believed only where the services of the cluster were listed. */
function isReadable(record: VerificationRecord): boolean {
  return !record.verification.gaps.some(
    gap => gap.what === 'cluster' || gap.what === 'LLMInferenceService',
  );
}
