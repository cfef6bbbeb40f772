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

import { NotAllowedError } from '@backstage/errors';
import type {
  Figure,
  Series,
  SeriesReport,
} from 'backstage-plugin-prefix-caching-common';
import {
  ENTITY_REF_ANNOTATION,
  type Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type { BackReferenceRule } from '../config';
import { OVERALL, type VerificationStore } from '../database';
import { namesEntity } from '../verification/backReference';
import { targetIdOf } from '../verification/targetId';
import { FIGURES } from './figures';
import { joinAmounts } from './joinAmounts';
import { linesOf } from './linesOf';
import { gridOf, rangeOf, type SeriesGrid } from './seriesGrid';
import type { SeriesStore, SeriesWindow } from './types';
import { verdictEvents } from './verdictEvents';

/** A query as it comes in: nothing in it is believed. */
export interface ReadSeries {
  from?: string;
  to?: string;
  /** Seconds. */
  step?: number;
  figures?: readonly Figure[];
  byReplica?: boolean;
}

/** Lines over a grid, and why some are missing. */
export interface Lines {
  series: Series[];
  gaps: SeriesReport['gaps'];
  grid: SeriesGrid;
}

/** Figures of a cluster that are kept elsewhere, such as in Prometheus. */
export interface SeriesSource {
  /** Whether it keeps the figures of that cluster. */
  serves(cluster: string): boolean;
  read(
    target: Target,
    query: {
      range: { from: number; to: number };
      step?: number;
      figures: readonly Figure[];
      byReplica: boolean;
      signal?: AbortSignal;
    },
  ): Promise<Lines>;
}

export interface SeriesReaderOptions {
  store: SeriesStore;
  history: Pick<VerificationStore, 'getCheckHistory' | 'getRecord'>;
  requireBackReference: BackReferenceRule;
  intervalSeconds: number;
  /** How long single runs are kept, in milliseconds. */
  runRetentionMs: number;
  external?: SeriesSource;
  now?: () => number;
}

const HOUR_MS = 3_600_000;
const MAX_EVENTS = 200;

/** The figures of the target as a whole. */
const DEFAULT_FIGURES = (Object.keys(FIGURES) as Figure[]).filter(
  figure => FIGURES[figure].lines !== 'replica',
);

/** Makes charts out of what was kept. */
export class SeriesReader {
  readonly #options: SeriesReaderOptions;
  readonly #now: () => number;

  static create(options: SeriesReaderOptions) {
    return new SeriesReader(options);
  }

  private constructor(options: SeriesReaderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  /**
   * The figures of a target in a range of time.
   *
   * @throws InputError for a range that is none.
   * @throws NotAllowedError where nothing of a service may be shown that does
   *   not name the entity back.
   */
  async read(
    { target, entityRef }: { target: Target; entityRef: string },
    query: ReadSeries,
  ): Promise<SeriesReport> {
    const { external, history, requireBackReference } = this.#options;
    if (requireBackReference === 'all') {
      const record = await history.getRecord(target);
      if (!namesEntity(record?.entityRef, entityRef)) {
        throw new NotAllowedError(
          `The figures of ${target.namespace}/${target.name} are shown only to the entity that the service names in its annotation ${ENTITY_REF_ANNOTATION}, and that is not ${entityRef}`,
        );
      }
    }
    const range = rangeOf(query, this.#now());
    const figures = query.figures?.length ? query.figures : DEFAULT_FIGURES;
    const byReplica = query.byReplica ?? false;
    const kept = () =>
      this.#readKept(target, range, query.step, figures, byReplica);
    const { source, series, gaps, grid } =
      external && external.serves(target.cluster)
        ? await readExternal(
            external.read(target, {
              range,
              step: query.step,
              figures,
              byReplica,
            }),
            kept,
          )
        : { ...(await kept()), source: 'samples' as const };
    return {
      targetId: targetIdOf(target),
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      stepSeconds: grid.stepMs / 1000,
      source,
      series,
      events: await this.#events(target, range),
      gaps,
    };
  }

  async #readKept(
    target: Target,
    range: { from: number; to: number },
    step: number | undefined,
    figures: readonly Figure[],
    byReplica: boolean,
  ): Promise<Lines> {
    const { intervalSeconds, runRetentionMs } = this.#options;
    const isLong = range.from < this.#now() - runRetentionMs;
    const grid = gridOf(
      range,
      step,
      isLong ? HOUR_MS : Math.max(1, intervalSeconds) * 1000,
    );
    const windows = await this.#windows(target, grid, {
      isLong,
      byReplica:
        byReplica || figures.some(each => FIGURES[each].lines === 'replica'),
      latencies: figures.some(each => FIGURES[each].latencies),
    });
    return { ...linesOf({ windows, grid, figures, byReplica }), grid };
  }

  /** Hours as far as there are any, and after them single runs. */
  async #windows(
    target: Target,
    { times, stepMs }: SeriesGrid,
    what: { isLong: boolean; byReplica: boolean; latencies: boolean },
  ): Promise<SeriesWindow[]> {
    const { store } = this.#options;
    const { isLong, byReplica, latencies } = what;
    const query = {
      targetId: targetIdOf(target),
      stepMs,
      byReplica,
      latencies,
    };
    const from = times[0] - stepMs;
    const to = times[times.length - 1];
    const newestHour = isLong
      ? (await store.newestHour(query.targetId)) ?? from
      : from;
    const middle = Math.min(to, Math.max(from, newestHour));
    const hours = isLong
      ? await store.readWindows({ ...query, grain: 'hour', from, to: middle })
      : [];
    const runs = await store.readWindows({
      ...query,
      grain: 'run',
      from: middle,
      to,
    });
    return joinSteps([...hours, ...runs]);
  }

  async #events(
    target: Target,
    range: { from: number; to: number },
  ): Promise<SeriesReport['events']> {
    const { store, history } = this.#options;
    const [events, changes] = await Promise.all([
      store.getEvents(targetIdOf(target), { ...range, limit: MAX_EVENTS }),
      history.getCheckHistory(target, OVERALL, MAX_EVENTS),
    ]);
    return [
      ...events.map(event => ({
        ...event,
        at: new Date(event.at).toISOString(),
      })),
      ...verdictEvents(changes, range),
    ].sort((a, b) => a.at.localeCompare(b.at));
  }
}

/** Where the better source has nothing at all, what was sampled meanwhile. */
async function readExternal(
  reading: Promise<Lines>,
  kept: () => Promise<Lines>,
): Promise<Lines & { source: SeriesReport['source'] }> {
  const found = await reading;
  if (found.series.length > 0) {
    return { ...found, source: 'prometheus' };
  }
  const sampled = await kept();
  return sampled.series.length > 0
    ? {
        ...sampled,
        gaps: [...found.gaps, ...sampled.gaps],
        source: 'samples',
      }
    : { ...found, source: 'prometheus' };
}

/** The step in which hours end and single runs begin has windows of both. */
function joinSteps(windows: readonly SeriesWindow[]): SeriesWindow[] {
  const joined = new Map<string, SeriesWindow>();
  for (const window of windows) {
    const key = `${window.endedAt}/${window.pod}`;
    const other = joined.get(key);
    joined.set(
      key,
      other
        ? {
            ...other,
            startedAt: Math.min(other.startedAt, window.startedAt),
            amounts: joinAmounts([other.amounts, window.amounts]),
          }
        : window,
    );
  }
  return [...joined.values()];
}
