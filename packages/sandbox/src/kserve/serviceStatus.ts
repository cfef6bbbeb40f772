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
import { at, isObject, numberAt, textAt, type JsonObject } from '../json';
import { gatewaysOf, isStopped } from './children';
import {
  hasCondition,
  isAcceptedByParents,
  stampConditions,
  type Condition,
} from './conditions';
import { childName } from './names';

/**
 * The status KServe reports. None of it looks at the data path: conditions stay
 * True while every request passes the EPP by.
 */
export function serviceStatus(
  service: KubeObject,
  store: ObjectStore,
): JsonObject {
  const { name, namespace } = service.metadata;
  const find = (kind: string, suffix: string) =>
    store.get(kindOf(kind), namespace, childName(name, suffix));
  const workload = find('Deployment', '-kserve');
  const scheduler = find('Deployment', '-kserve-router-scheduler');
  const pool = find('InferencePool', '-inference-pool');
  const route = find('HTTPRoute', '-kserve-route');
  const gateways = gatewaysOf(service);
  const gateway = store.get(
    kindOf('Gateway'),
    gateways[0].namespace,
    gateways[0].name,
  );
  const address = textAt(gateway, 'status', 'addresses', 0, 'value');
  const url = address ? `http://${address}/${namespace}/${name}` : undefined;
  const conditions = conditionsOf(service, store);
  return {
    observedGeneration: service.metadata.generation,
    ...(url
      ? {
          url,
          addresses: [
            {
              url,
              origin: {
                group: 'gateway.networking.k8s.io',
                kind: 'Gateway',
                ...gateways[0],
              },
            },
          ],
        }
      : {}),
    conditions: stampConditions(service, conditions, store.now()),
    router: {
      ...(route
        ? {
            gateways: gateways.map(ref => ({
              group: 'gateway.networking.k8s.io',
              kind: 'Gateway',
              ...ref,
              httpRoutes: [reference(route)],
            })),
          }
        : {}),
      ...(pool
        ? {
            scheduler: {
              inferencePool: reference(pool),
              service: {
                group: '',
                kind: 'Service',
                name: childName(name, '-epp-service'),
                namespace,
              },
            },
          }
        : {}),
    },
    workloads: {
      ...(workload ? { primary: workloadReference(workload) } : {}),
      ...(scheduler ? { scheduler: workloadReference(scheduler) } : {}),
      service: {
        apiGroup: '',
        kind: 'Service',
        name: childName(name, '-kserve-workload-svc'),
      },
    },
    appliedConfigs: [
      'kserve-config-llm-template',
      ...(scheduler ? ['kserve-config-llm-scheduler'] : []),
      ...(route ? ['kserve-config-llm-router-route'] : []),
    ].map(config => ({ name: config, namespace: 'kserve', source: 'Preset' })),
  };
}

function conditionsOf(service: KubeObject, store: ObjectStore): Condition[] {
  const { name, namespace } = service.metadata;
  const find = (kind: string, suffix: string) =>
    store.get(kindOf(kind), namespace, childName(name, suffix));
  const stopped = isStopped(service);
  const condition = (
    type: string,
    met: boolean,
    reason: string,
    message: string,
  ): Condition => {
    if (stopped) {
      return {
        type,
        met: false,
        reason: 'Stopped',
        message: 'Service is stopped',
      };
    }
    return met ? { type, met } : { type, met, reason, message };
  };
  const deployed = (type: string, suffix: string) =>
    condition(
      type,
      hasCondition(find('Deployment', suffix), 'Available'),
      'MinimumReplicasUnavailable',
      'Deployment does not have minimum availability.',
    );
  const workload = deployed('MainWorkloadReady', '-kserve');
  const router: Condition[] = [];
  const gatewaysReady = gatewaysOf(service).every(ref =>
    hasCondition(
      store.get(kindOf('Gateway'), ref.namespace, ref.name),
      'Programmed',
    ),
  );
  router.push(
    condition(
      'GatewaysReady',
      gatewaysReady,
      'GatewaysNotReady',
      'a referenced Gateway does not exist or is not programmed',
    ),
  );
  if (isObject(at(service, 'spec', 'router', 'route'))) {
    const managed = find('HTTPRoute', '-kserve-route');
    router.push(
      condition(
        'HTTPRoutesReady',
        !managed || isAcceptedByParents(managed),
        'HTTPRoutesNotReady',
        'the HTTPRoute is not accepted by its Gateway',
      ),
    );
  }
  if (isObject(at(service, 'spec', 'router', 'scheduler'))) {
    router.push(
      condition(
        'InferencePoolReady',
        isAcceptedByParents(find('InferencePool', '-inference-pool')),
        'InferencePoolNotReady',
        'the InferencePool is not accepted by a Gateway',
      ),
      deployed('SchedulerWorkloadReady', '-kserve-router-scheduler'),
    );
  }
  const workloadsReady = rollup('WorkloadsReady', [workload]);
  const routerReady = rollup('RouterReady', router);
  return [
    rollup('Ready', [workloadsReady, routerReady]),
    { type: 'PresetsCombined', met: true },
    workload,
    workloadsReady,
    ...router,
    routerReady,
  ];
}

function rollup(type: string, parts: Condition[]): Condition {
  const failed = parts.find(part => !part.met);
  return failed ? { ...failed, type } : { type, met: true };
}

function reference(object: KubeObject) {
  return {
    group: object.apiVersion.split('/')[0],
    kind: object.kind,
    name: object.metadata.name,
    namespace: object.metadata.namespace,
  };
}

function workloadReference(deployment: KubeObject) {
  return {
    apiGroup: 'apps',
    kind: 'Deployment',
    name: deployment.metadata.name,
    readyReplicas: numberAt(deployment, 'status', 'readyReplicas') ?? 0,
  };
}
