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

import type { RouterLogLine } from 'backstage-plugin-prefix-caching-common';
import {
  at,
  isRecord,
  listAt,
  numberAt,
  textAt,
} from 'backstage-plugin-prefix-caching-common/core';
import { REQUEST_ID_FIELDS } from './shownFields';

export type Decision = NonNullable<RouterLogLine['decision']>;

/** The pod of an address such as `10.0.0.7:8000`, where it is known. */
export type PodOfAddress = (address: string) => string | undefined;

/** What a client may send as its request's id, and what of that is shown. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** Data-parallel ranks of one pod are endpoints of their own. */
const RANK = /-rank-\d+$/;

/**
 * What a line tells of one request: the endpoint it was sent to (`Request
 * handled`, from verbosity 3), and the scores of the endpoints (`Calculated
 * score` by scorer, `Candidate pods for picking` in total, from verbosity 4).
 */
export function readDecision(
  message: string,
  fields: Record<string, unknown>,
  podOfAddress: PodOfAddress,
): Decision | undefined {
  const requestId = REQUEST_ID_FIELDS.map(field => fields[field]).find(
    (id): id is string => typeof id === 'string' && REQUEST_ID.test(id),
  );
  const endpoint =
    message === 'Request handled'
      ? chosenEndpoint(fields.endpoint, podOfAddress)
      : pickedPod(fields.result);
  const scores = { ...scoreOfOne(fields), ...scoresOfAll(fields) };
  const decision: Decision = {
    ...(requestId && { requestId }),
    ...(endpoint && { endpoint }),
    ...(Object.keys(scores).length > 0 && { scores }),
  };
  return Object.keys(decision).length > 0 ? decision : undefined;
}

/** `10.0.0.7:8000`, or several for a request that may be tried again. */
function chosenEndpoint(value: unknown, podOfAddress: PodOfAddress) {
  if (typeof value !== 'string') return undefined;
  const [first] = value.split(',');
  return podOfAddress(first) ?? first;
}

function pickedPod(result: unknown): string | undefined {
  const [first] = listAt(result, 'TargetEndpoints');
  return first === undefined ? undefined : podOf(first);
}

function scoreOfOne(fields: Record<string, unknown>): Record<string, number> {
  const pod = podOf(fields.endpoint);
  const score = numberAt(fields, 'score');
  return pod && score !== undefined ? { [pod]: score } : {};
}

function scoresOfAll(fields: Record<string, unknown>): Record<string, number> {
  const scored = [
    // Until gateway-api-inference-extension 1.2, and since.
    ...listAt(fields, 'pods-weighted-score'),
    ...listAt(fields, 'endpoints-weighted-score'),
  ];
  return Object.fromEntries(
    scored.flatMap(each => {
      const score = numberAt(each, 'Score');
      const pod = podOf(each);
      return pod && score !== undefined ? [[pod, score]] : [];
    }),
  );
}

/** A pod's name, out of `namespace/name` or of the objects the picker writes it as. */
function podOf(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value.split('/').pop()?.replace(RANK, '') || undefined;
  }
  if (!isRecord(value)) return undefined;
  const name =
    textAt(value, 'PodName') ??
    textAt(value, 'name') ??
    textAt(value, 'NamespacedName', 'Name') ??
    textAt(value, 'NamespacedName', 'name');
  if (name) return name.replace(RANK, '');
  for (const inner of ['Endpoint', 'Pod', 'EndpointMetadata']) {
    const found = podOf(at(value, inner));
    if (found) return found;
  }
  return undefined;
}
