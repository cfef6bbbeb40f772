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

import { routerScorers } from './routerScorers';
import {
  object,
  observe,
  PICKER_CONFIG,
  pickerDeployment,
  pickerPod,
  service,
} from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

const config = (
  plugins: string,
  weights: string,
) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins: [${plugins}]
schedulingProfiles: [{name: default, plugins: [${weights}]}]
`;
const WEIGHT_0 = config(
  '{type: prefix-cache-scorer}',
  '{pluginRef: prefix-cache-scorer, weight: 0}',
);
const NO_PREFIX = config(
  '{type: queue-scorer}',
  '{pluginRef: queue-scorer, weight: 2}',
);
const NO_PRODUCER = config(
  '{type: prefix-cache-scorer, parameters: {prefixMatchInfoProducerName: precise-prefix-cache-producer}}',
  '{pluginRef: prefix-cache-scorer, weight: 3}',
);
const TWO_PROFILES = `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins: [{type: queue-scorer}, {type: prefix-cache-scorer}]
schedulingProfiles: [{name: prefill, plugins: [{pluginRef: prefix-cache-scorer, weight: 3}]}, {name: decode, plugins: [{pluginRef: queue-scorer, weight: 2}]}]
`;
const running = (args: string[]) => ({
  picker: pickerPod('chat', { container: { args } }),
});
const LIVE = 'queue-scorer 2, prefix-cache-scorer 3';
const mounted = (name = 'weights') => ({
  picker: pickerPod('chat', {
    container: {
      args: ['--config-file', '/etc/epp/config.yaml'],
      volumeMounts: [{ name: 'config', mountPath: '/etc/epp' }],
    },
    spec: {
      containers: [
        {
          name: 'main',
          args: ['--config-file', '/etc/epp/config.yaml'],
          volumeMounts: [{ name: 'config', mountPath: '/etc/epp' }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name } }],
    },
  }),
  pickerDeployment: pickerDeployment('chat', {
    spec: {
      template: {
        spec: {
          containers: [],
          volumes: [{ name: 'config', configMap: { name } }],
        },
      },
    },
  }),
});
const weights = object('ConfigMap', 'weights', {
  data: { 'config.yaml': PICKER_CONFIG },
});
const declares = (inline: Record<string, unknown>) =>
  service('chat', { router: { route: {}, scheduler: { config: { inline } } } });
const inlineConfig = {
  apiVersion: 'llm-d.ai/v1alpha1',
  kind: 'EndpointPickerConfig',
  plugins: [{ type: 'prefix-cache-scorer' }],
  schedulingProfiles: [
    {
      name: 'default',
      plugins: [{ pluginRef: 'prefix-cache-scorer', weight: 5 }],
    },
  ],
};
const noPicker = { picker: undefined, pickerDeployment: undefined };
const gap = (what: string) => ({
  what,
  reason: 'forbidden' as const,
  message: `${what}s may not be read.`,
});

function profiles(
  plugins: (string | object)[],
  weighed: [name: string, byScorer: Record<string, number>][],
): string {
  return JSON.stringify({
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: plugins.map(each =>
      typeof each === 'string' ? { type: each } : each,
    ),
    schedulingProfiles: weighed.map(([name, byScorer]) => ({
      name,
      plugins: Object.entries(byScorer).map(([pluginRef, weight]) => ({
        pluginRef,
        weight,
      })),
    })),
  });
}

describe('router.scorers', () => {
  it.each<Case>([
    ['weighs prefixes', observe(), 'pass', 'weighs what replicas hold'],
    [
      'weight 0',
      observe(running(['--config-text', WEIGHT_0])),
      'fail',
      'has weight 0',
    ],
    [
      'no prefix scorer',
      observe(running(['--config-text', NO_PREFIX])),
      'fail',
      'without a prefix scorer',
    ],
    [
      'no producer',
      observe(running(['--config-text', NO_PRODUCER])),
      'fail',
      'no plugin precise-prefix-cache-producer',
    ],
    [
      'missing from one profile of two',
      observe(running(['--config-text', TWO_PROFILES])),
      'warn',
      'missing from decode',
    ],
    [
      'another configuration is declared',
      observe({ service: declares(inlineConfig) }),
      'warn',
      'other weights than the service declares',
    ],
    [
      'a text nobody can read',
      observe(running(['--config-text', 'kind: Other'])),
      'inconclusive',
      'cannot be read',
    ],
    [
      'from a mounted ConfigMap',
      observe({ ...mounted(), weights }),
      'pass',
      'weighs what replicas hold',
    ],
    [
      'ConfigMap may not be read',
      observe(mounted(), { gaps: [gap('ConfigMap')] }),
      'inconclusive',
      'ConfigMaps may not be read',
    ],
    [
      'ConfigMap does not exist',
      observe(mounted()),
      'inconclusive',
      'ConfigMap weights has no key config.yaml',
    ],
    [
      'no configuration flag',
      observe(running(['--v', '2'])),
      'inconclusive',
      'carries no configuration flag',
    ],
    [
      'Deployment alone',
      observe({ picker: undefined }),
      'inconclusive',
      'no Endpoint Picker runs with them',
    ],
    [
      'Deployment alone, and it is wrong',
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', {
          container: { args: ['--config-text', NO_PREFIX] },
        }),
      }),
      'fail',
      'without a prefix scorer',
    ],
    [
      'nothing may be read',
      observe(noPicker, { gaps: [gap('Pod'), gap('Deployment')] }),
      'inconclusive',
      "Can't tell whether the Endpoint Picker weighs prefixes",
    ],
    [
      'no picker',
      observe(noPicker),
      'inconclusive',
      'No Endpoint Picker was seen',
    ],
    [
      'files that declare weights',
      observe(
        { ...noPicker, service: declares(inlineConfig) },
        { source: 'manifests' },
      ),
      'pass',
      'weighs',
    ],
    [
      'files that declare none',
      observe(noPicker, { source: 'manifests' }),
      'skipped',
      "platform's default applies",
    ],
    [
      'no scheduling profile',
      observe(running(['--config-text', profiles([], [])])),
      'fail',
      'no scheduling profile',
    ],
    [
      'no scorer at all',
      observe(
        running([
          '--config-text',
          profiles(['queue-scorer'], [['default', {}]]),
        ]),
      ),
      'fail',
      'no scorer',
    ],
    [
      'weight 0 in one of two profiles, and none in the other',
      observe(
        running([
          '--config-text',
          profiles(
            ['prefix-cache-scorer', 'queue-scorer'],
            [
              ['prefill', { 'queue-scorer': 2, 'prefix-cache-scorer': 0 }],
              ['decode', { 'queue-scorer': 2 }],
            ],
          ),
        ]),
      ),
      'fail',
      'has weight 0',
    ],
    [
      'its producer is there, by its type',
      observe(
        running([
          '--config-text',
          profiles(
            [
              {
                type: 'prefix-cache-scorer',
                parameters: {
                  prefixMatchInfoProducerName: 'approx-prefix-cache-producer',
                },
              },
              'approx-prefix-cache-producer',
            ],
            [['default', { 'prefix-cache-scorer': 3 }]],
          ),
        ]),
      ),
      'pass',
      'weighs what replicas hold',
    ],
    [
      'another plugin names a producer that nobody configured',
      observe(
        running([
          '--config-text',
          profiles(
            [
              'prefix-cache-scorer',
              {
                type: 'session-affinity-scorer',
                parameters: { prefixMatchInfoProducerName: 'none' },
              },
            ],
            [['default', { 'prefix-cache-scorer': 3 }]],
          ),
        ]),
      ),
      'pass',
      'weighs what replicas hold',
    ],
    [
      'the same is declared, in another order',
      observe({
        ...running([
          '--config-text',
          profiles(
            ['queue-scorer', 'prefix-cache-scorer'],
            [['default', { 'queue-scorer': 2, 'prefix-cache-scorer': 3 }]],
          ),
        ]),
        service: declares(
          JSON.parse(
            profiles(
              ['prefix-cache-scorer', 'queue-scorer'],
              [['default', { 'prefix-cache-scorer': 3, 'queue-scorer': 2 }]],
            ),
          ),
        ),
      }),
      'pass',
      'weighs what replicas hold',
    ],
    [
      'the same scorers are declared with other weights',
      observe({
        ...running([
          '--config-text',
          profiles(
            ['prefix-cache-scorer'],
            [['default', { 'prefix-cache-scorer': 3 }]],
          ),
        ]),
        service: declares(inlineConfig),
      }),
      'warn',
      'other weights than the service declares',
    ],
    [
      'Deployment alone, as pods may not be read',
      observe({ picker: undefined }, { gaps: [gap('Pod')] }),
      'inconclusive',
      "Can't tell whether an Endpoint Picker runs with these weights: Pods may not be read.",
    ],
    [
      'files that declare what nobody can read',
      observe(
        { ...noPicker, service: declares({ kind: 'Other' }) },
        { source: 'manifests' },
      ),
      'fail',
      "The Endpoint Picker's configuration cannot be read.",
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routerScorers, given)).toEqual(wanted(given));
  });

  it.each([
    ['--config-text', PICKER_CONFIG],
    ['-config-text', PICKER_CONFIG],
    ['--configText', PICKER_CONFIG],
    [`--configText=${PICKER_CONFIG}`],
    [`-configText=${PICKER_CONFIG}`],
    [
      '--config-text',
      JSON.stringify({
        ...inlineConfig,
        schedulingProfiles: [
          {
            name: 'default',
            plugins: [{ pluginRef: 'prefix-cache-scorer', weight: 5 }],
          },
        ],
      }),
    ],
  ])('reads the weights given as %s', (...args) => {
    const judgement = judged(routerScorers, observe(running(args)));
    expect(judgement.verdict).toBe('pass');
    expect([LIVE, 'prefix-cache-scorer 5']).toContain(judgement.actual);
  });

  it('believes the running pod and not the Deployment', () => {
    const judgement = judged(
      routerScorers,
      observe({
        pickerDeployment: pickerDeployment('chat', {
          container: { args: ['--config-text', NO_PREFIX] },
        }),
      }),
    );
    expect(judgement).toMatchObject({ verdict: 'pass', actual: LIVE });
    expect(judgement.evidence?.[0].subject).toBe(
      'Pod llm/chat-epp-0, container main, --config-text',
    );
  });
});
