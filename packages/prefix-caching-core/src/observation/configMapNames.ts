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

/** The kubelet mounts this one into every pod; it holds no configuration. */
const CLUSTER_CA = 'kube-root-ca.crt';

function volumesOf(workload: KubernetesObject): unknown[] {
  return workload.kind === 'Pod'
    ? listAt(workload, 'spec', 'volumes')
    : listAt(workload, 'spec', 'template', 'spec', 'volumes');
}

/**
 * ConfigMaps that may hold a picker's configuration, by name: those its
 * workloads or its service's template mount, and the one its service names.
 *
 * @public
 */
export function configMapNames(
  service: KubernetesObject | undefined,
  workloads: readonly KubernetesObject[],
): string[] {
  const scheduler = at(service, 'spec', 'router', 'scheduler');
  const volumes = [
    ...workloads.flatMap(volumesOf),
    ...listAt(scheduler, 'template', 'volumes'),
  ];
  const names = [
    ...volumes.map(volume => textAt(volume, 'configMap', 'name')),
    textAt(scheduler, 'config', 'ref', 'name'),
  ];
  return [...new Set(names.flatMap(name => name ?? []))].filter(
    name => name !== CLUSTER_CA,
  );
}
