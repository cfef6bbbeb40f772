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

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const E = 101;
const SPECIAL = /^([+-]?)(nan|inf(?:inity)?)$/i;

/**
 * A number as metrics write them: decimal, `+Inf`, `-Inf` or `NaN`.
 * `undefined` for anything else, `"None"` and the empty string included.
 */
export function parseNumber(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  const special = SPECIAL.exec(text);
  if (!special) return undefined;
  if (special[2].toLowerCase() === 'nan') return NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}

/** Powers of ten that a double holds exactly. */
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/**
 * A number without sign, of at most 15 digits, between two places of a text;
 * `undefined` for any other, however valid. Both parts of the one
 * multiplication or division are exact, so that its result is the one that
 * `Number` gives.
 */
export function parsePlainNumber(
  text: string,
  from: number,
  to: number,
): number | undefined {
  let digits = 0;
  let count = 0;
  let point = -1;
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + (code - ZERO);
      count++;
    } else if (code === POINT && point < 0) point = at;
    else break;
  }
  if (count === 0 || count > 15) return undefined;
  let exponent = point < 0 ? 0 : point + 1 - at;
  if (at < to) {
    // What Go and Python write: `e`, a sign, two digits.
    const sign = text.charCodeAt(at + 1);
    const tens = text.charCodeAt(at + 2) - ZERO;
    const ones = text.charCodeAt(at + 3) - ZERO;
    if (
      text.charCodeAt(at) !== E ||
      (sign !== PLUS && sign !== MINUS) ||
      !(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9) ||
      at + 4 !== to
    ) {
      return undefined;
    }
    exponent += (sign === PLUS ? 1 : -1) * (tens * 10 + ones);
  }
  if (exponent < -22 || exponent > 22) return undefined;
  return exponent < 0
    ? digits / POWERS_OF_TEN[-exponent]
    : digits * POWERS_OF_TEN[exponent];
}
