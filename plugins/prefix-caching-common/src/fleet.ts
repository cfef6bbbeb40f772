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

import type { Component, Freshness, Phase, Verdict } from 'prefix-caching-core';

/** What the fleet page asks for; every filter left out lets everything through. @public */
export interface FleetQuery {
  /** Entity refs of owners; a row is let through when it has one of them. */
  owner?: string[];
  /** Entity refs of systems. */
  system?: string[];
  cluster?: string[];
  /** Accelerator ids, such as `nvidia-t4`. */
  accelerator?: string[];
  model?: string[];
  /** Overall verdicts; `unknown` is a target that was never verified. */
  verdict?: (Verdict | 'unknown')[];
  /** Rows to leave out from the start. Default 0. */
  offset?: number;
  /** Rows of one page, 1 to 100. Default 25. */
  limit?: number;
}

/** One target of one entity, as the fleet page shows it. @public */
export interface FleetRow {
  entityRef: string;
  title?: string;
  /** Entity ref. */
  owner?: string;
  /** Entity ref. */
  system?: string;
  lifecycle?: string;
  targetId: string;
  cluster: string;
  namespace: string;
  name: string;
  accelerator?: { id?: string; name: string; class?: string };
  model?: string;
  /** Absent until the first run has finished. */
  verdict?: Verdict;
  summary?: string;
  /** The worst required finding: which layer, and who can mend it (an entity ref). */
  fault?: { check: string; component: Component; responsible?: string };
  phase?: Phase;
  freshness?: Freshness;
  /** When the overall verdict last changed, ISO 8601. */
  since?: string;
  /** 0 to 1; of the last increase. */
  predictedHitRatio?: number;
  /** 0 to 1; of the last increase. */
  deliveredHitRatio?: number;
  /** Requests a minute through the Endpoint Picker; of the last increase. */
  requestsPerMinute?: number;
  /** ISO 8601. */
  observedAt?: string;
}

/** How many visible targets of one model run on one accelerator, and their worst verdict. @public */
export interface FleetCell {
  model: string;
  accelerator: string;
  targets: number;
  worst: Verdict | 'unknown';
  /** How many of them have that worst verdict. */
  count: number;
}

/** `GET /fleet`: worst first. Totals and cells count only what the user may see. @public */
export interface FleetPage {
  items: FleetRow[];
  /** Rows that pass the filters and that this user may see. */
  totalItems: number;
  /** Of everything this user may see, before the filters. */
  totals: Record<Verdict | 'unknown', number>;
  cells: FleetCell[];
  /** What the filters may be set to, of everything this user may see. */
  choices: {
    owners: string[];
    systems: string[];
    clusters: string[];
    accelerators: { id: string; name: string }[];
  };
  /** ISO 8601, by the back end's clock. */
  generatedAt: string;
}

/** A service that no entity claims, with an entity ready to register. @public */
export interface UnclaimedService {
  cluster: string;
  namespace: string;
  name: string;
  model?: string;
  accelerator?: { id?: string; name: string };
  replicas?: { desired?: number; ready?: number };
  /** ISO 8601. */
  createdAt?: string;
  /** The entity it says it belongs to, where that entity does not claim it. */
  entityRef?: string;
  /** The text of a `catalog-info.yaml` that claims it. */
  catalogInfo: string;
}

/** `GET /unclaimed`. @public */
export interface UnclaimedReport {
  items: UnclaimedService[];
  /** Clusters that could not be listed, with the reason. */
  gaps: { cluster: string; message: string; remedy?: string }[];
}
