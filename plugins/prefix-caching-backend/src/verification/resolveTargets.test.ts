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

import type { Entity } from '@backstage/catalog-model';
import { resolveTargets } from './resolveTargets';

function entityWith(
  annotations: Record<string, string>,
  more: Partial<Entity> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'chat', annotations },
    ...more,
  };
}

const SERVICES = 'serving.kserve.io/llm-inference-services';
const CLUSTER = 'backstage.io/kubernetes-cluster';

describe('resolveTargets', () => {
  it.each([
    ['the only cluster', { [SERVICES]: 'llm/qwen' }, ['lab'], ['lab/llm/qwen']],
    [
      'the default cluster',
      { [SERVICES]: 'llm/qwen', [CLUSTER]: 'b' },
      ['a', 'b'],
      ['b/llm/qwen'],
    ],
    [
      'a named cluster',
      { [SERVICES]: 'a/llm/qwen', [CLUSTER]: 'b' },
      ['a', 'b'],
      ['a/llm/qwen'],
    ],
    [
      'an ARN',
      { [SERVICES]: 'arn:x/y/llm/qwen' },
      ['arn:x/y'],
      ['arn:x/y/llm/qwen'],
    ],
    [
      'several, each once',
      { [SERVICES]: ' llm/gpu , llm/tpu,llm/gpu,' },
      ['lab'],
      ['lab/llm/gpu', 'lab/llm/tpu'],
    ],
  ])('takes %s', (_name, annotations, clusters, expected) => {
    const { targets, problems } = resolveTargets(entityWith(annotations), {
      names: clusters,
    });
    expect(problems).toEqual([]);
    expect(
      targets.map(({ cluster, namespace, name }) =>
        [cluster, namespace, name].join('/'),
      ),
    ).toEqual(expected);
  });

  it.each([
    [
      'no namespace',
      { [SERVICES]: 'qwen' },
      ['lab'],
      'entity.annotation',
      'it names no namespace',
    ],
    [
      'nothing',
      { [SERVICES]: ' , ' },
      ['lab'],
      'entity.annotation',
      'it is empty',
    ],
    [
      'a bad name',
      { [SERVICES]: 'llm/Qwen\n' },
      ['lab'],
      'entity.annotation',
      'is no Kubernetes name',
    ],
    [
      'an unknown cluster',
      { [SERVICES]: 'x/llm/qwen' },
      ['a', 'b'],
      'entity.cluster',
      "claimed on cluster 'x'",
    ],
    [
      'no cluster among two',
      { [SERVICES]: 'llm/qwen' },
      ['a', 'b'],
      'entity.cluster',
      'the portal knows 2',
    ],
    [
      'no cluster at all',
      { [SERVICES]: 'llm/qwen' },
      [],
      'entity.cluster',
      'the portal knows 0',
    ],
  ])('finds %s', (_name, annotations, clusters, check, words) => {
    const { targets, problems } = resolveTargets(entityWith(annotations), {
      names: clusters,
    });
    expect(targets).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ check, verdict: 'fail' });
    expect(problems[0].summary).toContain(words);
  });

  it('calls no cluster unknown, and guesses none, while not all are listed', () => {
    const clusters = { names: ['lab'], unlisted: 'HTTP 503' };
    const named = resolveTargets(
      entityWith({ [SERVICES]: 'gke/llm/qwen' }),
      clusters,
    );
    expect(named.targets).toEqual([
      { cluster: 'gke', namespace: 'llm', name: 'qwen' },
    ]);
    expect(named.problems).toEqual([]);
    const unnamed = resolveTargets(
      entityWith({ [SERVICES]: 'llm/qwen' }),
      clusters,
    );
    expect(unnamed.targets).toEqual([]);
    expect(unnamed.problems).toMatchObject([
      { check: 'entity.cluster', verdict: 'inconclusive' },
    ]);
    expect(unnamed.problems[0].summary).toContain('cannot be told: HTTP 503');
  });

  it('keeps the good entries beside a bad one', () => {
    const { targets, problems } = resolveTargets(
      entityWith({ [SERVICES]: 'llm/qwen,oops' }),
      { names: ['lab'] },
    );
    expect(targets).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  it.each(['AiModelServerAPI', 'API'])(
    'reads the server URL of kind %s',
    kind => {
      const entity = entityWith(
        {},
        {
          kind,
          spec: {
            type: 'ai-model-server',
            serverUrl:
              'https://qwen-kserve-workload-svc.llm.svc.cluster.local:8000',
          },
        },
      );
      expect(resolveTargets(entity, { names: ['lab'] }).targets).toEqual([
        { cluster: 'lab', namespace: 'llm', name: 'qwen' },
      ]);
      entity.spec = { type: 'ai-model-server', serverUrl: 'https://gw/x' };
      expect(resolveTargets(entity, { names: ['lab'] }).problems).toEqual([
        expect.objectContaining({
          check: 'entity.unlinked',
          verdict: 'inconclusive',
          summary:
            "The entity's spec.serverUrl, https://gw/x, does not say which LLMInferenceService serves it.",
        }),
      ]);
    },
  );

  it.each([
    ['another entity', entityWith({})],
    [
      'a model server without an address',
      entityWith({}, { kind: 'API', spec: { type: 'ai-model-server' } }),
    ],
  ])('says of %s that it names no service', (_, entity) => {
    const { targets, problems } = resolveTargets(entity, { names: ['lab'] });
    expect(targets).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({
        check: 'entity.unlinked',
        verdict: 'inconclusive',
        summary: expect.stringMatching(/default\/chat names no LLMInf/),
      }),
    ]);
  });
});
