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

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { at, listAt, textAt, textsAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { referencePlan } from './__fixtures__/plans';
import { renderDeployment } from '.';
import type { DeploymentPlan } from '.';

const conformance =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../../shared/conformance');
const describeIf =
  existsSync(conformance) && existsSync('/bin/bash')
    ? describe
    : // Needs the real launch scripts and a bash to run them.
      describe.skip;

const PRESETS = {
  'rhaii-3.4-ea1': 'presets/rhaii-3.4-ea1/charts-kserve-files-resources.yaml',
  'kserve-0.20': 'presets/kserve-v0.20.0/config-llm-template.yaml',
};

/** What KServe's Go templates make of a preset for this service. */
function execute(text: string, service: KubernetesObject, tls: boolean) {
  const tensor = at(service.spec, 'parallelism', 'tensor');
  return text
    .replace(
      /\{\{- if and \.Spec\.Parallelism[^}]*\}\}(.*?)\{\{- end \}\}/g,
      (_, inner: string) =>
        tensor
          ? inner.replace('{{ .Spec.Parallelism.Tensor }}', String(tensor))
          : '',
    )
    .replace(
      /\{\{ if \.GlobalConfig\.EnableTLS \}\}(.*?)\{\{- end \}\}/g,
      (_, inner: string) => (tls ? inner : ''),
    )
    .replace(/\{\{ \.Spec\.Model\.Name \}\}/g, () =>
      String(textAt(service.spec, 'model', 'name')),
    )
    .replace(
      /\{\{ \.ObjectMeta\.Namespace \}\}/g,
      service.metadata.namespace ?? '',
    )
    .replace(/\{\{ (shutdownTimeout|kvTransferConfig) .*?\}\}/g, '');
}

function presetContainer(platform: keyof typeof PRESETS): unknown {
  const preset = parseAllDocuments(
    readFileSync(path.join(conformance, PRESETS[platform]), 'utf8'),
  )
    .map(document => document.toJS() as unknown)
    .find(
      document =>
        textAt(document, 'metadata', 'name') === 'kserve-config-llm-template',
    );
  return at(preset, 'spec', 'template', 'containers', 0);
}

describeIf.each(Object.keys(PRESETS) as (keyof typeof PRESETS)[])(
  'the launch script of %s with the rendered container (conformance data)',
  platform => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'launch-'));
      writeFileSync(
        path.join(folder, 'vllm'),
        '#!/bin/bash\nif [ "$1" = --version ]; then echo 0.11.0; exit; fi\nprintf "%s\\n" "$@" > "$ARGV_FILE"\n',
        { mode: 0o755 },
      );
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs command and args as the kubelet would; a list replaces the preset's. */
    function launch(plan: DeploymentPlan, name: string): string[] {
      const [service] = renderDeployment(plan)
        .flatMap(({ objects }) => objects)
        .filter(
          ({ kind, metadata }) =>
            kind === 'LLMInferenceService' && metadata.name === name,
        );
      const own = at(service.spec, 'template', 'containers', 0);
      const preset = presetContainer(platform);
      const tls = platform === 'rhaii-3.4-ea1';
      const [program, ...words] = [
        ...textsAt(preset, 'command'),
        ...(at(own, 'args') ? textsAt(own, 'args') : textsAt(preset, 'args')),
      ].map(word => execute(word, service, tls));
      const argvFile = path.join(folder, 'argv');
      rmSync(argvFile, { force: true });
      execFileSync(program, words, {
        // With a socket as its input bash would read the home's start-up files.
        stdio: 'ignore',
        env: {
          HOME: folder,
          PATH: `${folder}:/usr/bin:/bin`,
          ARGV_FILE: argvFile,
          ...Object.fromEntries(
            listAt(own, 'env').map(it => [
              textAt(it, 'name') ?? '',
              textAt(it, 'value') ?? '',
            ]),
          ),
        },
      });
      return readFileSync(argvFile, 'utf8').trimEnd().split('\n');
    }

    it.each([
      [
        'qwen-3b-gpu-svc',
        [
          '--dtype=half',
          '--max-model-len=4096',
          '--gpu-memory-utilization=0.85',
          '--max-num-seqs=128',
        ],
        undefined,
      ],
      ['qwen-3b-tpu-svc', ['--dtype=bfloat16', '--max-model-len=2048'], '4'],
    ])('starts %s with what the plan says', (name, planned, tensor) => {
      const argv = launch(referencePlan(platform), name);
      expect(argv.slice(0, 3)).toEqual([
        'serve',
        '/mnt/models',
        '--served-model-name',
      ]);
      expect(argv[3]).toBe('Qwen/Qwen2.5-3B-Instruct');
      expect(argv).toEqual(
        expect.arrayContaining(['--enable-prefix-caching', ...planned]),
      );
      const words = argv.flatMap(word => word.split('='));
      const size = words.indexOf('--tensor-parallel-size');
      expect(size < 0 ? undefined : words[size + 1]).toBe(tensor);
      expect(words.filter(it => it === '--tensor-parallel-size')).toHaveLength(
        tensor ? 1 : 0,
      );
      expect(argv).not.toContain('');
      expect(argv.join(' ')).not.toMatch(/python3|disable-log-requests|#/);
    });
  },
);
