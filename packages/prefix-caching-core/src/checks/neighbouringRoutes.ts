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

import type { Neighbour, Observation } from '../observation';
import { ISTIO_MERGED_ROUTES_FIXED, isOlderThan } from '../platforms/versions';
import { countersOf, pickerSawNothing } from './counters';
import type { KnownIstio } from './istioRelease';
import { judge } from './judgement';
import {
  neighbourName,
  routeShape,
  sharedRuleNames,
  shareHost,
  sharesByName,
} from './sharedPicker';
import type { RouteShape } from './sharedPicker';
import type { Judgement } from './types';

const REMEDY = {
  hosts:
    'Give each service a hostname of its own (router.route.http.spec.hostnames), or run Istio 1.28.5 or newer.',
  names:
    'Give the rules of each service names of their own (router.route.http.spec.rules, the full list).',
};

/** One picker that stands still while its engines serve, and a neighbour's that sees more than its own. */
export function counted(observation: Observation): Judgement | undefined {
  const own = countersOf(observation.endpoints);
  if (!pickerSawNothing(own)) return undefined;
  const taker = observation.neighbours.find(({ endpoints }) => {
    const theirs = countersOf(endpoints ?? []);
    const served = theirs.engine.requests;
    return (
      served !== undefined && (theirs.routerRequests ?? 0) > served * 1.2 + 2
    );
  });
  return taker
    ? judge(
        'fail',
        "Another service's Endpoint Picker chooses for this service too.",
        `own picker saw nothing, that of ${neighbourName(
          taker,
        )} saw more than its engines served`,
        {
          evidence: [
            {
              subject: 'requests between two samples',
              value: `own picker 0, engines ${own.engine.requests ?? 'some'}`,
            },
          ],
          remedy: REMEDY.names,
        },
      )
    : undefined;
}

/** Asked for each neighbour, and the same for all of them. */
const merging = new WeakMap<KnownIstio, boolean>();

function mergesRoutes(istio: KnownIstio): boolean {
  const known = merging.get(istio);
  if (known !== undefined) return known;
  const merges =
    istio.version !== undefined &&
    isOlderThan(istio.version, ISTIO_MERGED_ROUTES_FIXED);
  merging.set(istio, merges);
  return merges;
}

/** What route shapes and the Istio release say of two services on one gateway. */
export function againstNeighbour(
  own: RouteShape,
  neighbour: Neighbour,
  istio: KnownIstio,
): Judgement | undefined {
  const theirs = routeShape(neighbour.objects);
  if (!theirs?.pooled) return undefined;
  const name = neighbourName(neighbour);
  const evidence = [istio.evidence];
  const host = own.hostnames[0] ?? 'every host';
  if (shareHost(own, theirs)) {
    if (mergesRoutes(istio)) {
      return judge(
        'fail',
        `Istio ${istio.version} merges the routes of two services and keeps one Endpoint Picker.`,
        `this route and that of ${name} take ${host}, Istio ${istio.version}`,
        { evidence, remedy: REMEDY.hosts },
      );
    }
  }
  const names = sharedRuleNames(own, theirs);
  if (names.length > 0) {
    const affected =
      istio.version === undefined ? undefined : sharesByName(istio.version);
    const actual = `${
      names.length === 1
        ? names[0]
        : `${names.length} rule names, such as ${names[0]}`
    }, shared with ${name}`;
    return affected
      ? judge(
          'fail',
          'Two services have equal rule names on one gateway, so one Endpoint Picker chooses for both.',
          actual,
          { evidence, remedy: REMEDY.names },
        )
      : judge(
          'inconclusive',
          'Equal rule names on one gateway: whether this Istio keeps Endpoint Pickers apart is not known.',
          `${actual}, Istio ${istio.version ?? 'of an unknown release'}`,
          { evidence, remedy: REMEDY.names },
        );
  }
  return shareHost(own, theirs) && istio.version === undefined
    ? judge(
        'inconclusive',
        'Two routes take the same host: whether Istio merges them depends on its release, not known here.',
        `this route and that of ${name} take ${host}`,
        { evidence, remedy: REMEDY.hosts },
      )
    : undefined;
}
