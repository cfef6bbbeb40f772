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
import { OBSERVED_KINDS } from 'backstage-plugin-prefix-caching-common/core';
import { parseAllDocuments } from 'yaml';

interface Role {
  kind: string;
  metadata: { name: string };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
}

const page = readFileSync(
  path.resolve(__dirname, '../../../../docs/rbac.md'),
  'utf8',
);
const roles = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => parseAllDocuments(block))
  .map(document => document.toJS() as Role)
  .filter(({ kind }) => kind === 'ClusterRole');

/** `<group>/<resource>: <verbs>`, one line per resource. */
function linesOf(name: string): string[] {
  const rules = roles.find(role => role.metadata.name === name)?.rules ?? [];
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.map(resource => `${group}/${resource}: ${verbs.join()}`),
      ),
    )
    .sort();
}

describe('docs/rbac.md', () => {
  it('grants what is listed, and no more', () => {
    expect(linesOf('prefix-caching-reader')).toEqual(
      OBSERVED_KINDS.filter(kind => !kind.byName)
        .map(({ group, plural }) => `${group}/${plural}: get,list`)
        .sort(),
    );
  });

  it('grants what is read by name, and the ways to metrics', () => {
    expect(linesOf('prefix-caching-namespace-reader')).toEqual(
      [
        ...OBSERVED_KINDS.filter(kind => kind.byName).map(
          ({ group, plural }) => `${group}/${plural}: get`,
        ),
        '/pods/proxy: get',
      ].sort(),
    );
    expect(linesOf('prefix-caching-port-forward')).toEqual([
      '/pods/portforward: get,create',
    ]);
    expect(roles).toHaveLength(3);
  });
});
