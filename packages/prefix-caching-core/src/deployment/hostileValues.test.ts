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

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { at, isRecord } from '../kubernetes';
import { PLATFORMS } from '../platforms';
import { fullPlan } from './__fixtures__/plans';
import { PlanError, renderDeployment, validatePlan } from '.';
import type { DeploymentPlan, RenderedFile } from '.';

/** Texts that break YAML, shells, templates, paths and headers. */
const HOSTILE = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'on',
    'no',
    '~',
    '1:30',
    '0x10',
    '1e3',
    '- a',
    'a: b',
    'a #b',
    "it's",
    '"quoted"',
    '$(id)',
    '`id`',
    'a;b',
    'a && b',
    '../../etc/passwd',
    'a\nkind: Secret',
    '{{ .Spec }}',
    '${{ secrets }}',
    '| tail',
    '*anchor',
    '&anchor x',
    '!!js/function x',
    '%YAML 1.1',
    '---',
    '...',
    'x'.repeat(300),
    '\u2028',
    '\ufeff',
    'nbsp\u00a0here',
  ),
);

/** Fields that take text, as a setter each. */
const FIELDS: [string, (plan: DeploymentPlan, value: string) => void][] = [
  ['name', (plan, value) => Object.assign(plan, { name: value })],
  ['namespace', (plan, value) => Object.assign(plan, { namespace: value })],
  ['owner', (plan, value) => Object.assign(plan, { owner: value })],
  ['lifecycle', (plan, value) => Object.assign(plan, { lifecycle: value })],
  ['description', (plan, value) => Object.assign(plan, { description: value })],
  ['cluster', (plan, value) => Object.assign(plan, { cluster: value })],
  ['dataClass', (plan, value) => Object.assign(plan, { dataClass: value })],
  ['model.name', (plan, value) => Object.assign(plan.model, { name: value })],
  ['model.uri', (plan, value) => Object.assign(plan.model, { uri: value })],
  [
    'model.tokenSecret',
    (plan, value) => Object.assign(plan.model, { tokenSecret: value }),
  ],
  [
    'imagePullSecrets[0]',
    (plan, value) => Object.assign(plan, { imagePullSecrets: [value] }),
  ],
  [
    'gateway.name',
    (plan, value) => Object.assign(plan.gateway ?? {}, { name: value }),
  ],
  [
    'gateway.domain',
    (plan, value) => Object.assign(plan.gateway ?? {}, { domain: value }),
  ],
  [
    'argoCd.path',
    (plan, value) => Object.assign(plan.argoCd ?? {}, { path: value }),
  ],
  [
    'accelerators[1].service',
    (plan, value) => Object.assign(plan.accelerators[1], { service: value }),
  ],
  [
    'accelerators[0].dtype',
    (plan, value) => Object.assign(plan.accelerators[0], { dtype: value }),
  ],
  ['system', (plan, value) => Object.assign(plan, { system: value })],
  ['tenancy', (plan, value) => Object.assign(plan, { tenancy: value })],
  [
    'entityNamespace',
    (plan, value) => Object.assign(plan, { entityNamespace: value }),
  ],
  [
    'gateway.namespace',
    (plan, value) => Object.assign(plan.gateway ?? {}, { namespace: value }),
  ],
  [
    'argoCd.repoUrl',
    (plan, value) => Object.assign(plan.argoCd ?? {}, { repoUrl: value }),
  ],
  [
    'model.serviceAccount',
    (plan, value) => Object.assign(plan.model, { serviceAccount: value }),
  ],
  ['overlays[0]', (plan, value) => Object.assign(plan, { overlays: [value] })],
];

function texts(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  const members = isRecord(value)
    ? Object.values(value)
    : [value].flat().filter(isRecord);
  return Array.isArray(value) ? value.flatMap(texts) : members.flatMap(texts);
}

const parsed = new Map<string, unknown[]>();

/** Documents of a file; most files of most plans are the same, and are read once. */
function read(content: string): unknown[] {
  const known =
    parsed.get(content) ??
    parseAllDocuments(content).map(document => document.toJS() as unknown);
  parsed.set(content, known);
  return known;
}

/** What is wrong with rendered files, whatever values went in. */
function faults(files: RenderedFile[]): string[] {
  const found: string[] = [];
  for (const { path, content, objects } of files) {
    if (!/^[a-zA-Z0-9][a-z0-9A-Z./-]*$/.test(path) || path.includes('..')) {
      found.push(`path ${path}`);
    }
    if (/\{\{|\}\}/.test(content)) {
      found.push(`${path} holds a template`);
    }
    if (objects.length > 0 && !isDeepStrictEqual(read(content), objects)) {
      found.push(`${path} reads differently`);
    }
    // Arguments reach a shell: nothing in them is for it to read.
    const words = objects
      .filter(({ kind }) => kind === 'LLMInferenceService')
      .flatMap(({ spec }) => texts(at(spec, 'template', 'containers')));
    found.push(...words.filter(word => !/^[\w =./:@,-]*$/.test(word)));
  }
  return found;
}

/** What is wrong with how a plan was taken that holds `value` at `path`. */
function judge(plan: DeploymentPlan, path: string, value: string): string[] {
  const problems = validatePlan(plan);
  if (problems.length === 0) {
    const files = renderDeployment(plan);
    // An overlay is a folder, and nothing in a cluster.
    const written = [
      ...texts(files.map(({ objects }) => objects)),
      ...files.map(file => file.path),
    ];
    return written.some(text => text.includes(value))
      ? faults(files)
      : [`${path} is lost`];
  }
  if (!problems.some(problem => problem.path === path)) {
    return [`refused without naming ${path}`];
  }
  try {
    renderDeployment(plan);
    return ['rendered in spite of problems'];
  } catch (error) {
    return error instanceof PlanError ? [] : [String(error)];
  }
}

describe('hostile values', () => {
  it.each(FIELDS)(
    'in %s are refused by name, or stay what they are',
    (path, assign) => {
      fc.assert(
        fc.property(
          HOSTILE,
          fc.constantFrom(...PLATFORMS.map(({ id }) => id)),
          (value, platform) => {
            const plan = { ...fullPlan(platform), monitoring: true };
            plan.accelerators = plan.accelerators.slice(0, 2);
            assign(plan, value);
            expect(judge(plan, path, value)).toEqual([]);
          },
        ),
        { numRuns: 12, seed: 20261122 },
      );
    },
  );
});

describe('hostile arguments of the engine', () => {
  it.each(PLATFORMS.map(({ id }) => id))(
    'on %s are refused by name, or read back as they are',
    platform => {
      fc.assert(
        fc.property(HOSTILE, value => {
          const plan = fullPlan(platform);
          plan.accelerators = plan.accelerators.slice(0, 1);
          plan.accelerators[0].args = [`--own=${value}`];
          const problems = validatePlan(plan);
          const written =
            problems.length > 0
              ? []
              : renderDeployment(plan).filter(it => it.objects.length > 0);
          expect(
            problems.filter(({ path }) => path !== 'accelerators[0].args[0]'),
          ).toEqual([]);
          expect(written.map(({ content }) => read(content))).toEqual(
            written.map(({ objects }) => objects),
          );
          expect(
            written.filter(({ content }) => content.includes('{{')),
          ).toEqual([]);
        }),
        { numRuns: 8, seed: 20261122 },
      );
    },
  );
});

/** Values that are right by themselves, at their limits. */
const RIGHT: fc.Arbitrary<Partial<DeploymentPlan>> = fc.record(
  {
    name: fc.stringMatching(/^[a-z]([-a-z0-9]{0,30}[a-z0-9])?$/),
    namespace: fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
    description: fc.stringMatching(/^[^\p{Cc}{}$]{1,300}$/u),
    dataClass: fc.constantFrom('on', 'no', '0x10', '1e3', '1:30'),
    replicas: fc.integer({ min: 1, max: 1000 }),
    networkPolicies: fc.boolean(),
    monitoring: fc.boolean(),
    overlays: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,10}$/), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

describe('every right plan', () => {
  it('is read back from its YAML as it was written, inside its folder', () => {
    fc.assert(
      fc.property(
        RIGHT,
        fc.constantFrom(...PLATFORMS.map(({ id }) => id)),
        (values, platform) => {
          const plan = { ...fullPlan(platform), ...values };
          plan.accelerators = plan.accelerators.slice(0, 2);
          expect(validatePlan(plan)).toEqual([]);
          expect(faults(renderDeployment(plan))).toEqual([]);
        },
      ),
      { numRuns: 24, seed: 20261122 },
    );
  });
});
