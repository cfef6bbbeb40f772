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

import { existsSync, readFileSync } from 'fs';
import path from 'path';
import { at } from './accessors';
import { containerFlags } from './flags';
import { readLaunch } from './launch';
import { readObjects } from './readObjects';

const SCRIPT = `if [ "$X" = "true" ]; then
  echo "vllm serve is not started here --fake-flag"
fi
EXTRA_ARGS="--disable-uvicorn-access-log"
eval "exec vllm serve /mnt/models \\
  --served-model-name "qwen" "publishers/ns/models/qwen" \\
  --port 8000 \\
  \${EXTRA_ARGS} \\
  \${VLLM_ADDITIONAL_ARGS} \\
  $@"`;

describe('containerFlags', () => {
  it.each([
    ['joined', { args: ['--config-text=a: b'] }],
    ['separate', { args: ['--config-text', 'a: b'] }],
    ['one dash', { args: ['-config-text', 'a: b'] }],
    ['camel case', { args: ['--configText', 'a: b'] }],
    [
      'camel case, one dash, joined',
      { command: ['/app/epp', '-configText=a: b'] },
    ],
    ['underscores', { args: ['--config_text', 'a: b'] }],
    [
      'in a script',
      { command: ['sh', '-c', "exec /app/epp --config-text 'a: b'"] },
    ],
  ])('reads a value: %s', (_, container) => {
    expect(containerFlags(container).value('config-text')).toBe('a: b');
  });

  it.each([
    [[], true],
    [['--secure-serving'], true],
    [['--secure-serving=true'], true],
    [['--secureServing=false'], false],
    [['--secure-serving', 'false'], true],
    [['--secure-serving=true', '--secure-serving=false'], false],
  ])('reads a boolean: %j', (args, expected) => {
    expect(containerFlags({ args }).isOn('secure-serving', true)).toBe(
      expected,
    );
  });

  it('reads a launch script, its parameters and the additional arguments', () => {
    const flags = containerFlags({
      command: ['/bin/bash', '-c', SCRIPT, '--'],
      args: ['--max-model-len=4096', '--dtype', 'half'],
      env: [
        {
          name: 'VLLM_ADDITIONAL_ARGS',
          value: `--no-enable-prefix-caching --kv-events-config '{"a": 1}'`,
        },
      ],
    });
    expect(flags.value('port')).toBe('8000');
    expect(flags.value('max-model-len')).toBe('4096');
    expect(flags.value('dtype')).toBe('half');
    expect(flags.value('kv-events-config')).toBe('{"a": 1}');
    expect(flags.has('no-enable-prefix-caching')).toBe(true);
    expect(flags.has('fake-flag')).toBe(false);
    expect(flags.has('disable-uvicorn-access-log')).toBe(false);
  });

  it('reads the script a user gave as the only argument', () => {
    const container = {
      command: ['/bin/bash', '-c'],
      args: [
        'python3 -m vllm.entrypoints.openai.api_server \\\n  --model=/mnt/models \\\n  --enable-prefix-caching\n',
      ],
    };
    expect(containerFlags(container).has('enable-prefix-caching')).toBe(true);
    expect(readLaunch(container).scriptIn).toBe('args');
    expect(containerFlags({ args: container.args }).value('model')).toBe(
      '/mnt/models',
    );
  });
});

const presets = path.resolve(
  __dirname,
  '../../../../../shared/conformance/presets',
);
const describeIf = existsSync(presets) ? describe : describe.skip;

describeIf(
  'real presets (skipped where the conformance data is absent)',
  () => {
    it.each(['kserve-v0.18.0', 'kserve-v0.20.0'])('%s', release => {
      const file = path.join(presets, release, 'config-llm-template.yaml');
      const { objects } = readObjects(readFileSync(file, 'utf8'));
      const container = at(objects[0], 'spec', 'template', 'containers', 0);
      const launch = readLaunch({
        ...(container as Record<string, unknown>),
        args: ['--max-model-len=4096'],
      });
      expect(launch).toMatchObject({
        scriptIn: 'command',
        passesParameters: true,
        evaluates: true,
        parameters: ['--max-model-len=4096'],
      });
      expect(launch.words.slice(0, 3)).toEqual([
        'vllm',
        'serve',
        '/mnt/models',
      ]);
      expect(launch.words).toContain('--max-model-len=4096');
    });
  },
);
