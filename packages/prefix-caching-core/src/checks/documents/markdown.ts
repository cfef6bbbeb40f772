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

/** A Markdown table with aligned columns. */
export function table(head: string[], rows: string[][]): string {
  const escaped = [head, ...rows].map(row =>
    row.map(cell => cell.replace(/\|/g, '\\|')),
  );
  const widths = head.map((_, column) =>
    Math.max(3, ...escaped.map(row => row[column].length)),
  );
  const line = (cells: string[]) =>
    `| ${cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')} |`;
  const [first, ...others] = escaped;
  return [
    line(first),
    line(widths.map(width => '-'.repeat(width))),
    ...others.map(line),
  ].join('\n');
}

/** `router.pool` as a link to its page, from a page in the given folder. */
export function checkLink(id: string, folder: 'docs' | 'docs/checks'): string {
  return `[\`${id}\`](${folder === 'docs' ? 'checks/' : ''}${id}.md)`;
}

/** Several such links; a dash where there is none. */
export function checkLinks(
  ids: readonly string[],
  folder: 'docs' | 'docs/checks',
): string {
  return ids.map(id => checkLink(id, folder)).join(', ') || '–';
}

/** A whole sentence: capital letter, full stop. */
export function sentence(words: string): string {
  const upper = words.charAt(0).toUpperCase() + words.slice(1);
  return upper.endsWith('.') ? upper : `${upper}.`;
}
