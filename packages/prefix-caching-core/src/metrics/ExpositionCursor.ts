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

import { ExpositionError } from './ExpositionError';
import { parseNumber } from './numbers';

const TAB = 9;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;
const UNDERSCORE = 95;

/**
 * Walks through an exposition line by line, once, and never looks beyond the
 * end of its line: an unclosed quote costs one line, not the rest of the text.
 */
export class ExpositionCursor {
  readonly #text: string;
  #at = 0;
  #end = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes to the next line's first character that is no blank. */
  nextLine(): boolean {
    if (this.#end >= this.#text.length) return false;
    this.#at = this.#end + 1;
    const end = this.#text.indexOf('\n', this.#at);
    this.#end = end === -1 ? this.#text.length : end;
    this.skipBlanks();
    return true;
  }

  /** Goes on with the line that begins at a place further down. */
  skipTo(place: number): void {
    this.#at = place;
    this.#end = place - 1;
  }

  /** Where the cursor is. */
  get at(): number {
    return this.#at;
  }

  /** Where the line ends. */
  get end(): number {
    return this.#end;
  }

  /** The character here, or -1 at the end of the line. */
  get here(): number {
    return this.#at < this.#end ? this.#text.charCodeAt(this.#at) : -1;
  }

  /** The line's number, from 1. Counted when an error asks for it. */
  get line(): number {
    return this.#text.slice(0, this.#at).split('\n').length;
  }

  skipBlanks(): void {
    const text = this.#text;
    let at = this.#at;
    while (at < this.#end && isBlank(text.charCodeAt(at))) at++;
    this.#at = at;
  }

  /** Steps over the character and the blanks after it, if it is the one here. */
  take(code: number): boolean {
    if (this.here !== code) return false;
    this.#at++;
    this.skipBlanks();
    return true;
  }

  /** A name, bare or quoted, and the blanks after it. */
  takeName(what: string): string {
    if (this.here === QUOTE) return this.takeQuoted(what);
    const text = this.#text;
    const start = this.#at;
    let at = start;
    while (at < this.#end && isNameCharacter(text.charCodeAt(at), at === start))
      at++;
    if (at === start) throw this.expected(what);
    return this.#takeTo(at);
  }

  /** A string in double quotes, unescaped, and the blanks after it. */
  takeQuoted(what: string): string {
    if (this.here !== QUOTE) throw this.expected(`${what} in double quotes`);
    const text = this.#text;
    let at = ++this.#at;
    while (at < this.#end && text.charCodeAt(at) !== QUOTE) {
      at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    }
    if (at >= this.#end) {
      this.#at = this.#end;
      throw this.expected(`a closing quote after ${what}`);
    }
    const value = unescape(text.slice(this.#at, at));
    this.#at = at + 1;
    this.skipBlanks();
    return value;
  }

  /** What stands here up to the next blank, and the blanks after it. */
  takeWord(): string {
    const text = this.#text;
    let at = this.#at;
    while (at < this.#end && !isBlank(text.charCodeAt(at))) at++;
    return this.#takeTo(at);
  }

  takeNumber(what: string): number {
    const start = this.#at;
    const number = parseNumber(this.takeWord());
    if (number !== undefined) return number;
    this.#at = start;
    throw this.expected(what);
  }

  /** What is left of the line, unescaped. */
  takeRest(): string {
    const rest = this.#text.slice(this.#at, this.#end);
    this.#at = this.#end;
    return unescape(rest.endsWith('\r') ? rest.slice(0, -1) : rest);
  }

  #takeTo(end: number): string {
    const taken = this.#text.slice(this.#at, end);
    this.#at = end;
    this.skipBlanks();
    return taken;
  }

  /** The error that says what was expected here and what was found instead. */
  expected(what: string): ExpositionError {
    const rest = this.#text.slice(this.#at, this.#end);
    if (this.#at < this.#end) {
      return new ExpositionError(
        `expected ${what}, found ${JSON.stringify(shorten(rest))}.`,
        this.line,
      );
    }
    const cutOff = this.#end === this.#text.length;
    return new ExpositionError(
      cutOff
        ? `expected ${what}, but the text ends here: it was cut off.`
        : `expected ${what}, but the line ends here.`,
      this.line,
    );
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === CARRIAGE_RETURN;
}

/** A text as a message quotes it: what stands in an exposition may be of any length. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** `[a-zA-Z_:][a-zA-Z0-9_:]*`, the names that need no quotes. */
export function isNameCharacter(code: number, first: boolean): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 97 && letter <= 122) ||
    code === UNDERSCORE ||
    code === COLON ||
    (!first && code >= 48 && code <= 57)
  );
}

/** Undoes the escapes `\\`, `\"` and `\n`; any other backslash stays. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .split('\\\\')
    .map(part => part.replaceAll('\\n', '\n').replaceAll('\\"', '"'))
    .join('\\');
}
