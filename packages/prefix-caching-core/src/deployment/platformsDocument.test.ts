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
import { PLATFORMS } from '../platforms';
import { POLICY_FLOWS } from './networkFlows';

const ROWS = readFileSync(
  path.resolve(__dirname, '../../../../docs/platforms.md'),
  'utf8',
)
  .split('\n')
  .filter(line => line.startsWith('|'))
  .map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );

describe('docs/platforms.md', () => {
  it.each(PLATFORMS.map(profile => [profile.id, profile] as const))(
    'says of %s what its profile says',
    (id, profile) => {
      const row = ROWS.find(([first]) => first === `\`${id}\``);
      expect(row?.slice(1)).toEqual([
        profile.name,
        profile.apiVersion.split('/')[1],
        profile.poolGroup === 'inference.networking.x-k8s.io'
          ? 'x-k8s.io'
          : 'k8s.io, both',
        {
          'replace-script': '`VLLM_ADDITIONAL_ARGS`',
          'replace-arguments': '`command` and `args`, the whole of them',
          append: `\`args\`, appended${
            profile.evaluates ? ' and read twice by a shell' : ''
          }`,
        }[profile.arguments],
        profile.schedulerConfig === 'inline'
          ? '`config.inline`'
          : "picker's arguments",
        {
          always: 'always on',
          never: 'never',
          either: `${profile.tls ? 'on' : 'off'}, can be chosen`,
        }[profile.tlsChoice],
        profile.istio,
      ]);
    },
  );

  it('has the flows of the network policies as they are rendered', () => {
    expect(
      ROWS.filter(row => row.length === 4).filter(
        ([first]) => !/^(-+|Usual name)$/.test(first),
      ),
    ).toEqual(
      POLICY_FLOWS.map(({ usualName, flow, ports, where }) => [
        usualName,
        flow,
        ports,
        where,
      ]),
    );
  });
});
