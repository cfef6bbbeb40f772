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

import { isRecord } from '../../kubernetes';
import type { KubernetesObject } from '../../kubernetes';

/**
 * The fields of an LLMInferenceService per API version and release, for the
 * releases whose CRD is not at hand. Where a field is listed as `true` its
 * content is Kubernetes' or Gateway API's own and the same in every release.
 */
type Fields = { [field: string]: true | Fields };

const WORKLOAD: Fields = {
  replicas: true,
  parallelism: {
    tensor: true,
    pipeline: true,
    data: true,
    dataLocal: true,
    dataRPCPort: true,
    expert: true,
  },
  template: true,
  worker: true,
};

function router(scheduler: Fields): Fields {
  return {
    route: { http: { refs: true, spec: true } },
    gateway: { refs: true },
    ingress: { refs: true },
    scheduler,
  };
}

const V1ALPHA1: Fields = {
  ...WORKLOAD,
  model: { uri: true, name: true, lora: true, criticality: true },
  prefill: true,
  router: router({ pool: true, template: true }),
  baseRefs: true,
};

const V1ALPHA2: Fields = {
  ...WORKLOAD,
  model: { uri: true, name: true, lora: true },
  storageInitializer: true,
  scaling: true,
  labels: true,
  annotations: true,
  prefill: true,
  router: router({
    pool: true,
    template: true,
    config: { inline: true, ref: true },
    labels: true,
    annotations: true,
    replicas: true,
  }),
  baseRefs: true,
};

const TABLES: Record<string, Fields> = {
  'serving.kserve.io/v1alpha1': V1ALPHA1,
  'serving.kserve.io/v1alpha2': V1ALPHA2,
};

function unknownIn(value: unknown, fields: Fields, path: string): string[] {
  if (!isRecord(value)) {
    return [`${path} is no group of fields`];
  }
  return Object.entries(value).flatMap(([key, member]) => {
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (known === undefined) return [`${path}.${key} is no field`];
    return known === true ? [] : unknownIn(member, known, `${path}.${key}`);
  });
}

/** Fields of a service that its API version does not have, and what is required and missing. */
export function fieldProblems(service: KubernetesObject): string[] {
  const table = TABLES[service.apiVersion];
  if (!table) {
    return [`${service.apiVersion} is no version of LLMInferenceService`];
  }
  const spec = service.spec ?? {};
  const model = spec.model;
  return [
    ...unknownIn(spec, table, 'spec'),
    ...(isRecord(model) && typeof model.uri === 'string'
      ? []
      : ['spec.model.uri is missing']),
  ];
}
