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

import { at, listAt, textAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';

/** An object that a status names. */
interface Named {
  namespace: string;
  name: string;
}

/**
 * What KServe itself says belongs to a service: its status names it from 0.19
 * on, so that no name has to be built. Empty on older releases, and where the
 * service is read as v1alpha1 without `workloads`.
 */
export interface StatusReferences {
  routes: Named[];
  pools: Named[];
  pickerServices: Named[];
  /** `namespace/name`. */
  gateways: string[];
  /** Names of Deployments, in the service's own namespace. */
  workload?: string;
  picker?: string;
  workloadService?: string;
}

/** Reads `status.router` and `status.workloads` of an LLMInferenceService. */
export function statusReferences(
  service: KubernetesObject | undefined,
): StatusReferences {
  const own = service?.metadata.namespace ?? 'default';
  const named = (reference: unknown): Named[] => {
    const name = textAt(reference, 'name');
    const namespace = textAt(reference, 'namespace') ?? own;
    return name ? [{ namespace, name }] : [];
  };
  const router = at(service, 'status', 'router');
  const gateways = listAt(router, 'gateways');
  const deployment = (workload: string) => {
    const reference = at(service, 'status', 'workloads', workload);
    return textAt(reference, 'kind') === 'Deployment'
      ? textAt(reference, 'name')
      : undefined;
  };
  return {
    routes: gateways.flatMap(gateway =>
      listAt(gateway, 'httpRoutes').flatMap(named),
    ),
    pools: named(at(router, 'scheduler', 'inferencePool')),
    pickerServices: named(at(router, 'scheduler', 'service')),
    gateways: gateways
      .flatMap(named)
      .map(({ namespace, name }) => `${namespace}/${name}`),
    workload: deployment('primary'),
    picker: deployment('scheduler'),
    workloadService: textAt(service, 'status', 'workloads', 'service', 'name'),
  };
}
