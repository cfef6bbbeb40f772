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

import type { KubernetesObject } from 'prefix-caching-core';
import { gatewayUse, modelText, nameOfRef, repositoryOf } from './planParts';

function service(spec: object): KubernetesObject {
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: { name: 'a' },
    spec: { router: { route: { http: { spec } } } },
  };
}

const gateway: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'a' },
};

describe('the parts of a plan', () => {
  it.each([
    ['own', [service({ rules: [] }), gateway]],
    ['hosts', [service({ hostnames: ['a.example.com'], rules: [] })]],
    ['rules', [service({ rules: [] })]],
    ['shared', [service({})]],
    ['shared', []],
  ])('say what keeps pickers apart: %s', (use, objects) => {
    expect(gatewayUse(objects)).toBe(use);
  });

  it.each([
    ['group:default/team-assist', 'team-assist'],
    ['user:ada', 'ada'],
    ['team', 'team'],
    [undefined, undefined],
  ])('name %j as %j', (ref, name) => {
    expect(nameOfRef(ref)).toBe(name);
  });

  it.each([
    ['gitlab.com?owner=assist&repo=qwen', 'gitlab.com/assist/qwen'],
    ['localhost:7009?owner=a%2Fb&repo=c', 'localhost:7009/a/b/c'],
    ['gitlab.com', 'gitlab.com'],
    [undefined, undefined],
  ])('show the repository %j as %j', (url, text) => {
    expect(repositoryOf(url)).toBe(text);
  });

  it.each([
    [{ model: 'm' }, 'Model M'],
    [{ model: 'gone' }, 'gone'],
    [
      { model: 'other', modelName: 'own', modelUri: 'pvc://a/b' },
      'own, pvc://a/b',
    ],
  ])('show the model of %j as %s', (form, text) => {
    expect(modelText(form, [{ id: 'm', name: 'Model M' }])).toBe(text);
  });
});
