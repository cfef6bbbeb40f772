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

import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderDeployment } from 'prefix-caching-core';
import type { DeploymentPlan } from 'prefix-caching-core';

const command = path.resolve(__dirname, '../bin/prefix-caching-verify');
const PLAN: DeploymentPlan = {
  name: 'qwen-3b',
  namespace: 'llm-serving',
  owner: 'group:default/ml-platform',
  model: { id: 'qwen2.5-3b-instruct' },
  platform: 'kserve-0.20',
  accelerators: [{ id: 'nvidia-t4' }],
  replicas: 3,
};
/** With an off switch, and one replica only. */
const BROKEN = `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata: { name: chat, namespace: llm }
spec:
  model: { uri: 'hf://org/model', name: model }
  replicas: 1
  router: { route: {}, gateway: {}, scheduler: {} }
  template:
    containers:
      - name: main
        image: docker.io/vllm/vllm-openai:v0.30.0
        args: ['--no-enable-prefix-caching']
`;
const UNDECIDED = `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata: { name: chat, namespace: llm }
spec:
  model: { uri: 'hf://org/model', name: model }
  replicas: 2
  router: { route: {}, gateway: {}, scheduler: {} }
  template:
    containers:
      - { name: main, image: 'registry.acme.example/engine:7' }
`;

let folder: string;

/** Writes files below the folder of the test. */
function write(files: Record<string, string>) {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
}

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, ...words],
    {
      cwd: folder,
      encoding: 'utf8',
      // Of the test runner's own settings nothing belongs to the command.
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    },
  );
  return { status, stdout, stderr };
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prefix-caching-verify-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('prefix-caching-verify', () => {
  it('passes what a plan renders, and says what it does not render', () => {
    write(
      Object.fromEntries(
        renderDeployment(PLAN).map(file => [file.path, file.content]),
      ),
    );
    const { status, stdout, stderr } = run('.');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(
        /^note: .*kustomization\.yaml is not rendered: what it patches or generates is not seen\./,
      ),
    });
    expect(stdout).toMatch(/^llm-serving\/qwen-3b[\w-]*: (pass|warn)\n/);
    expect(stdout).toContain('engine.prefix-caching');
    expect(stdout).toMatch(/1 service: 1 (pass|warn)\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('fails on what cannot work, worst first, with what to do', () => {
    write({ 'deploy/all.yml': `${BROKEN}---\n${BROKEN.replace(/chat/, 'a')}` });
    const { status, stdout } = run('deploy');
    expect(status).toBe(1);
    expect(stdout).toContain('llm/chat: fail\n');
    expect(stdout).toContain(
      '  fail engine.prefix-caching: Prefix caching is switched off.\n',
    );
    expect(stdout).toContain('      do: Take the off switch out');
    expect(stdout).toContain('      see: kubectl get pods -n llm');
    expect(stdout.indexOf('  fail engine')).toBeLessThan(
      stdout.indexOf('  warn engine.replicas'),
    );
    expect(stdout).toMatch(/2 services: 2 fail\n$/);
  });

  it('prints JSON with the same verdicts', () => {
    write({ 'a.yaml': BROKEN, 'values.yaml': 'replicas: 3\n' });
    const { status, stdout, stderr } = run('.', '--json');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      verifications: [
        {
          target: { namespace: 'llm', name: 'chat' },
          verdict: 'fail',
          findings: expect.arrayContaining([
            expect.objectContaining({
              check: 'engine.prefix-caching',
              verdict: 'fail',
            }),
          ]),
        },
      ],
      notes: [
        'values.yaml, document 1: has no apiVersion and kind, so it is no Kubernetes object',
      ],
      problems: [],
    });
  });

  it('takes what it is told of the service and of its cluster', () => {
    write({ 'a.yaml': BROKEN, 'b.yaml': BROKEN.replace(/chat/, 'other') });
    const of = (...words: string[]) =>
      JSON.parse(run('.', '--json', ...words).stdout)
        .verifications.flatMap(
          ({ findings }: { findings: { check: string; actual: string }[] }) =>
            findings,
        )
        .filter(({ check }: { check: string }) =>
          ['gateway.shared-picker', 'network.policies'].includes(check),
        )
        .map(({ verdict, actual }: { verdict: string; actual: string }) =>
          [verdict, actual].join(': '),
        );
    const told = of(
      ...['--istio', '1.28.4', '--lifecycle', 'production'],
      ...['--data-class=confidential', '--tenancy=multi-tenant'],
    );
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Istio 1.28.4'),
        expect.stringContaining('advised here'),
      ]),
    );
    expect(of().join()).not.toMatch(/1\.28\.4|advised here/);
  });

  it('ends with 3 where nothing fails and something could not be told', () => {
    write({ 'a.yaml': UNDECIDED });
    const { status, stdout } = run('.');
    expect(status).toBe(3);
    expect(stdout).toContain('llm/chat: inconclusive\n');
  });

  it('judges what it can read, and ends with 2 where something is broken', () => {
    write({ 'a.yaml': UNDECIDED, 'b.yaml': 'a: [1,\nb: 2\n' });
    const { status, stdout, stderr } = run('.');
    expect(status).toBe(2);
    expect(stdout).toContain('llm/chat: inconclusive');
    expect(stderr).toMatch(/^not read: b\.yaml, document 1: is not valid YAML/);
  });

  it('says where an object stands twice', () => {
    write({ 'base/a.yaml': BROKEN, 'overlay/a.yaml': BROKEN });
    expect(run('.').stderr).toContain(
      'note: LLMInferenceService llm/chat stands in base/a.yaml and in overlay/a.yaml',
    );
  });

  it('passes over hidden folders and what a package manager put there', () => {
    write({
      '.git/a.yaml': BROKEN,
      'node_modules/x/a.yaml': BROKEN,
      'charts/Chart.yaml': 'name: x\n',
      'a.yaml': UNDECIDED,
    });
    const { status, stderr } = run('.');
    expect(status).toBe(3);
    expect(stderr).toBe(
      'note: charts/Chart.yaml is not rendered: to verify a chart, run helm template first.\n',
    );
  });

  it.each<[string, string[], string]>([
    [
      'a folder without manifests',
      ['.'],
      'not read: . holds no LLMInferenceService and nothing made of one: no .yaml or .yml file is there.',
    ],
    [
      'a folder that does not exist',
      ['nowhere'],
      'nowhere is no folder. Expected one that holds manifests.',
    ],
    ['no folder', [], 'Expected one folder, got none.'],
    ['two folders', ['a', 'b'], 'Expected one folder, got a and b.'],
    ['an option there is none of', ['.', '--fast'], "Unknown option '--fast'"],
    [
      'an Istio that is no release',
      ['.', '--istio', 'latest'],
      "--istio is 'latest'. Expected a release such as 1.29 or 1.29.7.",
    ],
  ])('ends with 2 on %s', (_, words, message) => {
    const { status, stdout, stderr } = run(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('explains itself, as its documentation does', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: prefix-caching-verify <folder>/);
    const page = path.resolve(__dirname, '../../../docs/verify-command.md');
    expect(readFileSync(page, 'utf8')).toContain(`\`\`\`text\n${stdout}`);
  });
});
