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
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  CheckHistory,
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
import {
  summaryOf,
  type VerificationStore,
  type WaiverStore,
} from '../database';
import {
  freshnessOf,
  namesEntity,
  overallWithout,
  ownerOf,
  resolveTargets,
  targetIdOf,
  targetKey,
  type ClaimReader,
  type EntityTargets,
  type Rejudge,
} from '../verification';
import type { AccessedEntity } from './EntityAccess';
import { backReferenceProblem, sharedClaimProblem } from './targetProblems';
import { withholdChange, withholdSensitive } from './withholdSensitive';

export interface EntityReporterOptions {
  catalog: CatalogService;
  claims: ClaimReader;
  clusters: ClusterRegistry;
  store: VerificationStore;
  waivers: WaiverStore;
  rejudge: Rejudge;
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

  /**
   * @throws NotFoundError for an id that is none of the entity's targets.
   */
  async findTarget(
    { entity, entityRef }: AccessedEntity,
    targetId: string,
  ): Promise<Target> {
    const { targets } = await this.resolve(entity);
    const target = targets.find(each => targetIdOf(each) === targetId);
    if (!target) {
      throw new NotFoundError(
        `${entityRef} has no target '${targetId}'. Use a targetId that its report gives.`,
      );
    }
    return target;
  }

  /** The changes of one check's verdict, newest first. */
  async history(
    accessed: AccessedEntity,
    query: { targetId: string; check: string; limit: number },
  ): Promise<CheckHistory> {
    const { store, requireBackReference } = this.#options;
    const { targetId, check, limit } = query;
    const target = await this.findTarget(accessed, targetId);
    const [record, items] = await Promise.all([
      store.getRecord(target),
      store.getCheckHistory(target, check, limit),
    ]);
    const isOwn = namesEntity(record?.entityRef, accessed.entityRef);
    if (isOwn || requireBackReference === 'none') {
      return { targetId, check, items };
    }
    return {
      targetId,
      check,
      items:
        requireBackReference === 'all'
          ? []
          : items.map(item => withholdChange(item, accessed.entityRef)),
    };
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
    const { store, requireBackReference, rejudge } = this.#options;
    const stored = await store.getRecord(target);
    const record = stored && (await rejudge.record(stored));
    const identity = { targetId: targetIdOf(target), ...target };
    if (!record) {
      return {
        report: { ...identity, engines: [], backReference: false, changes: [] },
        found: [],
      };
    }
    const backReference = namesEntity(record.entityRef, entityRef);
    const found: Finding[] = [];
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
    const now = this.#now();
    const accepted = await this.#options.waivers.getWaivers(
      new Date(now).toISOString(),
      target,
    );
    const waivers = accepted.map(each => each.waiver);
    const { verdict, summary, since } = overallWithout(
      summaryOf(record),
      waivers,
    );
    const { verification } = record;
    const report: TargetReport = {
      ...identity,
      accelerator: record.accelerator,
      model: record.model,
      replicas: record.replicas,
      verification: {
        ...verification,
        verdict,
        summary,
        freshness: freshnessOf(verification, now, this.#options.thresholds),
      },
      since,
      waivers,
      router: record.router,
      engines: record.engines,
      funnel: record.funnel,
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
