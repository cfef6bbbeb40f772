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
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { entity } from './entity';
import { historyOf, probesOf, routerLogOf } from './beside';
import { seriesOf, shiftPoints } from './series';
import {
  asOfNow,
  brokenReport,
  emptyReport,
  healthyReport,
  inconclusiveReport,
  sinceObserved,
} from './reports';

/** By the end of an entity's name. */
const REPORTS: [string, EntityReport][] = [
  ['qwen-3b-chat', healthyReport],
  ['qwen-3b-broken', brokenReport],
  ['qwen-3b-idle', inconclusiveReport],
  ['qwen-3b-unlinked', emptyReport],
];

/** Entities whose services work, do not work, are idle, and are none. */
export const fixtureEntities: Entity[] = REPORTS.map(([name]) => ({
  ...entity,
  metadata: { ...entity.metadata, name },
}));

/** What is beside an entity's report, by the end of a request's path. */
const BESIDE: [RegExp, (input: FixtureRequest) => unknown][] = [
  [/\/series$/, ({ url, now, report }) => seriesFor(url, now, report)],
  [/\/history$/, ({ url }) => historyOf(url.searchParams)],
  [/\/router-log$/, ({ url }) => routerLogOf(url.searchParams)],
  [
    /\/probes$/,
    ({ url, init }) =>
      init?.method === 'POST'
        ? probesOf(JSON.parse(String(init.body)).targetId)
        : probesOf(url.searchParams.get('targetId') ?? ''),
  ],
];

interface FixtureRequest {
  url: URL;
  init?: RequestInit;
  /** Milliseconds from the fixtures' time to the present. */
  now: number;
  report: EntityReport;
}

/** The plugin's client with fixtures in the place of a back end. */
export function createFixtureClient(): PrefixCachingClient {
  const answer: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const known = REPORTS.find(([name]) => url.pathname.includes(name));
    const [name, found] = known ?? REPORTS[0];
    const report = { ...found, entityRef: `component:default/${name}` };
    const beside = BESIDE.find(([path]) => path.test(url.pathname));
    return Response.json(
      asOfNow(
        beside
          ? beside[1]({ url, init, now: sinceObserved(), report })
          : report,
      ),
    );
  };
  return new PrefixCachingClient({
    discoveryApi: { getBaseUrl: async () => 'http://fixtures' },
    fetchApi: { fetch: answer },
  });
}

function seriesFor(url: URL, now: number, report: EntityReport) {
  const targetId = url.searchParams.get('targetId') ?? '';
  const target = report.targets.find(each => each.targetId === targetId);
  const gpu = targetId.endsWith('gpu');
  const verdict = target?.verification?.verdict;
  return shiftPoints(
    seriesOf(targetId, {
      predicted: gpu ? 0.783 : 0.741,
      delivered: gpu ? 0.71 : 0.684,
      firstToken: gpu ? 0.19 : 0.11,
      ...(verdict === 'fail' && { bypassedFor: 27 }),
      ...(verdict === 'inconclusive' && { idleFor: 60 }),
    }),
    now,
  );
}
