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

import { cutManagedFields } from './cutManagedFields';

describe('cutManagedFields', () => {
  const managed = [
    {
      manager: 'kubelet',
      fieldsV1: {
        'f:status': {
          'k:{"type":"Ready]"}': { '.': {}, 'f:a': [['[', '\\']] },
        },
      },
    },
  ];

  it('takes the fields out, and nothing else', () => {
    const list = (fields: unknown[]) => ({
      kind: 'PodList',
      items: [
        { metadata: { name: 'a', managedFields: fields, labels: { b: ']' } } },
        { metadata: { managedFields: fields }, spec: { c: ['"', '\\'] } },
        { metadata: { name: 'd' } },
      ],
    });
    const cut = cutManagedFields(JSON.stringify(list(managed)));
    expect(JSON.parse(cut)).toEqual(list([]));
  });

  it.each([
    ['a text that looks like it', { a: '"managedFields":[1]' }],
    ['a key that ends like it', { 'x"managedFields': [1] }],
    ['another key', { managedFieldsOf: [1] }],
    ['a value of another type', { managedFields: 'none' }],
  ])('leaves %s alone', (_, value) => {
    const json = JSON.stringify(value);
    expect(cutManagedFields(json)).toBe(json);
  });

  it('leaves a text that is not compact, or is none, as it is', () => {
    const pretty = JSON.stringify({ managedFields: managed }, undefined, 2);
    expect(cutManagedFields(pretty)).toBe(pretty);
    expect(cutManagedFields('<html>')).toBe('<html>');
    expect(cutManagedFields('')).toBe('');
  });

  it('leaves an answer that was cut off for the parser to refuse', () => {
    const json = JSON.stringify({ metadata: { managedFields: managed } });
    for (let end = 0; end < json.length; end++) {
      const cut = cutManagedFields(json.slice(0, end));
      expect(() => JSON.parse(cut)).toThrow();
    }
  });
});
