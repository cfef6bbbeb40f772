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

import { kindOf, type KubeObject, type ObjectStore } from '../api';
import { mergePatch } from '../api/patch';
import { mainContainer } from '../cluster';
import {
  at,
  isObject,
  listAt,
  numberAt,
  objectAt,
  stringsAt,
  textAt,
} from '../json';
import { childName } from './names';
import { chosenConfig, liveConfig } from './schedulerConfig';
import type { Templates } from './templates';

/** KServe's gateway for a service that names none. */
const DEFAULT_GATEWAY = { name: 'kserve-ingress-gateway', namespace: 'kserve' };

export function isStopped(service: KubeObject): boolean {
  return service.metadata.annotations?.['serving.kserve.io/stop'] === 'true';
}

/** The gateways a service's routes hang on. */
export function gatewaysOf(service: KubeObject) {
  const refs = listAt(service, 'spec', 'router', 'gateway', 'refs');
  if (refs.length === 0) return [DEFAULT_GATEWAY];
  return refs.map(ref => ({
    name: textAt(ref, 'name') ?? '',
    namespace: textAt(ref, 'namespace') ?? service.metadata.namespace ?? '',
  }));
}

/** Everything KServe creates for a service, as it would look freshly made. */
export function childrenOf(
  service: KubeObject,
  store: ObjectStore,
  templates: Templates,
): KubeObject[] {
  const { name, namespace } = service.metadata;
  const tensor = numberAt(service, 'spec', 'parallelism', 'tensor');
  const values = {
    name,
    namespace,
    modelName: textAt(service, 'spec', 'model', 'name') ?? name,
    replicas: isStopped(service)
      ? 0
      : numberAt(service, 'spec', 'replicas') ?? 1,
    tensorParallel: tensor ? `--tensor-parallel-size ${tensor}` : '',
    schedulerReplicas: isStopped(service)
      ? 0
      : numberAt(service, 'spec', 'router', 'scheduler', 'replicas') ?? 1,
    parentRefs: gatewaysOf(service).map(gateway => ({
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      ...gateway,
    })),
  };
  const children = templates
    .render('workload', values)
    .map(child => withWorkload(child, service));
  if (isObject(at(service, 'spec', 'router', 'scheduler'))) {
    const existing = store.get(
      kindOf('Deployment'),
      namespace,
      childName(name, '-kserve-router-scheduler'),
    );
    const fallback = templates.documents('scheduler-config')[0];
    const schedulerConfig = chosenConfig({
      store,
      service,
      existing,
      fallback,
    });
    children.push(
      ...templates
        .render('scheduler', { ...values, schedulerConfig })
        .map(child => withScheduler(child, service, schedulerConfig)),
    );
  }
  const route = at(service, 'spec', 'router', 'route');
  if (isObject(route) && listAt(route, 'http', 'refs').length === 0) {
    const own = objectAt(route, 'http', 'spec');
    children.push(
      ...templates.render('route', values).map(child => ({
        ...child,
        spec: { ...objectAt(child, 'spec'), ...own },
      })),
    );
  }
  return children;
}

function withWorkload(child: KubeObject, service: KubeObject): KubeObject {
  if (child.kind !== 'Deployment') return child;
  return mergePatch(
    child,
    {
      spec: {
        template: {
          metadata: {
            labels: stringsAt(service, 'spec', 'labels'),
            annotations: stringsAt(service, 'spec', 'annotations'),
          },
          spec: objectAt(service, 'spec', 'template'),
        },
      },
    },
    true,
  ) as KubeObject;
}

function withScheduler(
  child: KubeObject,
  service: KubeObject,
  config: string,
): KubeObject {
  const scheduler = objectAt(service, 'spec', 'router', 'scheduler');
  if (child.kind === 'InferencePool') {
    const spec = mergePatch(child.spec, objectAt(scheduler, 'pool', 'spec'));
    return { ...child, spec };
  }
  if (child.kind !== 'Deployment') return child;
  const merged = mergePatch(
    child,
    {
      spec: {
        template: {
          metadata: {
            labels: stringsAt(scheduler, 'labels'),
            annotations: stringsAt(scheduler, 'annotations'),
          },
          spec: objectAt(scheduler, 'template'),
        },
      },
    },
    true,
  ) as KubeObject;
  const main = mainContainer(at(merged, 'spec', 'template', 'spec'));
  if (!liveConfig(main)) {
    main.args = [...listAt(main, 'args'), '--config-text', config];
  }
  if ((numberAt(scheduler, 'replicas') ?? 1) > 1) {
    main.command = [...listAt(main, 'command'), '--ha-enable-leader-election'];
  }
  return merged;
}
