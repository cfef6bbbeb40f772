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

import {
  containerFlags,
  groupOf,
  listAt,
  numberAt,
  ENGINE_PORT,
  PICKER_PORT,
  POOL_GROUPS,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import {
  isPool,
  objectsOf,
  pickerContainers,
  pickerOf,
  routesOf,
  rulesOf,
  targetPortsOf,
} from '../observation';
import type { Observation } from '../observation';
import { compareVersions, ISTIO_POOL_V1 } from '../platforms/versions';
import { isAccepted } from './gatewayRoutes';

/** Something in which route, pool, picker and Service contradict each other. */
export interface Disagreement {
  message: string;
  remedy: string;
}

function flagDisagreements(
  observation: Observation,
  pool: KubernetesObject,
): Disagreement[] {
  const [found] = pickerContainers(observation);
  if (!found) return [];
  const flags = containerFlags(found.container);
  const compare = (flag: string, actual: string): Disagreement[] => {
    const value = flags.value(flag);
    return value === undefined || value === actual
      ? []
      : [
          {
            message: `the picker watches --${flag} ${value}, and the route's pool has ${actual}`,
            remedy: `Set --${flag} to ${actual} on the picker.`,
          },
        ];
  };
  const port = pickerOf(pool)?.port ?? PICKER_PORT;
  const listens = Number(flags.value('grpc-port') ?? PICKER_PORT);
  return [
    ...compare('pool-name', pool.metadata.name),
    ...compare('pool-namespace', pool.metadata.namespace ?? 'default'),
    ...compare('pool-group', groupOf(pool)),
    ...(listens === port
      ? []
      : [
          {
            message: `the pool calls its picker at port ${port}, and the picker listens on ${listens}`,
            remedy: `Set the pool's picker port to ${listens}.`,
          },
        ]),
  ];
}

function portDisagreements(
  observation: Observation,
  pool: KubernetesObject,
): Disagreement[] {
  const picker = pickerOf(pool);
  const service = objectsOf(observation, 'Service').find(
    object => object.metadata.name === picker?.name,
  );
  const offered = listAt(service, 'spec', 'ports').flatMap(
    port => numberAt(port, 'port') ?? [],
  );
  return picker && offered.length > 0 && !offered.includes(picker.port)
    ? [
        {
          message: `the pool calls its picker at port ${
            picker.port
          }, and Service ${picker.name} offers ${offered.join(', ')}`,
          remedy: `Give Service ${picker.name} port ${picker.port}.`,
        },
      ]
    : [];
}

function routePortDisagreements(
  observation: Observation,
  pool: KubernetesObject,
): Disagreement[] {
  const targets = targetPortsOf(pool);
  const other = routesOf(observation)
    .flatMap(rulesOf)
    .flatMap(({ backends }) => backends)
    .find(
      backend =>
        isPool(backend) &&
        backend.name === pool.metadata.name &&
        backend.port !== undefined &&
        targets.length > 0 &&
        !targets.includes(backend.port),
    );
  return other
    ? [
        {
          message: `the route names port ${
            other.port
          }, and the pool targets ${targets.join(', ')}`,
          remedy: 'Make the port of the route that of the pool.',
        },
      ]
    : [];
}

function refusals(pool: KubernetesObject): Disagreement[] {
  const bad = listAt(pool, 'status', 'parents')
    .concat(listAt(pool, 'status', 'parent'))
    .flatMap(parent => listAt(parent, 'conditions'))
    .find(
      condition =>
        ['Accepted', 'ResolvedRefs'].includes(
          textAt(condition, 'type') ?? '',
        ) && textAt(condition, 'status') === 'False',
    );
  return bad
    ? [
        {
          message: `the gateway reports ${textAt(
            bad,
            'type',
          )} False for the pool: ${
            textAt(bad, 'message') ?? textAt(bad, 'reason') ?? 'no reason given'
          }`,
          remedy: "Mend what the pool's condition names.",
        },
      ]
    : [];
}

/** Where route, pool, picker flags and Service contradict each other. */
export function disagreements(
  observation: Observation,
  pool: KubernetesObject,
): Disagreement[] {
  return [
    ...flagDisagreements(observation, pool),
    ...portDisagreements(observation, pool),
    ...routePortDisagreements(observation, pool),
    ...refusals(pool),
  ];
}

/** The port KServe gives the pools it makes, in every release. */
const GENERATED_TARGET_PORT = ENGINE_PORT;

/**
 * What contradicts the platform in a route whose pool is not there to compare
 * with: a port no generated pool has, or a group this Istio does not read.
 */
export function routeDisagreements(
  observation: Observation,
  istio: string | undefined,
): Disagreement[] {
  const backends = routesOf(observation)
    .filter(route => !isAccepted(route))
    .flatMap(rulesOf)
    .flatMap(rule => rule.backends)
    .filter(isPool);
  const order = istio ? compareVersions(istio, ISTIO_POOL_V1) : undefined;
  const [older, current] = POOL_GROUPS;
  const read = order !== undefined && order >= 0 ? current : older;
  const group = backends.find(backend => backend.group !== read)?.group;
  const port = backends.find(
    backend =>
      backend.port !== undefined && backend.port !== GENERATED_TARGET_PORT,
  )?.port;
  return [
    ...(order !== undefined && group !== undefined
      ? [
          {
            message: `the route names a pool of ${group}, and Istio ${istio} reads ${read}`,
            remedy: `Name the pool of ${read} in the route, or run an Istio that reads the other.`,
          },
        ]
      : []),
    ...(observation.source === 'manifests' && port !== undefined
      ? [
          {
            message: `the route names port ${port}, and the platform's pools target ${GENERATED_TARGET_PORT}`,
            remedy: `Name port ${GENERATED_TARGET_PORT} in the route.`,
          },
        ]
      : []),
  ];
}
