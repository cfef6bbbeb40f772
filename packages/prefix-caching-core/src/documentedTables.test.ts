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

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DOCUMENTED_TABLES, withTable } from './documentedTables';

const docs = path.resolve(__dirname, '../../../docs');

/** Columns are padded by the formatter; what counts is what stands in them. */
function cells(text: string): string[][] {
  return text
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim().replace(/^-+$/, '---')),
    );
}

describe('the tables of the documentation', () => {
  it.each(DOCUMENTED_TABLES)(
    '$page: $name is what the data says (else run packages/prefix-caching-core/scripts/write-tables.js)',
    ({ page, name, build }) => {
      const text = readFileSync(path.join(docs, page), 'utf8');
      const shown = text
        .split(`<!-- table: ${name} -->`)[1]
        ?.split('<!-- /table -->')[0];
      expect(cells(shown ?? '')).toEqual(cells(build()));
      expect(cells(build()).length).toBeGreaterThan(2);
    },
  );

  it('says where a table belongs when the marks are missing', () => {
    expect(() => withTable('# Page', 'offered', '|a|')).toThrow(
      "no marks '<!-- table: offered -->'",
    );
  });
});
