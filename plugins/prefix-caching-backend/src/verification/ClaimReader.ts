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
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ClusterRegistry } from '../clusters';
import { CLAIMING_ENTITIES, collectClaims, type Claim } from './claims';

export interface ClaimReaderOptions {
  auth: AuthService;
  catalog: CatalogService;
  clusters: ClusterRegistry;
  now?: () => number;
}

/** All that a claim is made of. */
const CLAIM_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.title',
  'relations',
  'spec.lifecycle',
  'spec.type',
  'spec.serverUrl',
];

/** How old an answer to {@link ClaimReader.recent} may be. */
const RECENT_MS = 10_000;

/** Reads, as the plugin itself, which entities claim which targets. */
export class ClaimReader {
  readonly #options: ClaimReaderOptions;
  readonly #now: () => number;
  #recent?: { at: number; claims: Promise<Claim[]> };

  static create(options: ClaimReaderOptions) {
    return new ClaimReader(options);
  }

  private constructor(options: ClaimReaderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  /** As the catalog says now. */
  async read(): Promise<Claim[]> {
    const claims = this.#read();
    this.#recent = { at: this.#now(), claims };
    try {
      return await claims;
    } catch (error) {
      this.#recent = undefined;
      throw error;
    }
  }

  /**
   * As the catalog said some seconds ago, for what is only a hint: many open
   * tabs must not make the catalog list its entities as often.
   */
  async recent(): Promise<Claim[]> {
    const recent = this.#recent;
    return recent && this.#now() - recent.at < RECENT_MS
      ? recent.claims
      : this.read();
  }

  /** Where the services are that entities claim on a cluster. */
  async namespacesOn(cluster: string): Promise<string[]> {
    const targets = (await this.recent()).map(({ target }) => target);
    const own = targets.filter(target => target.cluster === cluster);
    return [...new Set(own.map(({ namespace }) => namespace))];
  }

  async #read(): Promise<Claim[]> {
    const { auth, catalog, clusters } = this.#options;
    const known = await clusters.known();
    const entities: Entity[] = [];
    const pages = catalog.streamEntities(
      { filter: CLAIMING_ENTITIES, fields: CLAIM_FIELDS },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      entities.push(...page);
    }
    return collectClaims(entities, known);
  }
}
