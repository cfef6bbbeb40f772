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

import type { KubeObject } from '../api';
import { listAt, numberAt, objectAt, textAt } from '../json';

/** What the clients of one service send. */
export interface TrafficSpec {
  requestsPerSecond: number;
  /** How many shared beginnings there are. */
  prefixes: number;
  prefixTokens: number;
  tailTokens: number;
  outputTokens: number;
  /** How long a service must have been ready before anybody calls it. */
  afterReadySeconds: number;
}

/** A service's entry in `traffic.yaml`, else the defaults. */
export function trafficFor(settings: unknown, key: string): TrafficSpec {
  const own = objectAt(settings, 'services', key);
  const listed = Object.keys(own).length > 0;
  const defaults = objectAt(settings, 'defaults');
  const read = (name: string, fallback: number) =>
    numberAt(own, name) ?? numberAt(defaults, name) ?? fallback;
  return {
    requestsPerSecond: read('requestsPerSecond', 0),
    prefixes: read('prefixes', 1),
    prefixTokens: read('prefixTokens', 512),
    tailTokens: read('tailTokens', 64),
    outputTokens: read('outputTokens', 32),
    afterReadySeconds: listed
      ? numberAt(own, 'afterReadySeconds') ?? 0
      : read('afterReadySeconds', 0),
  };
}

/** Seconds for which a service has been Ready; undefined while it is not. */
export function readyFor(service: KubeObject, now: number): number | undefined {
  const ready = listAt(service, 'status', 'conditions').find(
    condition =>
      textAt(condition, 'type') === 'Ready' &&
      textAt(condition, 'status') === 'True',
  );
  const since = textAt(ready, 'lastTransitionTime');
  return since ? (now - Date.parse(since)) / 1000 : undefined;
}
