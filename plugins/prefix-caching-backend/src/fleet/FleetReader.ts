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
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  FleetPage,
  FleetQuery,
  FleetRow,
  Waiver,
} from 'backstage-plugin-prefix-caching-common';
import type { Thresholds } from 'backstage-plugin-prefix-caching-common/core';
import type { BackReferenceRule } from '../config';
import type { VerificationStore, WaiverStore } from '../database';
import {
  freshnessOf,
  targetKey,
  type ClaimReader,
  type Rejudge,
} from '../verification';
import { fleetPage } from './fleetPage';
import { fleetRow } from './fleetRow';
import { VisibleEntities } from './VisibleEntities';

export interface FleetReaderOptions {
  catalog: CatalogService;
  claims: ClaimReader;
  store: VerificationStore;
  waivers: WaiverStore;
  rejudge: Rejudge;
  requireBackReference: BackReferenceRule;
  responsible: { platform?: string };
  thresholds: Partial<Thresholds>;
  now?: () => number;
}

/** How long all rows are kept: many open pages must not read them as often. */
const KEPT_MS = 2_000;

/**
 * Every claimed target, worst first, out of the store and the catalog's
 * claims; no cluster is asked.
 *
 * All rows are joined and ordered here and not by the database: targets that
 * were never verified have no row there, waivers and thresholds of now have a
 * say in the verdict, and what is counted depends on who asks.
 */
export class FleetReader {
  readonly #options: FleetReaderOptions;
  readonly #visible: VisibleEntities;
  readonly #now: () => number;
  #rows?: { at: number; rows: Promise<FleetRow[]> };

  static create(options: FleetReaderOptions) {
    return new FleetReader(options);
  }

  private constructor(options: FleetReaderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
    this.#visible = VisibleEntities.create({ ...options, now: this.#now });
  }

  async page(
    query: FleetQuery,
    credentials: BackstageCredentials,
  ): Promise<FleetPage> {
    const rows = await this.#recentRows();
    const visible = await this.#visible.of(
      [...new Set(rows.map(row => row.entityRef))],
      credentials,
    );
    return fleetPage(
      rows.filter(row => visible.has(row.entityRef)),
      query,
      new Date(this.#now()).toISOString(),
    );
  }

  #recentRows(): Promise<FleetRow[]> {
    const now = this.#now();
    if (!this.#rows || now - this.#rows.at >= KEPT_MS) {
      const rows = this.#read();
      this.#rows = { at: now, rows };
      rows.catch(() => {
        this.#rows = undefined;
      });
    }
    return this.#rows.rows;
  }

  async #read(): Promise<FleetRow[]> {
    const { claims, store, waivers, rejudge, thresholds } = this.#options;
    const now = this.#now();
    const [claimed, stored, accepted] = await Promise.all([
      claims.recent(),
      store.getSummaries(),
      waivers.getWaivers(new Date(now).toISOString()),
    ]);
    const summaries = new Map(
      stored.map(summary => [targetKey(summary.target), summary]),
    );
    const waiversOf = new Map<string, Waiver[]>();
    for (const { target, waiver } of accepted) {
      const key = targetKey(target);
      waiversOf.set(key, [...(waiversOf.get(key) ?? []), waiver]);
    }
    const rows: FleetRow[] = [];
    for (const { target, entities } of claimed) {
      const key = targetKey(target);
      const known = summaries.get(key);
      const summary = known && (await rejudge.summary(known));
      for (const entity of entities) {
        rows.push(
          fleetRow({
            ...this.#options,
            target,
            entity,
            summary,
            waivers: waiversOf.get(key) ?? [],
            freshness: summary && freshnessOf(summary, now, thresholds),
          }),
        );
      }
    }
    return rows;
  }
}
