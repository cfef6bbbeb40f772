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
import type { LabelNames } from './LabelNames';
import { parseNumber, parsePlainNumber } from './numbers';
import type { MetricSample } from './types';

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const EQUALS = 61;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * Reads samples of the shape that nearly every line has:
 * `name{label="value",…} number`, nothing escaped, no other blanks.
 *
 * It knows nothing of the rest of the format and makes no errors: where a line
 * has any other shape it gives up, and the careful reader begins again. What it
 * gains is that label names are compared with those of the line before, and
 * that the engine's own search finds where values end.
 */
export class PlainSampleReader {
  readonly #text: string;
  readonly #maxLabels: number;
  readonly #labelNames: LabelNames;
  #nextBackslash = -1;

  constructor(text: string, maxLabels: number, labelNames: LabelNames) {
    this.#text = text;
    this.#labelNames = labelNames;
    this.#maxLabels = maxLabels;
  }

  /** What follows the name of a sample; `undefined` when it is not plain. */
  read(name: string, from: number, end: number): MetricSample | undefined {
    const text = this.#text;
    if (this.#hasBackslash(from, end)) return undefined;
    const labels = this.#labelNames.createLabels();
    let at = from;
    if (text.charCodeAt(at) === OPEN_BRACE) {
      at++;
      for (let count = 0; text.charCodeAt(at - 1) !== CLOSE_BRACE; count++) {
        if (count === this.#maxLabels) return undefined;
        const label = this.#takeLabelName(count, at);
        if (label === undefined) return undefined;
        const start = at + label.length + 2;
        if (text.charCodeAt(start - 1) !== QUOTE) return undefined;
        const close = text.indexOf('"', start);
        if (close === -1 || close >= end) return undefined;
        labels[label] = text.slice(start, close);
        at = close + 2;
        const after = text.charCodeAt(at - 1);
        if (after !== COMMA && after !== CLOSE_BRACE) return undefined;
      }
    }
    if (text.charCodeAt(at) !== SPACE) return undefined;
    const value =
      parsePlainNumber(text, at + 1, end) ??
      parseNumber(text.slice(at + 1, end));
    return value === undefined ? undefined : { name, labels, value };
  }

  #hasBackslash(from: number, end: number): boolean {
    if (this.#nextBackslash < from) {
      const next = this.#text.indexOf('\\', from);
      this.#nextBackslash = next === -1 ? Infinity : next;
    }
    return this.#nextBackslash < end;
  }

  /** The label name here, if `=` follows it. */
  #takeLabelName(place: number, at: number): string | undefined {
    const text = this.#text;
    const known = this.#labelNames.at(place);
    if (
      known !== undefined &&
      text.charCodeAt(at + known.length) === EQUALS &&
      text.slice(at, at + known.length) === known
    ) {
      return known;
    }
    let end = at;
    while (isNameCharacter(text.charCodeAt(end), end === at)) end++;
    if (end === at || text.charCodeAt(end) !== EQUALS) return undefined;
    const name = text.slice(at, end);
    if (name === '__proto__') return undefined;
    return this.#labelNames.set(place, name) ? name : undefined;
  }
}
