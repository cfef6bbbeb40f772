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

import { useCallback, useMemo } from 'react';
import type {
  FleetQuery,
  FleetPage,
} from 'backstage-plugin-prefix-caching-common';
import { useSearchParams } from 'react-router-dom';

/** Which services are listed. */
export type FleetScope = 'mine' | 'all' | 'unclaimed';

const FILTERS = [
  'verdict',
  'owner',
  'system',
  'cluster',
  'accelerator',
  'model',
] as const;

/** What the list may be narrowed by, one value of each at a time. */
export type FleetFilter = (typeof FILTERS)[number];

/** What the address of the page asks for, so that a link shows the same. */
export interface FleetChoice {
  scope?: FleetScope;
  filters: Partial<Record<FleetFilter, string>>;
  offset: number;
  limit: number;
}

const DEFAULT_LIMIT = 25;

/** The page's choice, read from its address and written there. */
export function useFleetQuery(): {
  choice: FleetChoice;
  change(
    part: Partial<Record<FleetFilter | 'scope', string | undefined>>,
  ): void;
  turn(page: { offset: number; limit: number }): void;
} {
  const [search, setSearch] = useSearchParams();
  const choice = useMemo(() => readChoice(search), [search]);
  const change = useCallback(
    (part: Partial<Record<string, string | undefined>>) =>
      setSearch(
        previous => {
          const next = new URLSearchParams(previous);
          // Another choice has other rows: its first page is shown.
          next.delete('offset');
          for (const [name, value] of Object.entries(part)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const turn = useCallback(
    ({ offset, limit }: { offset: number; limit: number }) =>
      setSearch(
        previous => {
          const next = new URLSearchParams(previous);
          next.set('offset', String(offset));
          next.set('limit', String(limit));
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { choice, change, turn };
}

/**
 * What is listed where the address names no scope: one's own services first,
 * and all of them for those who own none. As long as nothing is known of the
 * fleet, what is one's own is asked for.
 */
export function scopeOf(
  choice: FleetChoice,
  owners: string[],
  listed: string[] | undefined,
): FleetScope {
  if (choice.scope) return choice.scope;
  // Whoever asks for one team's services does not mean only their own.
  if (choice.filters.owner) return 'all';
  return listed === undefined || listed.some(owner => owners.includes(owner))
    ? 'mine'
    : 'all';
}

/** What the back end is asked; `owners` are the refs that count as the user's own. */
export function toQuery(
  choice: FleetChoice,
  scope: FleetScope,
  owners: string[],
): FleetQuery {
  const { verdict, owner, ...filters } = choice.filters;
  const mine = scope === 'mine' ? owners : undefined;
  return {
    ...Object.fromEntries(
      Object.entries(filters).map(([name, value]) => [name, [value]]),
    ),
    ...(verdict && { verdict: [verdict as keyof FleetPage['totals']] }),
    ...((owner || mine) && { owner: owner ? [owner] : mine }),
    offset: choice.offset,
    limit: choice.limit,
  };
}

function readChoice(search: URLSearchParams): FleetChoice {
  const scope = search.get('scope');
  return {
    ...((scope === 'mine' || scope === 'all' || scope === 'unclaimed') && {
      scope,
    }),
    filters: Object.fromEntries(
      FILTERS.flatMap(name => {
        const value = search.get(name);
        return value ? [[name, value]] : [];
      }),
    ),
    offset: natural(search.get('offset'), 0),
    limit: natural(search.get('limit'), DEFAULT_LIMIT),
  };
}

function natural(text: string | null, fallback: number): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : fallback;
}
