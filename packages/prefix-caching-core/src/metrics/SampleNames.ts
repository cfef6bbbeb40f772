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

import { isNameCharacter } from './ExpositionCursor';
import type { FamilyTable, KnownFamily } from './FamilyTable';
import { isOfFamily } from './metricTypes';
import type { MetricFamily } from './types';

const SPACE = 32;
const OPEN_BRACE = 123;

/** As many as take turns in one family: bucket, sum, count, and one to spare. */
const KEPT = 4;

/** A sample's name, and its family if it is wanted. */
export interface SeenName {
  name: string;
  family: MetricFamily | undefined;
}

/**
 * Recognises the names of samples by comparing them, in place, with those of
 * the lines before and with the name in the last comment: nearly always it is
 * one of these, and then nothing is cut out, hashed and looked up.
 */
export class SampleNames {
  readonly #text: string;
  readonly #families: FamilyTable;
  #seen: SeenName[] = [];
  #comment: KnownFamily | undefined;

  constructor(text: string, families: FamilyTable) {
    this.#text = text;
    this.#families = families;
  }

  /** The bare name here, if it is recognised. */
  find(at: number): SeenName | undefined {
    for (const seen of this.#seen) {
      if (this.#stands(seen.name, at)) return seen;
    }
    const comment = this.#comment;
    const name = comment && this.#nameOfComment(at, comment);
    // A family of that very name, such as `x_sum` beside the histogram `x`, comes first.
    if (!name || (name !== comment.family.name && this.#families.has(name))) {
      return undefined;
    }
    const family = this.#families.wantedOf(comment, name);
    return this.add({ name, family });
  }

  add(seen: SeenName): SeenName {
    if (this.#seen.length === KEPT) this.#seen = [];
    this.#seen.push(seen);
    return seen;
  }

  /** The family of the last comment, if it has a bare name. */
  get comment(): KnownFamily | undefined {
    return this.#comment;
  }

  /** A comment names a family, with a bare name. */
  setComment(family: KnownFamily): void {
    if (this.#seen.length > 0) this.#seen = [];
    this.#comment = family;
  }

  /** A comment that names a family, but not with a bare name. */
  clear(): void {
    this.#seen = [];
    this.#comment = undefined;
  }

  /** Whether a sample of that family stands here. */
  isOf(known: KnownFamily, at: number): boolean {
    return this.#nameOfComment(at, known) !== undefined;
  }

  /** The sample's name here, when its family is that of the comment. */
  #nameOfComment(at: number, { family }: KnownFamily): string | undefined {
    const { name, type } = family;
    const text = this.#text;
    const stem = at + name.length;
    if (text.slice(at, stem) !== name) return undefined;
    if (isEnd(text.charCodeAt(stem))) return name;
    let end = stem;
    while (isNameCharacter(text.charCodeAt(end), false)) end++;
    return isEnd(text.charCodeAt(end)) &&
      isOfFamily(text.slice(stem, end), type)
      ? text.slice(at, end)
      : undefined;
  }

  #stands(name: string, at: number): boolean {
    const end = at + name.length;
    return (
      isEnd(this.#text.charCodeAt(end)) && this.#text.slice(at, end) === name
    );
  }
}

/** Whether the character ends a bare name. */
function isEnd(code: number): boolean {
  return code === OPEN_BRACE || code === SPACE;
}
