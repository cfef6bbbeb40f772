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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PickerConfigError, readEndpointPickerConfig } from './index';

const conformance = resolve(__dirname, '../../../../../shared/conformance');
const describeConformance = existsSync(conformance) ? describe : describe.skip;

function config(body: string): string {
  return `apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\n${body}`;
}

describe('readEndpointPickerConfig', () => {
  it('resolves references, weights, pickers and parameters', () => {
    const text = config(`
plugins:
- type: single-profile-handler
- type: prefix-cache-scorer
  name: affinity
  parameters: { blockSizeTokens: 64 }
- type: queue-scorer
- type: by-label
  name: gpus
- type: acme-affinity
- type: max-score-picker
schedulingProfiles:
- name: default
  plugins:
  - pluginRef: gpus
  - pluginRef: affinity
    weight: 2.5
  - pluginRef: queue-scorer
  - pluginRef: acme-affinity
    weight: 0
  - pluginRef: max-score-picker
- name: empty
`);
    expect(readEndpointPickerConfig(text)).toEqual({
      apiVersion: 'llm-d.ai/v1alpha1',
      profiles: [
        {
          name: 'default',
          scorers: [
            { name: 'affinity', type: 'prefix-cache-scorer', weight: 2.5 },
            { name: 'queue-scorer', type: 'queue-scorer', weight: 1 },
            { name: 'acme-affinity', type: 'acme-affinity', weight: 0 },
          ],
          picker: 'max-score-picker',
        },
        { name: 'empty', scorers: [] },
      ],
      plugins: [
        { name: 'single-profile-handler', type: 'single-profile-handler' },
        {
          name: 'affinity',
          type: 'prefix-cache-scorer',
          parameters: { blockSizeTokens: 64 },
        },
        { name: 'queue-scorer', type: 'queue-scorer' },
        { name: 'gpus', type: 'by-label' },
        { name: 'acme-affinity', type: 'acme-affinity' },
        { name: 'max-score-picker', type: 'max-score-picker' },
      ],
    });
  });

  it('reads JSON, and the first apiVersion', () => {
    const text = JSON.stringify({
      apiVersion: 'inference.networking.x-k8s.io/v1alpha1',
      kind: 'EndpointPickerConfig',
      plugins: [{ type: 'queue-scorer' }],
      schedulingProfiles: [
        { name: 'p', plugins: [{ pluginRef: 'queue-scorer', weight: 2 }] },
      ],
    });
    expect(readEndpointPickerConfig(text).profiles).toEqual([
      {
        name: 'p',
        scorers: [{ name: 'queue-scorer', type: 'queue-scorer', weight: 2 }],
      },
    ]);
  });

  it.each([
    ['', 'the text is missing, expected a mapping.'],
    ['just words', 'the text is "just words", expected a mapping.'],
    ['a: [1', 'expected YAML or JSON: '],
    ['a: 1\n---\nb: 2\n', 'expected YAML or JSON: '],
    [
      'kind: ConfigMap',
      'kind is "ConfigMap", expected "EndpointPickerConfig".',
    ],
    [
      'kind: EndpointPickerConfig\napiVersion: v1',
      'apiVersion is "v1", expected inference.networking.x-k8s.io/v1alpha1 or llm-d.ai/v1alpha1.',
    ],
    [config('plugins: none'), 'plugins is "none", expected a list.'],
    [
      config('plugins: [{ name: a }]'),
      'plugins[0].type is missing, expected a name.',
    ],
    [
      config('plugins: [{ type: a }, { type: b, name: a }]'),
      'plugins[1] is named "a" like a plugin before it; give one of them another name.',
    ],
    [
      config(
        'plugins: [{ type: a }]\nschedulingProfiles: [{ name: p, plugins: [{ pluginRef: b }] }]',
      ),
      'schedulingProfiles[0].plugins[0].pluginRef is "b", but plugins declares only a.',
    ],
    [
      config(
        'plugins: [{ type: q-scorer }]\nschedulingProfiles: [{ name: p, plugins: [{ pluginRef: q-scorer, weight: high }] }]',
      ),
      'schedulingProfiles[0].plugins[0].weight is "high", expected a number.',
    ],
    [
      `a: &a [x, x]\n${[...'bcdefgh']
        .map(
          (name, at) =>
            `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9)}]\n`,
        )
        .join('')}`,
      'expected YAML or JSON: ',
    ],
  ])('says in a sentence what is wrong with %j', (text, message) => {
    expect(() => readEndpointPickerConfig(text)).toThrow(PickerConfigError);
    expect(() => readEndpointPickerConfig(text)).toThrow(message);
  });
});

describeConformance(
  'readEndpointPickerConfig, on the conformance files',
  () => {
    it.each([
      ['v0.16.0-single', '2 prefix-cache, 1 load-aware'],
      [
        'v0.16.0-pd',
        '2 prefix-cache, 1 load-aware; 2 prefix-cache, 1 load-aware',
      ],
      ['v0.18.0-single', '2 queue, 3 prefix-cache'],
      ['v0.18.0-pd', '2 queue, 3 prefix-cache; 2 queue, 3 prefix-cache'],
      [
        'v0.20.0-single',
        '2 queue, 2 kv-cache-utilization, 3 prefix-cache, 2 no-hit-lru',
      ],
      [
        'v0.20.0-pd',
        '3 prefix-cache, 2 queue, 2 kv-cache-utilization; 2 active-request, 3 prefix-cache',
      ],
    ])('reads the default of KServe %s', (name, expected) => {
      const path = join(conformance, 'scheduler-config', `${name}.yaml`);
      const { profiles } = readEndpointPickerConfig(readFileSync(path, 'utf8'));
      const weights = profiles.map(({ scorers }) =>
        scorers
          .map(({ type, weight }) => `${weight} ${type.replace('-scorer', '')}`)
          .join(', '),
      );
      expect(weights.join('; ')).toBe(expected);
      expect(profiles.map(({ picker }) => picker)).toEqual(
        profiles.map(() => 'max-score-picker'),
      );
    });

    it('reads every sample config of the router', () => {
      const folder = join(conformance, 'epp-config');
      const files = readdirSync(folder);
      expect(files.length).toBeGreaterThan(10);
      for (const file of files) {
        const text = readFileSync(join(folder, file), 'utf8');
        const { plugins, profiles } = readEndpointPickerConfig(text);
        expect(plugins).toHaveLength((text.match(/^ *- type:/gm) ?? []).length);
        const weighed = profiles.flatMap(({ scorers }) => scorers);
        expect(weighed.length).toBeGreaterThanOrEqual(
          (text.match(/^ +weight:/gm) ?? []).length,
        );
      }
    });
  },
);
