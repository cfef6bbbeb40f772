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

import { isRecord } from 'backstage-plugin-prefix-caching-common/core';
import { cutManagedFields } from './cutManagedFields';

/** One page of a list, as it came. */
export interface ListPage {
  items: unknown[];
  continueToken: string;
  /** Where a watch may go on; absent where the answer names none. */
  resourceVersion?: string;
}

/** The object in a JSON text; undefined for anything else. */
export function parseObject(body: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A page of a Kubernetes list; undefined for anything else. */
export function parseList(body: string): ListPage | undefined {
  const parsed = parseObject(cutManagedFields(body));
  if (!isRecord(parsed)) {
    return undefined;
  }
  // A Go server writes an empty list as null.
  const items = parsed.items === null ? [] : parsed.items;
  const metadata = isRecord(parsed.metadata) ? parsed.metadata : {};
  return Array.isArray(items)
    ? {
        items,
        continueToken: text(metadata.continue) ?? '',
        resourceVersion: text(metadata.resourceVersion),
      }
    : undefined;
}

/** What a watch says in one line. */
export type WatchEvent =
  | { type: 'set' | 'delete'; object: unknown; resourceVersion?: string }
  | { type: 'bookmark'; resourceVersion: string }
  | { type: 'error'; status: number; message: string };

/** One line of a watch; undefined for what is none. */
export function parseWatchEvent(line: string): WatchEvent | undefined {
  const parsed = parseObject(line);
  if (!isRecord(parsed) || !isRecord(parsed.object)) {
    return undefined;
  }
  const { type, object } = parsed;
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const resourceVersion = text(metadata.resourceVersion);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'set', object, resourceVersion };
    case 'DELETED':
      return { type: 'delete', object, resourceVersion };
    case 'BOOKMARK':
      return resourceVersion
        ? { type: 'bookmark', resourceVersion }
        : undefined;
    case 'ERROR':
      return {
        type: 'error',
        status: typeof object.code === 'number' ? object.code : 500,
        message: text(object.message) ?? 'the watch ended with an error',
      };
    default:
      return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
