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
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { at, listAt, parseFlags, textAt, textsAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { findPlatform } from '../platforms';
import type { PlatformProfile } from '../platforms';
import { referencePlan } from './__fixtures__/plans';
import { renderDeployment, validatePlan } from '.';
import type { DeploymentPlan } from '.';

const conformance =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../../shared/conformance');
const describeIf =
  existsSync(conformance) && existsSync('/bin/bash')
    ? describe
    : // Needs the real launch scripts and a bash to run them.
      describe.skip;

const upstream = (release: string) =>
  `presets/kserve-v${release}.0/config-llm-template.yaml`;

/** The preset each profile's engine is launched by; Open Data Hub's is KServe's own. */
const PRESETS: [id: string, file: string][] = [
  ['rhaii-3.4-ea1', 'presets/rhaii-3.4-ea1/charts-kserve-files-resources.yaml'],
  ...['0.16', '0.17', '0.18', '0.19', '0.20'].map(
    (release): [string, string] => [`kserve-${release}`, upstream(release)],
  ),
  ['odh-0.20', upstream('0.20')],
  ['xks-0.20', upstream('0.20')],
];

/** Each with TLS on and off, where its preset is at hand. */
const LAUNCHES = PRESETS.filter(([, file]) =>
  existsSync(path.join(conformance, file)),
).flatMap(([id, file]) => {
  const { tls, tlsChoice } = findPlatform(id);
  return (tlsChoice === 'either' ? [true, false] : [tls]).map(on => ({
    id,
    file,
    tls: on,
  }));
});

/** Flags that newer engines refuse to start with (vllm#29402). */
const REFUSED = ['disable-log-requests'];

/** What KServe's Go templates make of a text for this service; user's parts run through them too. */
function execute(text: string, service: KubernetesObject, tls: boolean) {
  const tensor = at(service.spec, 'parallelism', 'tensor');
  const executed = text
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
    .replace(/\{\{ (shutdownTimeout|kvTransferConfig) .*?\}\}/g, '15');
  expect(executed).not.toContain('{{');
  return executed;
}

/** What the kubelet makes of command, args and environment values. */
function expand(text: string, env: Record<string, string>): string {
  return text.replace(/\$\$|\$\(([^()$]*)\)/g, (all, name?: string) => {
    if (all === '$$') return '$';
    return env[name ?? ''] ?? all;
  });
}

function presetContainer(file: string): unknown {
  const preset = parseAllDocuments(
    readFileSync(path.join(conformance, file), 'utf8'),
  )
    .map(document => document.toJS() as unknown)
    .find(
      document =>
        textAt(document, 'metadata', 'name') === 'kserve-config-llm-template',
    );
  return at(preset, 'spec', 'template', 'containers', 0);
}

/** Leaves out what the preset gives the engine itself, values included. */
function withoutPlatformFlags(
  argv: readonly string[],
  { platformFlags }: PlatformProfile,
): string[] {
  const rest: string[] = [];
  let skipping = false;
  for (const word of argv) {
    if (word.startsWith('--')) {
      skipping = platformFlags.includes(word);
    }
    if (!skipping) {
      rest.push(word);
    }
  }
  return rest;
}

/** Values that a shell, a kubelet or a template would not leave alone. */
const HOSTILE = [
  '--speculative-config={"method":"ngram","num_speculative_tokens":5}',
  '--hf-overrides={"rope":{"factor":{"deep":[]}}}',
  '--override-generation-config={"stop":"it\'s $HOME `id` \\\\ \\"q\\""}',
  '--chat-template=a  b\u00a0c',
  '--download-dir=$(POD_IP) $$ ${HOME} $@ $(HOME) $',
  '--tokenizer-mode=* ? ~ [a-z] !! #no',
  '--trust-remote-code',
  '--revision=; rm -rf / && echo | cat > x < y & (sub)',
  '--hf-token-name=é☃🙂',
  "--code-revision='",
  '--quantization=',
];

describeIf.each(LAUNCHES)(
  'the launch of $id, TLS $tls, with the rendered container (conformance data)',
  ({ id, file, tls }) => {
    const profile = findPlatform(id);
    let folder = '';
    let preset: unknown;
    beforeAll(() => {
      preset = presetContainer(file);
      folder = mkdtempSync(path.join(tmpdir(), 'launch-'));
      writeFileSync(
        path.join(folder, 'vllm'),
        '#!/bin/bash\nif [ "$1" = --version ]; then echo 0.30.0; exit; fi\nprintf "%s\\0" "$@" > "$ARGV_FILE"\n',
        { mode: 0o755 },
      );
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    function planWith(args: string[]): DeploymentPlan {
      const plan = referencePlan({ id, tls });
      plan.accelerators[0].args = args;
      return plan;
    }

    /** Runs command and args as the kubelet would; a list replaces the preset's. */
    function launch(plan: DeploymentPlan, name: string): string[] {
      const service = renderDeployment(plan)
        .flatMap(({ objects }) => objects)
        .find(
          ({ kind, metadata }) =>
            kind === 'LLMInferenceService' && metadata.name === name,
        );
      if (!service) throw new Error(`no service ${name}`);
      const own = at(service.spec, 'template', 'containers', 0);
      const env = Object.fromEntries(
        listAt(own, 'env').map(it => [
          textAt(it, 'name') ?? '',
          expand(textAt(it, 'value') ?? '', { POD_IP: 'wrong' }),
        ]),
      );
      const [program, ...words] = ['command', 'args']
        .flatMap(key => textsAt(at(own, key) ? own : preset, key))
        .map(word =>
          expand(execute(word, service, tls), { ...env, POD_IP: 'wrong' }),
        );
      const argvFile = path.join(folder, 'argv');
      rmSync(argvFile, { force: true });
      execFileSync(
        program === 'vllm' ? path.join(folder, 'vllm') : program,
        words,
        {
          // With a socket as its input bash would read the home's start-up files.
          stdio: 'ignore',
          // Names in the folder must not be what a pattern expands to.
          cwd: folder,
          env: {
            HOME: folder,
            PATH: `${folder}:/usr/bin:/bin`,
            ARGV_FILE: argvFile,
            ...env,
          },
        },
      );
      return readFileSync(argvFile, 'utf8').split('\0').slice(0, -1);
    }

    it.each([
      [
        'qwen-3b-gpu-svc',
        [
          '--enable-prefix-caching',
          '--enable-prompt-tokens-details',
          '--dtype=half',
          '--max-model-len=4096',
          '--gpu-memory-utilization=0.85',
          '--max-num-seqs=128',
          ...HOSTILE,
        ],
        undefined,
      ],
      [
        'qwen-3b-tpu-svc',
        [
          '--enable-prefix-caching',
          '--enable-prompt-tokens-details',
          '--dtype=bfloat16',
          '--max-model-len=2048',
          '--gpu-memory-utilization=0.9',
        ],
        '4',
      ],
    ])('starts %s with what the plan says', (name, planned, tensor) => {
      const argv = launch(planWith(HOSTILE), name);
      expect(argv.slice(0, 2)).toEqual(['serve', '/mnt/models']);
      const flags = parseFlags(argv);
      const valueOf = (flag: string) =>
        flags.filter(it => it.name === flag).map(({ value }) => value);
      expect(valueOf('served-model-name')).toEqual([
        'Qwen/Qwen2.5-3B-Instruct',
      ]);
      expect(valueOf('port')).toEqual(['8000']);
      expect(valueOf('tensor-parallel-size')).toEqual(tensor ? [tensor] : []);
      expect(valueOf('ssl-certfile')).toEqual(
        tls ? ['/var/run/kserve/tls/tls.crt'] : [],
      );
      const own = withoutPlatformFlags(argv.slice(2), profile).filter(
        word => !/^--(served-model-name|port|tensor-parallel-size)=/.test(word),
      );
      expect(own).toEqual(planned);
      expect(flags.filter(flag => REFUSED.includes(flag.name))).toEqual([]);
      const names = flags.map(flag => flag.name);
      expect(names.filter((flag, i) => names.indexOf(flag) !== i)).toEqual([]);
    });

    it('whatever stands in an argument', () => {
      const value = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.json({ maxDepth: 2 }),
        fc.string({
          unit: fc.constantFrom(...`'"\\$\`(){}[]#!*? ~;&|<>=%^`),
          maxLength: 12,
        }),
      );
      fc.assert(
        fc.property(
          fc.array(value, { minLength: 1, maxLength: 12 }),
          values => {
            const args = values.map((it, index) => `--own-${index}=${it}`);
            const plan = planWith(args);
            const refused = validatePlan(plan).map(problem => problem.path);
            // Template marks and control characters are refused by name.
            expect(refused).toEqual(
              args.flatMap((it, index) =>
                /\{\{|[\p{Cc}\u2028\u2029]/u.test(it)
                  ? [`accelerators[0].args[${index}]`]
                  : [],
              ),
            );
            const kept = args.filter(
              (_, index) => !refused.includes(`accelerators[0].args[${index}]`),
            );
            const argv = launch(planWith(kept), 'qwen-3b-gpu-svc');
            expect(argv.filter(word => word.startsWith('--own-'))).toEqual(
              kept,
            );
          },
        ),
        { numRuns: 8, seed: 20261122 },
      );
    });
  },
);
