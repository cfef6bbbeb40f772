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

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  CHECKS,
  OBSERVED_KINDS,
} from 'backstage-plugin-prefix-caching-common/core';
import { parseAllDocuments } from 'yaml';
import { describeRights } from './rbacDocument';
import { RIGHTS } from './rights';

interface Role {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
}

// It comes without types.
const prettier: {
  format(text: string, options: object): string;
} = require('prettier');

const file = path.resolve(__dirname, '../../../../docs/rbac.md');
const page = prettier.format(describeRights(), {
  ...require('@backstage/cli/config/prettier'),
  parser: 'markdown',
});
const roles = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => parseAllDocuments(block))
  .map(document => document.toJS() as Role)
  .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role');

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
  it('is what the code does; run this test with UPDATE_DOCS=1 to rewrite it', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(file, page);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('grants what is listed and watched, and no more', () => {
    expect(linesOf('prefix-caching-reader')).toEqual(
      OBSERVED_KINDS.filter(kind => !kind.byName)
        .map(({ group, plural }) => `${group}/${plural}: list,watch`)
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
  });

  it('needs no ClusterRole namespace by namespace', () => {
    expect(linesOf('prefix-caching-services')).toEqual(
      [
        ...linesOf('prefix-caching-reader').filter(
          line => !line.startsWith('/nodes'),
        ),
        ...linesOf('prefix-caching-namespace-reader'),
      ].sort(),
    );
    expect(linesOf('prefix-caching-gateways')).toContain(
      'networking.istio.io/envoyfilters: list,watch',
    );
    expect(linesOf('prefix-caching-mesh')).toEqual([
      'apps/deployments: list,watch',
      'networking.istio.io/destinationrules: list,watch',
      'networking.istio.io/envoyfilters: list,watch',
    ]);
    expect(linesOf('prefix-caching-router-log')).toEqual(['/pods/log: get']);
    expect(roles).toHaveLength(7);
  });

  it('asks for nothing that changes or reveals more', () => {
    const verbs = new Set(RIGHTS.flatMap(right => right.verbs));
    expect([...verbs].sort()).toEqual(['create', 'get', 'list', 'watch']);
    expect(
      RIGHTS.filter(right => right.verbs.includes('create')).map(
        ({ resource, setting }) => [resource, setting],
      ),
    ).toEqual([
      ['pods/portforward', 'prefixCaching.metrics.portForward: true'],
    ]);
    expect(RIGHTS.map(({ resource }) => resource)).not.toContain('secrets');
  });

  it('names checks that exist', () => {
    const known = CHECKS.map(({ id }) => id);
    for (const check of RIGHTS.flatMap(right => right.checks)) {
      expect(known).toContain(check);
    }
  });
});
