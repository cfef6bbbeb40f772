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

const KEY = '"managedFields":[';
const QUOTE = 34;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;

/**
 * Takes what stands in `managedFields` out of a JSON text, before anything is
 * made of it. It is a third and more of what a cluster lists, nobody reads it
 * here, and as objects it would stay in memory until the next full collection.
 *
 * Only the compact form that API servers write is recognised; of anything else
 * nothing is taken. Within a text a quote is always escaped, so that the key
 * after a quote that is not escaped is a key.
 */
export function cutManagedFields(json: string): string {
  const kept: string[] = [];
  let from = 0;
  let key = json.indexOf(KEY);
  while (key !== -1) {
    const start = key + KEY.length;
    const isKey = json.charCodeAt(key - 1) !== BACKSLASH;
    const end = isKey ? endOfList(json, start) : start;
    // An answer that was cut off: the parser says so.
    if (end === -1) break;
    if (isKey) {
      kept.push(json.slice(from, start));
      from = end;
    }
    key = json.indexOf(KEY, end);
  }
  return from === 0 ? json : kept.join('') + json.slice(from);
}

/** Where the bracket stands that closes the list whose content begins here. */
function endOfList(json: string, from: number): number {
  let depth = 1;
  for (let at = from; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(json, at + 1);
        if (at === -1) return -1;
        break;
      case OPEN:
        depth++;
        break;
      case CLOSE:
        if (--depth === 0) return at;
        break;
      default:
    }
  }
  return -1;
}

/** Where the quote stands that closes the text whose content begins here. */
function endOfText(json: string, from: number): number {
  for (let at = from; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return -1;
}
