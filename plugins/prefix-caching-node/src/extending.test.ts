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

import { readFileSync } from 'fs';
import path from 'path';
import {
  DuplicateCheckError,
  verify,
  withAddedChecks,
} from 'prefix-caching-core';
import type { KubernetesObject, Observation } from 'prefix-caching-core';
import { acmePlatform, imageRegistry } from './__examples__/acmeModule';
import { prefixCachingExtensionPoint } from './index';

const page = path.resolve(__dirname, '../../../docs/extending.md');
const example = path.resolve(__dirname, '__examples__/acmeModule.ts');

function engine(image: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'chat-kserve-0',
      namespace: 'llm',
      labels: {
        'app.kubernetes.io/name': 'chat',
        'app.kubernetes.io/part-of': 'llminferenceservice',
        'app.kubernetes.io/component': 'llminferenceservice-workload',
        'kserve.io/component': 'workload',
      },
    },
    spec: { containers: [{ name: 'main', image }] },
  };
}

function observation(...objects: KubernetesObject[]): Observation {
  return {
    source: 'cluster',
    target: { cluster: 'c', namespace: 'llm', name: 'chat' },
    objects,
    neighbours: [],
    endpoints: [],
    observedAt: '2026-08-20T12:00:00.000Z',
    gaps: [],
  };
}

describe('the example of docs/extending.md', () => {
  it('stands there word for word', () => {
    const source = readFileSync(example, 'utf8').replace(
      /^\/\*[\s\S]*?\*\/\n\n/,
      '',
    );
    expect(readFileSync(page, 'utf8')).toContain(`\`\`\`ts\n${source}\`\`\``);
  });

  it.each([
    [
      'an image from elsewhere',
      [engine('docker.io/vllm/vllm-openai:v0.30.0')],
      'warn',
    ],
    ['its own image', [engine('registry.acme.example/vllm:1')], 'pass'],
    ['no pod', [], 'inconclusive'],
  ])('judges %s after the checks of the catalogue', (_, objects, verdict) => {
    const { findings } = verify(
      observation(...objects),
      {},
      { checks: [imageRegistry] },
    );
    expect(findings.at(-1)).toMatchObject({
      check: 'acme.image-registry',
      verdict,
      commands: [
        expect.objectContaining({ purpose: 'the images of the engines' }),
      ],
    });
    expect(findings).toHaveLength(withAddedChecks().length + 1);
  });

  it('adds a platform under an id of its own', () => {
    expect(acmePlatform).toMatchObject({
      id: 'acme-kserve-0.20',
      tls: true,
      apiVersion: 'serving.kserve.io/v1alpha2',
    });
  });
});

describe('an added check', () => {
  it('cannot take the id of another one', () => {
    expect(() => withAddedChecks([imageRegistry, imageRegistry])).toThrow(
      new DuplicateCheckError('acme.image-registry'),
    );
    expect(() =>
      withAddedChecks([{ ...imageRegistry, id: 'router.pool' }]),
    ).toThrow(
      "There is a check 'router.pool' already. Expected an id that no check has; begin it with your team's or company's name, as in 'acme.pool'.",
    );
  });
});

describe('prefixCachingExtensionPoint', () => {
  it('has the id that modules depend on', () => {
    expect(prefixCachingExtensionPoint.id).toBe('prefix-caching.extensions');
  });
});
