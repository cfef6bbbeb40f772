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

/** What looks like a credential, wherever it stands. */
const SECRETS: readonly RegExp[] = [
  // JSON Web Tokens, such as those of service accounts.
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?:hf|sk|ghp|glpat)[-_][\w-]{8,}/g,
  /\b(?:bearer|basic)\s+[\w.~+/=-]{6,}/gi,
  /\b[\w-]*(?:token|password|passwd|secret|authorization|api[-_]?key)["']?\s*[=:]\s*["']?[^\s"',}]+/gi,
];

/** Longer quotations are taken for somebody's words; names are shorter. */
const LONGEST_QUOTE = 64;

/** Of one text, in characters; a log line that is longer tells nobody more. */
const LONGEST_TEXT = 600;

/**
 * A text without credentials and without what may quote a request: long
 * quotations and JSON objects.
 */
export function redact(text: string): string {
  let clean = text;
  for (const secret of SECRETS) {
    clean = clean.replace(secret, '[redacted]');
  }
  clean = clean
    .replace(/"(?:[^"\\]|\\.)*"?/g, quote =>
      quote.length > LONGEST_QUOTE ? omitted(quote) : quote,
    )
    .replace(/\{[^]*\}?/, braces =>
      braces.length > LONGEST_QUOTE ? omitted(braces) : braces,
    );
  return clean.length > LONGEST_TEXT
    ? `${clean.slice(0, LONGEST_TEXT)} ${omitted(clean.slice(LONGEST_TEXT))}`
    : clean;
}

function omitted(text: string): string {
  return `[${text.length} characters not shown]`;
}
