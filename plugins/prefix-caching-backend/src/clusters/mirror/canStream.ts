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

import type { ObservedKind } from 'backstage-plugin-prefix-caching-common/core';
import type { ClusterClient } from '../types';

/** How long the API server keeps the trial open. */
const TRIAL_SECONDS = 6;

/** What streams is here long before the trial ends. */
const IN_TIME_MS = 3_000;

/**
 * Whether watches come through to us as they happen, which a proxy on the way
 * may prevent by holding the answer back until it is complete.
 *
 * Watches from resource version 0, which begin with what there is: the kind
 * has to have objects.
 */
export async function canStream(
  client: Pick<ClusterClient, 'watchCollection'>,
  kind: ObservedKind,
  options: {
    version: string;
    namespace?: string;
    now: () => number;
    signal: AbortSignal;
  },
): Promise<boolean> {
  const { version, namespace, now } = options;
  const seen = new AbortController();
  const openedAt = now();
  let inTime = false;
  await client.watchCollection(kind, {
    version,
    namespace,
    resourceVersion: '0',
    timeoutSeconds: TRIAL_SECONDS,
    signal: AbortSignal.any([options.signal, seen.signal]),
    onOpen: () => {},
    onChange: () => {
      inTime = now() - openedAt < IN_TIME_MS;
      seen.abort();
    },
  });
  return inTime;
}
