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

/** One word of a shell command after the shell has taken quotes away. @public */
export interface ShellWord {
  text: string;
  /** Whether some of it stood in quotes or behind a backslash. */
  quoted: boolean;
  /** Whether the shell would replace a `$…` or a backquote in it. */
  expands: boolean;
  /** Whether it holds a character that ends or redirects a command. */
  operator: boolean;
}

const OPERATORS = new Set([';', '|', '&', '<', '>', '(', ')']);
const BLANK = new Set([' ', '\t', '\n', '\r']);
/** What a backslash keeps its meaning before, inside double quotes. */
const ESCAPABLE = new Set(['"', '\\', '$', '`']);

function emptyWord(): ShellWord {
  return { text: '', quoted: false, expands: false, operator: false };
}

/**
 * Splits text into words as a POSIX shell does, once: quotes removed, comments
 * dropped, line continuations joined. Variables are marked and left in place,
 * and a quote that is never closed ends with the text.
 *
 * @public
 */
export function splitShellWords(text: string): ShellWord[] {
  const words: ShellWord[] = [];
  let word: ShellWord | undefined;
  let quote = '';
  const current = () => {
    word ??= emptyWord();
    return word;
  };
  const finish = () => {
    if (word) words.push(word);
    word = undefined;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const next = text[i + 1];
    if (quote === "'") {
      if (char === "'") quote = '';
      else current().text += char;
    } else if (char === '\\' && next === '\n') {
      i += 1;
    } else if (char === '\\' && (!quote || ESCAPABLE.has(next))) {
      current().text += next ?? '';
      current().quoted = true;
      i += 1;
    } else if (quote && char === quote) {
      quote = '';
    } else if (char === "'" && !quote) {
      quote = char;
      current().quoted = true;
    } else if (char === '"') {
      quote = char;
      current().quoted = true;
    } else if (!quote && BLANK.has(char)) {
      finish();
    } else if (!quote && char === '#' && !word) {
      while (i + 1 < text.length && text[i + 1] !== '\n') i += 1;
    } else {
      current().text += char;
      if (char === '$' || char === '`') current().expands = true;
      if (!quote && OPERATORS.has(char)) current().operator = true;
    }
  }
  finish();
  return words;
}
