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

import { createHash } from 'node:crypto';
import {
  isoSeconds,
  isOwnedBy,
  kindOf,
  ownerReference,
  type KubeObject,
  type ObjectStore,
} from '../api';
import { listAt, numberAt, objectAt, textAt, type JsonObject } from '../json';
import type { Random } from '../random';
import type { NodePools } from './nodes';
import { isPodReady, newPod, podStatus } from './pods';

export interface ClusterContext {
  store: ObjectStore;
  nodes: NodePools;
  random: Random;
}

/** Brings every Deployment's ReplicaSets and pods, and every pod's status, up to date. */
export function reconcileDeployments(context: ClusterContext): void {
  for (const deployment of context.store.kind('Deployment')) {
    reconcileDeployment(context, deployment);
  }
  for (const pod of context.store.kind('Pod')) reconcilePod(context, pod);
  for (const deployment of context.store.kind('Deployment')) {
    reportDeployment(context, deployment);
  }
}

function reconcileDeployment(context: ClusterContext, deployment: KubeObject) {
  const { store } = context;
  const current = ensureReplicaSet(context, deployment);
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const recreate =
    textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
  const older = replicaSetsOf(store, deployment).filter(
    set => set.metadata.name !== current.metadata.name,
  );
  const ready = podsOf(store, current).filter(isPodReady).length;
  let oldPodsToKeep = recreate ? 0 : Math.max(0, wanted - ready);
  for (const set of older) {
    const pods = podsOf(store, set);
    for (const pod of pods.slice(oldPodsToKeep)) removeObject(store, pod);
    oldPodsToKeep = Math.max(0, oldPodsToKeep - pods.length);
    if (podsOf(store, set).length === 0) removeObject(store, set);
  }
  const pods = podsOf(store, current);
  for (const pod of pods.slice(wanted)) removeObject(store, pod);
  for (let count = pods.length; count < wanted; count += 1) {
    store.create(kindOf('Pod'), newPod(current, context.random));
  }
}

function ensureReplicaSet({ store }: ClusterContext, deployment: KubeObject) {
  const template = objectAt(deployment, 'spec', 'template');
  const hash = createHash('sha256')
    .update(JSON.stringify(template))
    .digest('hex')
    .slice(0, 10);
  const { name, namespace } = deployment.metadata;
  return store.apply({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: {
        ...(objectAt(template, 'metadata', 'labels') as Record<string, string>),
        'pod-template-hash': hash,
      },
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas: numberAt(deployment, 'spec', 'replicas') ?? 1,
      selector: objectAt(deployment, 'spec', 'selector'),
      template,
    },
  });
}

function reconcilePod(context: ClusterContext, pod: KubeObject) {
  const { store, nodes } = context;
  let scheduled = pod;
  if (!textAt(pod, 'spec', 'nodeName')) {
    const nodeName = nodes.place(pod.spec);
    if (nodeName) {
      const spec = { ...objectAt(pod, 'spec'), nodeName };
      scheduled = store.apply({ ...pod, spec });
    }
  }
  const node = textAt(scheduled, 'spec', 'nodeName') ?? '';
  const startupSeconds = nodes.poolOfNode(node)?.startupSeconds ?? 2;
  const status = podStatus(scheduled, startupSeconds, store.now());
  store.apply({ ...scheduled, status }, 'status');
}

function reportDeployment({ store }: ClusterContext, deployment: KubeObject) {
  const sets = replicaSetsOf(store, deployment);
  for (const set of sets) {
    const pods = podsOf(store, set);
    const readyReplicas = pods.filter(isPodReady).length;
    const status = { replicas: pods.length, readyReplicas };
    store.apply({ ...set, status }, 'status');
  }
  const pods = sets.flatMap(set => podsOf(store, set));
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const ready = pods.filter(isPodReady).length;
  // As Kubernetes counts: a Deployment of no replicas has all it asked for.
  const available = ready >= wanted - Math.floor(wanted / 4);
  const previous = listAt(deployment, 'status', 'conditions');
  const condition = (type: string, met: boolean, reason: string) => {
    const status = met ? 'True' : 'False';
    const same = previous.find(
      entry =>
        textAt(entry, 'type') === type && textAt(entry, 'status') === status,
    );
    const since = textAt(same, 'lastTransitionTime') ?? isoSeconds(store.now());
    return { type, status, reason, lastTransitionTime: since };
  };
  const status: JsonObject = {
    observedGeneration: deployment.metadata.generation,
    replicas: pods.length,
    updatedReplicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(ready < wanted ? { unavailableReplicas: wanted - ready } : {}),
    conditions: [
      condition(
        'Available',
        available,
        available ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      ),
      condition('Progressing', true, 'NewReplicaSetAvailable'),
    ],
  };
  store.apply({ ...deployment, status }, 'status');
}

function replicaSetsOf(store: ObjectStore, deployment: KubeObject) {
  return store
    .kind('ReplicaSet', deployment.metadata.namespace)
    .filter(set => isOwnedBy(set, deployment));
}

function podsOf(store: ObjectStore, replicaSet: KubeObject) {
  return store
    .kind('Pod', replicaSet.metadata.namespace)
    .filter(pod => isOwnedBy(pod, replicaSet));
}

function removeObject(store: ObjectStore, object: KubeObject) {
  const { namespace, name } = object.metadata;
  store.remove(kindOf(object.kind), namespace, name);
}
