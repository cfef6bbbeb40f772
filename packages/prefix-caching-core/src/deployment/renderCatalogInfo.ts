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

import type { KubernetesObject } from '../kubernetes';
import { manifestText } from './manifestText';
import { openApiDefinition } from './openApiDefinition';
import type { ResolvedPlan } from './resolvedPlan';
import type { RenderedFile } from './types';

/** The entity's claim; the proof is the services' back-reference. */
const TARGETS_ANNOTATION = 'serving.kserve.io/llm-inference-services';

/** Drops what nobody said, so that no empty field is written. */
function present<T extends Record<string, unknown>>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}

function annotations({ plan, services }: ResolvedPlan) {
  return present({
    [TARGETS_ANNOTATION]: services
      .map(({ name }) => `${plan.namespace}/${name}`)
      .join(','),
    'backstage.io/kubernetes-id': plan.name,
    'backstage.io/kubernetes-namespace': plan.namespace,
    'backstage.io/kubernetes-cluster': plan.cluster,
    'prefix-caching/data-class': plan.dataClass,
    'prefix-caching/tenancy': plan.tenancy,
  } as Record<string, string>);
}

function links({ facts, model }: ResolvedPlan) {
  const page =
    facts?.huggingFace ?? (/^hf:\/\/([^:@]+)/.exec(model.uri) ?? [])[1];
  return page
    ? [{ url: `https://huggingface.co/${page}`, title: 'Model card' }]
    : undefined;
}

/** `catalog-info.yaml`: the server, its API and the model it serves. */
export function renderCatalogInfo(resolved: ResolvedPlan): RenderedFile {
  const { plan, model, services } = resolved;
  const lifecycle = plan.lifecycle ?? 'experimental';
  const named = { name: plan.name, namespace: plan.entityNamespace };
  const shared = { owner: plan.owner, system: plan.system };
  const entity = (
    kind: string,
    metadata: Record<string, unknown>,
    spec: Record<string, unknown>,
  ): KubernetesObject => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: present({
      ...named,
      ...metadata,
    }) as KubernetesObject['metadata'],
    spec: present(spec),
  });
  const objects = [
    entity(
      'Component',
      {
        description:
          plan.description ??
          `${model.name} on ${services
            .map(({ accelerator }) => accelerator.name)
            .join(' and ')}, with requests routed by cached prefix.`,
        annotations: annotations(resolved),
        links: links(resolved),
        tags: ['model-server', 'prefix-caching'],
      },
      {
        type: 'model-server',
        lifecycle,
        ...shared,
        providesApis: [plan.name],
        dependsOn: [
          `resource:${plan.entityNamespace ?? 'default'}/${plan.name}`,
        ],
      },
    ),
    entity(
      'API',
      { description: `OpenAI-compatible API of ${model.name}.` },
      {
        type: 'openapi',
        lifecycle,
        ...shared,
        definition: openApiDefinition(resolved),
      },
    ),
    entity(
      'Resource',
      {
        description: `The model ${model.name}, from ${model.uri}.`,
        links: links(resolved),
      },
      { type: 'ai-model', ...shared },
    ),
  ];
  return {
    path: 'catalog-info.yaml',
    content: objects
      .map(object =>
        manifestText(object, [
          [
            ['metadata', 'annotations', TARGETS_ANNOTATION],
            'The services the prefix caching tab verifies.',
          ],
        ]),
      )
      .join('---\n'),
    objects,
  };
}
