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

import { splitShellWords } from '../kubernetes';

/**
 * What a launch script's `eval` does to text it reads a second time, in words;
 * empty when the engine gets what was written.
 *
 * `known` are the variables of the container: naming one of them is meant.
 */
export function evalEffects(text: string, known: readonly string[]): string[] {
  const words = splitShellWords(text);
  const effects: string[] = [];
  for (const word of words) {
    if (word.operator) {
      effects.push(`"${word.text}" holds a character that ends the command`);
    }
    const json =
      /(^|=)[{[]/.test(word.text) && !/[{[]\s*["\]}]/.test(word.text);
    if (json && text.includes('"') && !word.text.includes('"')) {
      effects.push(`the quotes of "${word.text}" are taken away`);
    }
    if (word.expands) {
      const unknown = Array.from(
        word.text.matchAll(/\$\{?(\w+)/g),
        match => match[1],
      ).filter(name => !known.includes(name));
      if (
        unknown.length > 0 ||
        word.text.includes('`') ||
        word.text.includes('$(')
      ) {
        effects.push(`"${word.text}" is replaced by what the shell finds`);
      }
    }
  }
  return effects;
}

/** An argument is one word, unless its blanks are read again. */
export function splitEffects(argument: string): string[] {
  const words = splitShellWords(argument).length;
  return /^--?[\w-]+=/.test(argument) && words > 1
    ? [`"${argument}" is split into ${words} words`]
    : [];
}
