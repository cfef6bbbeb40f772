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

import { at, describeObject, groupOf, listAt, textAt } from './accessors';
import { readObjects } from './readObjects';
import { matchesSelector } from './selectors';

describe('readObjects', () => {
  it('reads several documents, expands lists and passes over what is not applied', () => {
    const { objects, problems } = readObjects([
      {
        path: 'all.yaml',
        content: `---
# nothing here
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: n }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: apps/v1, kind: Deployment, metadata: { name: b } }
  - { apiVersion: v1, kind: Pod, metadata: {} }
`,
      },
      {
        path: 'kustomization.yaml',
        content:
          'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      },
      {
        path: 'catalog-info.yaml',
        content:
          'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: c}\n',
      },
      { path: 'values.yaml', content: 'replicas: 3\n' },
      { path: 'broken.yaml', content: 'a: [1,\nb: 2\n' },
    ]);
    expect(objects.map(describeObject)).toEqual([
      'Service n/a',
      'Deployment b',
    ]);
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'all.yaml',
        document: 3,
        message: expect.stringContaining('Pod without metadata.name'),
      }),
      expect.objectContaining({ path: 'values.yaml', document: 1 }),
      expect.objectContaining({
        path: 'broken.yaml',
        message: expect.stringContaining('not valid YAML'),
      }),
    ]);
  });

  it('refuses a text that grows without bound', () => {
    const laughs = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    'bcdefghi'.split('').reduce((previous, name) => {
      laughs.push(
        `${name}: &${name} [${Array(9).fill(`*${previous}`).join(',')}]`,
      );
      return name;
    }, 'a');
    const { objects, problems } = readObjects(laughs.join('\n'));
    expect(objects).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});

describe('matchesSelector', () => {
  const labels = { app: 'a', tier: 'x' };
  it.each([
    [{}, true],
    [{ matchLabels: { app: 'a' } }, true],
    [{ matchLabels: { app: 'b' } }, false],
    [
      {
        matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }],
      },
      true,
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] },
      false,
    ],
    [{ matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Near' }] }, false],
    [undefined, false],
  ])('%j -> %s', (selector, expected) => {
    expect(matchesSelector(labels, selector)).toBe(expected);
  });
});

describe('accessors', () => {
  it('narrow what they touch and never walk into a prototype', () => {
    const object = { spec: { list: [{ a: 'b' }], n: null } };
    expect(textAt(object, 'spec', 'list', 0, 'a')).toBe('b');
    expect(at(object, 'spec', 'n')).toBeUndefined();
    expect(at(object, 'spec', 'constructor')).toBeUndefined();
    expect(listAt(object, 'spec')).toEqual([]);
    expect(
      groupOf({ apiVersion: 'apps/v1', kind: 'D', metadata: { name: 'x' } }),
    ).toBe('apps');
    expect(
      groupOf({ apiVersion: 'v1', kind: 'D', metadata: { name: 'x' } }),
    ).toBe('');
  });
});
