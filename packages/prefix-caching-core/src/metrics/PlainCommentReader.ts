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

import type { FamilyTable, KnownFamily } from './FamilyTable';
import { metricTypeOf } from './metricTypes';
import type { SampleNames } from './SampleNames';

const QUOTE = 34;
const HASH = 35;

const HELP = '# HELP ';
const TYPE = '# TYPE ';
const BARE_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Begins with a blank, ends with a carriage return, or has an escape: to be read with care. */
const UNPLAIN_HELP = /^[ \t]|\\|\r$/;

/**
 * Reads comments of the shape that nearly every one has, `# TYPE name type`
 * with one space between, and passes over the families that were not asked
 * for, from comment to comment, without a look at most of what is between.
 *
 * Like the plain reader of samples it makes no errors: what has any other
 * shape is left to the careful reader.
 */
export class PlainCommentReader {
  readonly #text: string;
  readonly #families: FamilyTable;
  readonly #names: SampleNames;

  constructor(text: string, families: FamilyTable, names: SampleNames) {
    this.#text = text;
    this.#families = families;
    this.#names = names;
  }

  /** The line to go on with, of a comment here; here itself when it is not plain. */
  read(from: number): number {
    const text = this.#text;
    let at = from;
    let known = this.#names.comment;
    while (text.charCodeAt(at) === HASH) {
      const isType = text.startsWith(TYPE, at);
      if (!isType && !text.startsWith(HELP, at)) break;
      const start = at + TYPE.length;
      const end = this.#endOfLine(start);
      const space = text.indexOf(' ', start);
      const isQuoted = text.charCodeAt(start) === QUOTE;
      if (isQuoted || space <= start || space > end) break;
      const name = text.slice(start, space);
      if (known?.family.name !== name) {
        known = this.#find(name);
        if (!known) break;
        this.#names.setComment(known);
      }
      const { family, wanted } = known;
      if (isType) {
        const type = metricTypeOf(text.slice(space + 1, end));
        if (type === 'unknown') break;
        family.type = type;
      } else if (wanted) {
        const help = text.slice(space + 1, end);
        if (UNPLAIN_HELP.test(help)) break;
        family.help = help;
      }
      at = end + 1;
      if (wanted) break;
      if (text.charCodeAt(at) === HASH) continue;
      const next = this.#endOfSamples(at, known);
      if (next === undefined) break;
      at = next;
    }
    if (known && !known.wanted) this.#families.remember(known);
    return at;
  }

  /**
   * The family of that name. What is passed over costs no memory, however much
   * there is; only the last of it is remembered, whose lines may go on.
   */
  #find(name: string): KnownFamily | undefined {
    if (!this.#families.isWanted(name)) {
      return { family: { name, type: 'unknown', samples: [] }, wanted: false };
    }
    return this.#families.has(name) || BARE_NAME.test(name)
      ? this.#families.declare(name)
      : undefined;
  }

  /**
   * Where the next comment begins, when the lines from here to there are of
   * the family. Both formats demand that the lines of a family stand together,
   * so that the first and the last tell.
   */
  #endOfSamples(from: number, known: KnownFamily): number | undefined {
    const text = this.#text;
    const next = text.indexOf('\n#', from);
    const end = next === -1 ? text.length : next;
    if (!this.#names.isOf(known, from)) return undefined;
    if (this.#endOfLine(from) === end) return end + 1;
    const last = text.lastIndexOf('\n', end - 1) + 1;
    return this.#names.isOf(known, last) ? end + 1 : undefined;
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end === -1 ? this.#text.length : end;
  }
}
