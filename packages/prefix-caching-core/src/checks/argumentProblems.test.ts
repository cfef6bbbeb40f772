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

import { argumentProblems } from './argumentProblems';
import type { ArgumentStyle } from './argumentProblems';

type Fields = Record<string, unknown>;

const EVALUATES = 'eval "exec vllm serve /mnt/models $@"';
const LAUNCHES = 'exec vllm serve /mnt/models "$@"';
const shell = (script: string, ...rest: string[]) => [
  '/bin/bash',
  '-c',
  script,
  ...rest,
];
const LAUNCHER = 'python3 -m vllm.entrypoints.openai.api_server';
const QUOTED = '--kv-events-config={"publisher":"zmq"}';
const additional = (value: string): Fields => ({
  env: [{ name: 'VLLM_ADDITIONAL_ARGS', value }],
});
const causes = (container: Fields, style?: ArgumentStyle) =>
  argumentProblems(container, style).map(({ cause }) => cause);

describe('a broken line continuation', () => {
  it.each([
    ['in the command', { command: shell('vllm serve \\ \n  --port 8000') }],
    [
      'in the arguments',
      { command: shell('$0'), args: ['vllm serve /m \\\t\n --port 8000'] },
    ],
    [
      'in the additional arguments',
      additional('--port 8000 \\ \n --dtype auto'),
    ],
    ['at the very end', { args: ['vllm serve /m \\ '] }],
  ])('%s', (_, container) => {
    expect(causes(container)).toContain('a line continuation is broken');
  });

  it('quotes the comment that follows it', () => {
    const args = ['vllm serve /m \\   # the model  \n --port 8000'];
    expect(argumentProblems({ args }, undefined)[0].message).toBe(
      'a comment follows a line continuation ("\\   # the model"), so the flags after it are lost',
    );
  });

  it.each([
    ['a backslash at the end of a line', 'vllm serve /m \\\n --port 8000'],
    [
      'a backslash before a blank within a line',
      'vllm serve /my\\ models --port 8000',
    ],
    ['a comment on a line of its own', 'vllm serve /m\n# the port\n'],
  ])('not: %s', (_, script) => {
    expect(causes({ command: shell(script) })).toEqual([]);
  });
});

describe('a second launcher', () => {
  const SECOND = ['they bring a second launcher'];
  it.each<[string, Fields, ArgumentStyle | undefined]>([
    [
      'handed on by a script',
      { command: shell(LAUNCHES, '--'), args: [LAUNCHER] },
      undefined,
    ],
    ["appended to the platform's own", { args: ['vllm serve /m'] }, 'append'],
    [
      'word by word',
      { command: ['vllm', 'serve'], args: LAUNCHER.split(' ') },
      undefined,
    ],
  ])('%s', (_, container, style) => {
    expect(causes(container, style)).toEqual(SECOND);
  });

  it.each<[string, Fields, ArgumentStyle | undefined]>([
    [
      'the shell takes the first word for its own name',
      { command: shell(LAUNCHES), args: [LAUNCHER] },
      undefined,
    ],
    [
      'the script hands nothing on',
      { command: shell('exec vllm serve /m', '--'), args: [LAUNCHER] },
      undefined,
    ],
    [
      'the command launches nothing itself',
      { command: ['/opt/start'], args: LAUNCHER.split(' ') },
      undefined,
    ],
    [
      'they stand in place of the script',
      { args: [LAUNCHER] },
      'replace-script',
    ],
    [
      'it is not known whether they are appended',
      { args: [LAUNCHER] },
      undefined,
    ],
  ])('not: %s', (_, container, style) => {
    expect(causes(container, style)).toEqual([]);
  });
});

describe('flags in place of a launch script', () => {
  const REPLACED = ['they replace the launch script'];
  it.each<[string, Fields, ArgumentStyle | undefined]>([
    ['one of two dashes', { args: ['--max-model-len=1'] }, 'replace-script'],
    ['one of one dash', { args: ['-tp=2'] }, 'replace-script'],
    ['after blanks', { args: ['  \n--max-model-len=1'] }, 'replace-script'],
    [
      'for a shell, of two dashes',
      { command: ['sh', '-c'], args: ['--port=1'] },
      undefined,
    ],
    [
      'for a shell, of one dash',
      { command: ['sh', '-c'], args: ['-tp=2'] },
      undefined,
    ],
    [
      'for a shell, after blanks',
      { command: ['sh', '-c'], args: ['  -tp=2'] },
      undefined,
    ],
  ])('%s', (_, container, style) => {
    expect(causes(container, style)).toEqual(REPLACED);
  });

  it.each<[string, Fields, ArgumentStyle | undefined]>([
    [
      'a script that starts a program with a dash in its name',
      { args: ['/opt/vllm-start --port 8000'] },
      'replace-script',
    ],
    [
      'the same for a shell',
      { command: ['sh', '-c'], args: ['/opt/vllm-start --port 8000'] },
      undefined,
    ],
    [
      'a command of its own takes them',
      { command: ['vllm', 'serve'], args: ['--port=1'] },
      'replace-script',
    ],
    ['no arguments', {}, 'replace-script'],
    ['a platform that appends', { args: ['--port=1'] }, 'append'],
    ['a shell without a script', { command: ['sh', '-c'] }, undefined],
  ])('not: %s', (_, container, style) => {
    expect(causes(container, style)).toEqual([]);
  });
});

describe('arguments that the launch script reads a second time', () => {
  const AGAIN = 'the launch script reads them a second time';
  it.each<[string, Fields, ArgumentStyle | undefined]>([
    [
      'by a script of the service',
      { command: shell(EVALUATES, '--'), args: [QUOTED] },
      undefined,
    ],
    ["by the platform's script", { args: [QUOTED] }, 'append'],
    [
      'the additional ones, by a script of the service',
      { command: shell(EVALUATES, '--'), ...additional(QUOTED) },
      undefined,
    ],
    [
      "the additional ones, by the platform's script",
      additional(QUOTED),
      undefined,
    ],
  ])('%s', (_, container, style) => {
    expect(causes(container, style)).toEqual([AGAIN]);
  });

  it.each<[string, Fields, ArgumentStyle | undefined]>([
    [
      'a script that reads them once',
      { command: shell(LAUNCHES, '--'), args: [QUOTED] },
      undefined,
    ],
    [
      'a script that reads again, and hands none on',
      { command: shell('eval "vllm serve /m"', '--'), args: [QUOTED] },
      undefined,
    ],
    ['no script', { command: ['vllm', 'serve'], args: [QUOTED] }, undefined],
    [
      'additional ones that no script reads',
      { command: ['vllm', 'serve'], ...additional(QUOTED) },
      undefined,
    ],
    ['a platform of which it is not known', { args: [QUOTED] }, undefined],
  ])('not: %s', (_, container, style) => {
    expect(causes(container, style)).toEqual([]);
  });
});

describe('a flag that was removed', () => {
  const args = ['--disable-log-requests'];
  it.each([
    [
      'the release that removed it',
      'vllm/vllm-openai:v0.12.0',
      'stops',
      'vLLM 0.12.0 removed --disable-log-requests',
    ],
    [
      "the platform's own image",
      undefined,
      'stops',
      'vLLM 0.12.0 removed --disable-log-requests',
    ],
    [
      'a release that nothing tells',
      'vllm/vllm-openai:latest',
      'likely',
      'newer engines know no --disable-log-requests',
    ],
    [
      'an engine of somebody else',
      'acme.example/engine:1',
      'likely',
      'newer engines know no --disable-log-requests',
    ],
  ])('%s', (_, image, effect, cause) => {
    expect(argumentProblems({ image, args }, undefined)).toMatchObject([
      { effect, cause },
    ]);
  });

  it('is still known to the release before', () => {
    const image = 'vllm/vllm-openai:v0.11.2';
    expect(causes({ image, args })).toEqual([]);
  });
});
