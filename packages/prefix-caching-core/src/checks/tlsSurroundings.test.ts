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

import { scrapeMismatch, sidecars } from './tlsSurroundings';
import {
  engineContainer,
  enginePod,
  observe,
  pickerContainer,
  pickerPod,
  routerSamples,
  service,
} from './testing/cluster';

type Changes = Parameters<typeof observe>[0];
type Case = [
  title: string,
  seen: string | undefined,
  changes: Changes,
  ready?: number,
];

const spoken = (scheme: string) => ({
  readinessProbe: { httpGet: { scheme } },
});
const engines = (container: Record<string, unknown>): Changes => ({
  engine0: enginePod('chat', 0, { container }),
  engine1: enginePod('chat', 1, { container }),
});
const HTTPS = engines(spoken('HTTPS'));
const source = (type: string, parameters: object): Changes => ({
  picker: pickerPod('chat', {
    container: pickerContainer({
      args: [
        '--config-text',
        JSON.stringify({
          apiVersion: 'llm-d.ai/v1alpha1',
          kind: 'EndpointPickerConfig',
          plugins: [
            { type: 'queue-scorer', parameters: { scheme: 'http' } },
            { type, parameters },
          ],
          schedulingProfiles: [],
        }),
      ],
    }),
  }),
});
const flagged = (scheme: string): Changes => ({
  picker: pickerPod('chat', {
    container: { args: [`--model-server-metrics-scheme=${scheme}`] },
  }),
});
/** A service no pod of which runs, with the container it gives its engines. */
const declared = (container: Record<string, unknown>): Changes => ({
  engine0: undefined,
  engine1: undefined,
  service: service('chat', {
    template: { containers: [engineContainer(container)] },
  }),
});

describe('whether the picker asks engines in the scheme that they speak', () => {
  it.each<Case>([
    ['http on both sides', undefined, {}],
    ['the engines speak https', 'picker http, engine https', HTTPS],
    [
      'the picker asks over https',
      'picker https, engine http',
      flagged('https'),
    ],
    ['https on both sides', undefined, { ...HTTPS, ...flagged('https') }],
    [
      'https on both sides, by the plugin of newer pickers',
      undefined,
      { ...HTTPS, ...source('metrics-data-source', { scheme: 'https' }) },
    ],
    [
      'https of another plugin',
      'picker http, engine https',
      { ...HTTPS, ...source('models-data-source', { scheme: 'https' }) },
    ],
    [
      'a plugin that says nothing of it',
      'picker http, engine https',
      { ...HTTPS, ...source('metrics-data-source', {}) },
    ],
    [
      'a picker without a configuration to read',
      'picker http, engine https',
      {
        ...HTTPS,
        picker: pickerPod('chat', {
          container: { args: ['--config-text', 'none'] },
        }),
      },
    ],
    ['unlike, and the picker found engines ready', undefined, HTTPS, 2],
    [
      'unlike, and the picker found none ready',
      'picker http, engine https',
      HTTPS,
      0,
    ],
    [
      'no picker',
      undefined,
      { ...HTTPS, picker: undefined, pickerDeployment: undefined },
    ],
    [
      'no engine',
      undefined,
      { ...flagged('https'), engine0: undefined, engine1: undefined },
    ],
    [
      'a declared engine, which KServe gives its certificate',
      undefined,
      { ...declared({}), ...flagged('https') },
    ],
    [
      'a declared engine that says its scheme for another moment than the start',
      undefined,
      declared(spoken('HTTPS')),
    ],
    [
      'a declared engine that says its scheme itself',
      'picker http, engine https',
      declared({ startupProbe: { httpGet: { scheme: 'HTTPS' } } }),
    ],
  ])('%s: %s', (...[, seen, changes, ready]) => {
    const endpoints =
      ready === undefined
        ? []
        : [
            { role: 'router' as const, pod: 'chat-epp-1', router: {} },
            routerSamples('chat-epp-0', undefined, { readyEndpoints: ready }),
          ];
    expect(scrapeMismatch(observe(changes, { endpoints }))?.actual).toBe(seen);
  });
});

describe('whether a proxy stands between', () => {
  const injected = {
    spec: { containers: [{ name: 'main' }, { name: 'istio-proxy' }] },
  };

  it('is nothing to speak of where no pod has one', () => {
    expect(sidecars(observe(), false)).toBeUndefined();
  });

  it('names the pods that have one', () => {
    const judgement = sidecars(
      observe({
        engine0: enginePod('chat', 0, injected),
        picker: pickerPod('chat', injected),
      }),
      false,
    );
    expect(judgement).toMatchObject({
      verdict: 'fail',
      summary: '2 pods have an injected sidecar, so TLS is wrapped twice.',
      actual: 'sidecar in chat-epp-0 and chat-kserve-0',
    });
  });
});
