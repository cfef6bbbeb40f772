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

/** One kind of object the API server serves. */
export interface ResourceType {
  group: string;
  /** The first is preferred and stored; the others are views of it. */
  versions: string[];
  kind: string;
  plural: string;
  namespaced: boolean;
  shortNames?: string[];
  /** Has a status subresource: a plain write leaves the status alone. */
  status?: boolean;
  /** Comes from a CustomResourceDefinition, which is then listed as well. */
  custom?: boolean;
}

type Row = [
  kind: string,
  plural: string,
  traits: string,
  shortNames?: string[],
];

// Traits: n namespaced, s has a status subresource.
function rows(
  group: string,
  versions: string[],
  custom: boolean,
  table: Row[],
): ResourceType[] {
  return table.map(([kind, plural, traits, shortNames]) => ({
    group,
    versions,
    kind,
    plural,
    namespaced: traits.includes('n'),
    status: traits.includes('s'),
    shortNames,
    custom,
  }));
}

/** Everything the sandbox cluster knows; a newcomer adds a kind with one row. */
export const RESOURCE_TYPES: ResourceType[] = [
  ...rows('', ['v1'], false, [
    ['Namespace', 'namespaces', 's', ['ns']],
    ['Node', 'nodes', 's', ['no']],
    ['Pod', 'pods', 'ns', ['po']],
    ['Service', 'services', 'ns', ['svc']],
    ['ConfigMap', 'configmaps', 'n', ['cm']],
    ['Secret', 'secrets', 'n'],
    ['ServiceAccount', 'serviceaccounts', 'n', ['sa']],
    ['Event', 'events', 'n', ['ev']],
    ['LimitRange', 'limitranges', 'n', ['limits']],
    ['ResourceQuota', 'resourcequotas', 'ns', ['quota']],
    ['PersistentVolumeClaim', 'persistentvolumeclaims', 'ns', ['pvc']],
  ]),
  ...rows('apps', ['v1'], false, [
    ['Deployment', 'deployments', 'ns', ['deploy']],
    ['ReplicaSet', 'replicasets', 'ns', ['rs']],
    ['StatefulSet', 'statefulsets', 'ns', ['sts']],
    ['DaemonSet', 'daemonsets', 'ns', ['ds']],
  ]),
  ...rows('autoscaling', ['v2'], false, [
    ['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'ns', ['hpa']],
  ]),
  ...rows('batch', ['v1'], false, [
    ['Job', 'jobs', 'ns'],
    ['CronJob', 'cronjobs', 'ns', ['cj']],
  ]),
  ...rows('networking.k8s.io', ['v1'], false, [
    ['Ingress', 'ingresses', 'ns', ['ing']],
    ['NetworkPolicy', 'networkpolicies', 'n', ['netpol']],
  ]),
  ...rows('discovery.k8s.io', ['v1'], false, [
    ['EndpointSlice', 'endpointslices', 'n'],
  ]),
  ...rows('rbac.authorization.k8s.io', ['v1'], false, [
    ['Role', 'roles', 'n'],
    ['RoleBinding', 'rolebindings', 'n'],
    ['ClusterRole', 'clusterroles', ''],
    ['ClusterRoleBinding', 'clusterrolebindings', ''],
  ]),
  ...rows('apiextensions.k8s.io', ['v1'], false, [
    ['CustomResourceDefinition', 'customresourcedefinitions', 's', ['crd']],
  ]),
  ...rows('serving.kserve.io', ['v1alpha2', 'v1alpha1'], true, [
    ['LLMInferenceService', 'llminferenceservices', 'ns', ['llmisvc']],
    ['LLMInferenceServiceConfig', 'llminferenceserviceconfigs', 'ns'],
  ]),
  ...rows('inference.networking.k8s.io', ['v1'], true, [
    ['InferencePool', 'inferencepools', 'ns', ['infpool']],
  ]),
  ...rows('gateway.networking.k8s.io', ['v1', 'v1beta1'], true, [
    ['GatewayClass', 'gatewayclasses', 's', ['gc']],
    ['Gateway', 'gateways', 'ns', ['gtw']],
    ['HTTPRoute', 'httproutes', 'ns'],
  ]),
  ...rows('networking.istio.io', ['v1', 'v1beta1', 'v1alpha3'], true, [
    ['DestinationRule', 'destinationrules', 'n', ['dr']],
  ]),
  ...rows('networking.istio.io', ['v1alpha3'], true, [
    ['EnvoyFilter', 'envoyfilters', 'n'],
  ]),
  ...rows('leaderworkerset.x-k8s.io', ['v1'], true, [
    ['LeaderWorkerSet', 'leaderworkersets', 'ns', ['lws']],
  ]),
];

/** The type served at `/apis/<group>/<version>/<plural>`. */
export function findResource(
  group: string,
  version: string,
  plural: string,
): ResourceType | undefined {
  return RESOURCE_TYPES.find(
    type =>
      type.group === group &&
      type.plural === plural &&
      type.versions.includes(version),
  );
}

/** The type of an object by its `apiVersion` and `kind`. */
export function resourceOf(
  apiVersion: string,
  kind: string,
): ResourceType | undefined {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return RESOURCE_TYPES.find(
    type =>
      type.group === group &&
      type.kind === kind &&
      type.versions.includes(version),
  );
}

/** A type by its kind alone; kinds are unique here. Throws for an unknown one. */
export function kindOf(kind: string): ResourceType {
  const type = RESOURCE_TYPES.find(candidate => candidate.kind === kind);
  if (!type) throw new Error(`The sandbox cluster serves no kind ${kind}`);
  return type;
}

export function apiVersionOf(type: ResourceType, version?: string): string {
  const served = version ?? type.versions[0];
  return type.group ? `${type.group}/${served}` : served;
}
