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
  generatedNames,
  LABEL_VALUES,
  LABELS,
  listAt,
  matchesLabels,
  textAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { isPool, rulesOf } from './backends';
import { declaredRoute } from './declaredRoute';
import { gatewaysWanted, MANAGED_GATEWAY } from './belongings';
import { namespaceOf, podSelectorOf } from './ObjectIndex';
import { statusReferences } from './statusReferences';
import type { Observation } from './types';

/** The objects of one kind in an observation. @public */
export function objectsOf(
  observation: Observation,
  kind: string,
): KubernetesObject[] {
  return observation.objects.filter(object => object.kind === kind);
}

/** A pod that has ended or is being deleted serves nobody. */
function isAlive(pod: KubernetesObject): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return (
    pod.metadata.deletionTimestamp === undefined &&
    phase !== 'Succeeded' &&
    phase !== 'Failed'
  );
}

function livePods(observation: Observation): KubernetesObject[] {
  return objectsOf(observation, 'Pod').filter(isAlive);
}

/**
 * The HTTPRoutes of the target: its own and those its service refers to; from
 * files also the one that will be made of the rules its service writes out.
 *
 * @public
 */
export function routesOf(observation: Observation): KubernetesObject[] {
  const routes = objectsOf(observation, 'HTTPRoute');
  if (routes.length > 0 || observation.source === 'cluster') return routes;
  const declared = declaredRoute(observation.service);
  return declared ? [declared] : [];
}

/** Gateways of the target as `namespace/name`; empty where none can be told. @public */
export function gatewaysOf(observation: Observation): string[] {
  return gatewaysWanted(observation.service, routesOf(observation)).filter(
    name => name !== MANAGED_GATEWAY,
  );
}

/** A pool as a route names it, found or not. @public */
export interface RoutedPool {
  group: string;
  namespace: string;
  name: string;
  /** Undefined where no such object was observed. */
  pool?: KubernetesObject;
}

/** The pools that the target's routes name, each once. @public */
export function routedPools(observation: Observation): RoutedPool[] {
  const found = new Map<string, RoutedPool>();
  for (const backend of routesOf(observation)
    .flatMap(rulesOf)
    .flatMap(rule => rule.backends)
    .filter(isPool)) {
    const { group, namespace, name } = backend;
    const pool = objectsOf(observation, 'InferencePool').find(
      object =>
        object.metadata.name === name &&
        namespaceOf(object) === namespace &&
        object.apiVersion.startsWith(`${group}/`),
    );
    found.set(`${group}|${namespace}|${name}`, {
      group,
      namespace,
      name,
      pool,
    });
  }
  return [...found.values()];
}

/** The pools a target uses: those its routes name, else whatever pool belongs to it. @public */
export function poolsOfTarget(observation: Observation): KubernetesObject[] {
  const routed = routedPools(observation).flatMap(({ pool }) => pool ?? []);
  return routed.length > 0 ? routed : objectsOf(observation, 'InferencePool');
}

/** The Deployment of the Endpoint Picker: the one the status names, else by name, else by label. @public */
export function pickerDeployment(
  observation: Observation,
): KubernetesObject | undefined {
  const picker =
    statusReferences(observation.service).picker ??
    generatedNames(observation.target.name).picker;
  const deployments = objectsOf(observation, 'Deployment');
  return (
    deployments.find(object => object.metadata.name === picker) ??
    deployments.find(
      object =>
        object.metadata.labels?.[LABELS.component] === LABEL_VALUES.picker,
    )
  );
}

/** The Deployment of the engine. @public */
export function workloadDeployment(
  observation: Observation,
): KubernetesObject | undefined {
  const workload =
    statusReferences(observation.service).workload ??
    generatedNames(observation.target.name).workload;
  return objectsOf(observation, 'Deployment').find(
    object => object.metadata.name === workload,
  );
}

function selectedBy(
  pod: KubernetesObject,
  deployment: KubernetesObject | undefined,
): boolean {
  if (!deployment || namespaceOf(pod) !== namespaceOf(deployment)) return false;
  const wanted = podSelectorOf(deployment);
  return (
    Object.keys(wanted).length > 0 &&
    matchesLabels(pod.metadata.labels ?? {}, wanted)
  );
}

/** Live pods of the picker, by today's label, by the document's, or by their Deployment. @public */
export function routerPods(observation: Observation): KubernetesObject[] {
  const deployment = pickerDeployment(observation);
  return livePods(observation).filter(pod => {
    const labels = pod.metadata.labels ?? {};
    const component = labels[LABELS.component];
    const own = labels[LABELS.name] === observation.target.name;
    return (
      (own &&
        (component === LABEL_VALUES.picker ||
          component === LABEL_VALUES.documentedPicker)) ||
      selectedBy(pod, deployment)
    );
  });
}

/**
 * Live pods of the target's engines, prefill and workers of several nodes left
 * out; those that another service labels to join its pool are among them.
 *
 * @public
 */
export function enginePods(observation: Observation): KubernetesObject[] {
  const deployment = workloadDeployment(observation);
  return livePods(observation).filter(pod => {
    const labels = pod.metadata.labels ?? {};
    return (
      labels[LABELS.role] !== 'prefill' &&
      ((labels[LABELS.name] === observation.target.name &&
        labels[LABELS.kserveComponent] === LABEL_VALUES.workload) ||
        selectedBy(pod, deployment))
    );
  });
}

/**
 * Whether a pod belongs to another service that labels it to join this one's
 * pool, as accelerators of two vendors behind one picker do. What made it
 * tells: its labels are made to look alike.
 *
 * @public
 */
export function isGuest(
  observation: Observation,
  { metadata }: KubernetesObject,
): boolean {
  const workload =
    statusReferences(observation.service).workload ??
    generatedNames(observation.target.name).workload;
  const owner = textAt(
    listAt(metadata, 'ownerReferences').find(
      reference => textAt(reference, 'kind') === 'ReplicaSet',
    ),
    'name',
  );
  return (
    owner !== undefined &&
    /-kserve-[a-z0-9]+$/.test(owner) &&
    !owner.startsWith(`${workload}-`)
  );
}

/** Whether a pod reports the condition Ready. @public */
export function isReady(pod: KubernetesObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    condition =>
      textAt(condition, 'type') === 'Ready' &&
      textAt(condition, 'status') === 'True',
  );
}

/** The container that does the work: `main`, else the first. @public */
export function mainContainer(podSpec: unknown): unknown {
  const containers = listAt(podSpec, 'containers');
  return (
    containers.find(container => textAt(container, 'name') === 'main') ??
    containers[0]
  );
}

/** A container and where it was read. @public */
export interface FoundContainer {
  container: unknown;
  /** `Pod ns/name`, `Deployment ns/name`, … */
  where: string;
  running: boolean;
  object: KubernetesObject;
}
