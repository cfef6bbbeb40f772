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

import type {
  KubernetesObject,
  ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { failureOf, type HttpFailure } from './gaps';
import type { StreamEnd } from './httpLines';
import { parseWatchEvent } from './parseAnswers';
import { collectionPath } from './paths';
import { projectObject } from './projectObject';
import type { WatchEnd, WatchOptions } from './types';

/** GETs a path of the API server and reads its answer line by line. */
export type StreamPath = (
  path: string,
  options: {
    timeoutSeconds: number;
    signal: AbortSignal;
    expectsBookmarks: () => boolean;
    onOpen: () => void;
    onLine: (line: string) => boolean;
  },
) => Promise<StreamEnd>;

const NO_WATCH: HttpFailure = {
  reason: 'invalid',
  message: 'the answer is no watch',
};

/** Turns the lines of a watch into changes of a collection. */
export async function watchCollection(
  stream: StreamPath,
  kind: ObservedKind,
  options: WatchOptions,
): Promise<WatchEnd> {
  const { version, namespace, resourceVersion, timeoutSeconds } = options;
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(timeoutSeconds),
  });
  let failure: HttpFailure | undefined;
  let bookmarked = false;
  const end = await stream(
    `${collectionPath(kind, version, namespace)}?${query}`,
    {
      timeoutSeconds,
      signal: options.signal,
      expectsBookmarks: () => bookmarked,
      onOpen: options.onOpen,
      onLine(line) {
        const event = parseWatchEvent(line);
        if (!event || event.type === 'error') {
          failure = failureOfEvent(event);
          return false;
        }
        bookmarked ||= event.type === 'bookmark';
        const change =
          event.type === 'bookmark'
            ? undefined
            : changeOf(event, kind, version);
        options.onChange({ ...change, resourceVersion: event.resourceVersion });
        return true;
      },
    },
  );
  if (failure) {
    return endOf(failure);
  }
  switch (end.end) {
    case 'refused':
      return endOf(failureOf(end.result) ?? NO_WATCH);
    case 'broken':
      return { end: 'broken', failure: end.failure };
    default:
      return { end: end.end };
  }
}

function failureOfEvent(
  event: { status: number; message: string } | undefined,
): HttpFailure {
  return event
    ? {
        reason: event.status === 410 ? 'invalid' : 'unreachable',
        status: event.status,
        message: `HTTP ${event.status} in a watch: ${event.message}`,
      }
    : NO_WATCH;
}

/** What a refusal means for the next step: list anew, or no watch at all. */
function endOf(failure: HttpFailure): WatchEnd {
  switch (failure.status) {
    case 410:
      return { end: 'gone' };
    case 403:
    case 405:
      return { end: 'not-watchable', failure };
    default:
      return { end: 'refused', failure };
  }
}

function changeOf(
  event: { type: 'set' | 'delete'; object: unknown },
  kind: ObservedKind,
  version: string,
): { set?: KubernetesObject; removed?: KubernetesObject } {
  const object = projectObject(event.object, kind, version);
  return event.type === 'set' ? { set: object } : { removed: object };
}
