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
import fs from 'node:fs';
import path from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import {
  renderDeployment,
  type DeploymentPlan,
  type KubernetesObject,
} from 'prefix-caching-core';
import { parse, stringify } from 'yaml';
import type { ApiObject } from './ClusterApi';
import { CONFORMANCE } from './customResources';
import type { ServedRelease } from './servedRelease';

export const NAMESPACE = 'llm-serving';
export const GATEWAY_NAMESPACE = 'istio-ingress';
export const ENTITY = 'assist';
export const SERVICE = 'assist-sim-svc';
export const MODEL = 'Qwen/Qwen2.5-3B-Instruct';
const GATEWAY = 'inference-gateway';

/** What somebody chose in the template's form. */
function planFor({ platform }: ServedRelease): DeploymentPlan {
  return {
    name: ENTITY,
    namespace: NAMESPACE,
    owner: 'group:default/team-assist',
    lifecycle: 'production',
    model: { id: 'qwen2.5-3b-instruct' },
    platform: { id: platform, istio: '1.30' },
    gateway: { namespace: GATEWAY_NAMESPACE, name: GATEWAY },
    replicas: 3,
    accelerators: [{ id: 'simulator' }],
  };
}

export interface ServingObjects {
  entity: Entity;
  /** What the template wrote. */
  rendered: ApiObject[];
  /** What KServe makes of it. */
  engines: ApiObject;
  picker: ApiObject;
  route: ApiObject;
  others: ApiObject[];
  /** Who says what of it: there is no controller here. */
  statuses: { object: ApiObject; status: unknown }[];
}

interface Container {
  name: string;
  image?: string;
  command?: string[];
  args?: string[];
}

/**
 * One service as the template renders it, and what KServe and Istio make of it:
 * the picker, pool and names as KServe's own presets have them, the rest from
 * the rendered service. No controller runs in the bed.
 */
export function servingObjects(
  release: ServedRelease,
  gatewayUrl: string,
): ServingObjects {
  const files = renderDeployment(planFor(release));
  const conformance = (file: string) => objectFile(release, file);
  const rendered = files
    .filter(file => file.path.startsWith('deploy/'))
    .flatMap(file => file.objects ?? [])
    .filter(object => object.kind !== 'Kustomization') as ApiObject[];
  const service = objectOf(rendered, 'LLMInferenceService');
  const catalog = files.find(file => file.path === 'catalog-info.yaml');
  const entity = (catalog?.objects ?? [])[0] as KubernetesObject & Entity;
  const engines = enginesOf(service);
  const picker = pickerOf(service, conformance('epp-deployment.yaml'));
  const pool = conformance('inferencepool.yaml');
  const route = routeOf(service);
  const gateway = gatewayObject();
  return {
    entity: {
      ...entity,
      relations: [{ type: 'ownedBy', targetRef: 'group:default/team-assist' }],
    },
    rendered,
    engines,
    picker,
    route,
    others: [
      engines,
      picker,
      pool,
      route,
      gateway,
      gatewayClass(),
      istiod(),
      ...services(),
      shadowService(),
      ...pickerAccount(),
    ],
    statuses: [
      { object: service, status: serviceStatus(gatewayUrl) },
      { object: route, status: { parents: [parentStatus()] } },
      { object: pool, status: { parents: [parentStatus()] } },
      {
        object: gateway,
        status: { conditions: conditions('Accepted', 'Programmed') },
      },
      { object: engines, status: deploymentStatus(3) },
      { object: picker, status: deploymentStatus(1) },
    ],
  };
}

/** An object of KServe's release, for our service. */
function objectFile({ objects }: ServedRelease, file: string): ApiObject {
  const text = fs.readFileSync(
    path.join(CONFORMANCE, 'objects', objects, file),
    'utf8',
  );
  return parse(
    text
      .replaceAll('qwen-3b', SERVICE)
      .replaceAll('rhaii-inference', NAMESPACE),
  );
}

function pickerOf(service: ApiObject, preset: ApiObject): ApiObject {
  const picker = structuredClone(preset);
  const { router } = service.spec as {
    router: { scheduler: { config: { inline: object } } };
  };
  const pod = podSpec(picker);
  pod.serviceAccountName = `${SERVICE}-epp-sa`;
  const main = containerOf(pod.containers, 'main');
  main.args = ['--config-text', stringify(router.scheduler.config.inline)];
  return picker;
}

function enginesOf(service: ApiObject): ApiObject {
  const { template, labels, replicas } = service.spec as {
    template: object;
    labels: Record<string, string>;
    replicas: number;
  };
  const selector = {
    ...componentLabels('llminferenceservice-workload'),
    'kserve.io/component': 'workload',
    'llm-d.ai/role': 'both',
  };
  const deployment: ApiObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${SERVICE}-kserve`,
      namespace: NAMESPACE,
      labels: selector,
    },
    spec: {
      replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...labels, ...selector } },
        spec: structuredClone(template),
      },
    },
  };
  // KServe's preset merges these into whatever a service says.
  Object.assign(containerOf(podSpec(deployment).containers, 'main'), {
    ports: [{ containerPort: 8000, protocol: 'TCP' }],
    readinessProbe: {
      httpGet: { path: '/health', port: 8000, scheme: 'HTTP' },
    },
  });
  return deployment;
}

function routeOf(service: ApiObject): ApiObject {
  const { router } = service.spec as {
    router: { route: { http: { spec: object } } };
  };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: `${SERVICE}-kserve-route`,
      namespace: NAMESPACE,
      labels: componentLabels('llminferenceservice-router'),
    },
    spec: {
      parentRefs: [gatewayReference()],
      ...structuredClone(router.route.http.spec),
    },
  };
}

function services(): ApiObject[] {
  const service = (
    suffix: string,
    selector: Record<string, string>,
    ports: Record<string, number>,
  ): ApiObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `${SERVICE}-${suffix}`,
      namespace: NAMESPACE,
      labels: componentLabels(selector['app.kubernetes.io/component'] ?? ''),
    },
    spec: {
      selector,
      ports: Object.entries(ports).map(([name, port]) => ({
        name,
        port,
        targetPort: port,
        protocol: 'TCP',
      })),
    },
  });
  return [
    service(
      'epp-service',
      componentLabels('llminferenceservice-router-scheduler'),
      { grpc: 9002, 'grpc-health': 9003, metrics: 9090 },
    ),
    service(
      'kserve-workload-svc',
      componentLabels('llminferenceservice-workload'),
      { http: 8000 },
    ),
  ];
}

/** What Istio makes of an InferencePool once it acts on it. */
function shadowService(): ApiObject {
  const pool = `${SERVICE}-inference-pool`;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `${pool}-ip-bed`,
      namespace: NAMESPACE,
      labels: {
        'istio.io/inferencepool-name': pool,
        'istio.io/inferencepool-extension-service': `${SERVICE}-epp-service`,
        'istio.io/inferencepool-extension-port': '9002',
        'istio.io/inferencepool-extension-failure-mode': 'FailOpen',
      },
    },
    spec: {
      clusterIP: 'None',
      selector: {
        ...componentLabels('llminferenceservice-workload'),
        'kserve.io/component': 'workload',
      },
      ports: [
        { name: 'port-54321', port: 54321, targetPort: 8000, protocol: 'TCP' },
      ],
    },
  };
}

/** What KServe grants the picker: its pool, its pods, and asking who may read its metrics. */
function pickerAccount(): ApiObject[] {
  const name = `${SERVICE}-epp`;
  const account = {
    kind: 'ServiceAccount',
    name: `${name}-sa`,
    namespace: NAMESPACE,
  };
  const metadata = (suffix: string) => ({
    name: `${name}-${suffix}`,
    namespace: NAMESPACE,
  });
  const rbac = 'rbac.authorization.k8s.io';
  const read = ['get', 'list', 'watch'];
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('sa') },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: metadata('role'),
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: read },
        {
          apiGroups: ['inference.networking.k8s.io'],
          resources: ['inferencepools'],
          verbs: read,
        },
        {
          apiGroups: ['inference.networking.x-k8s.io', 'llm-d.ai'],
          resources: ['inferenceobjectives', 'inferencemodelrewrites'],
          verbs: read,
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: metadata('rb'),
      roleRef: { apiGroup: rbac, kind: 'Role', name: `${name}-role` },
      subjects: [account],
    },
    authDelegator(),
  ];
}

/** Lets the picker ask the API server who is behind a token. */
export function authDelegator(): ApiObject {
  const rbac = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `${NAMESPACE}-${SERVICE}-epp-auth-rb` },
    roleRef: {
      apiGroup: rbac,
      kind: 'ClusterRole',
      name: 'system:auth-delegator',
    },
    subjects: [
      {
        kind: 'ServiceAccount',
        name: `${SERVICE}-epp-sa`,
        namespace: NAMESPACE,
      },
    ],
  };
}

function istiod(): ApiObject {
  const labels = { app: 'istiod' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod', namespace: 'istio-system', labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'discovery',
              image: 'docker.io/istio/pilot:1.30.4',
              env: [
                {
                  name: 'ENABLE_GATEWAY_API_INFERENCE_EXTENSION',
                  value: 'true',
                },
              ],
            },
          ],
        },
      },
    },
  };
}

function gatewayObject(): ApiObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: GATEWAY, namespace: GATEWAY_NAMESPACE },
    spec: {
      gatewayClassName: 'istio',
      listeners: [
        {
          name: 'http',
          port: 80,
          protocol: 'HTTP',
          allowedRoutes: { namespaces: { from: 'All' } },
        },
      ],
    },
  };
}

function gatewayClass(): ApiObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'istio' },
    spec: { controllerName: 'istio.io/gateway-controller' },
  };
}

function gatewayReference() {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name: GATEWAY,
    namespace: GATEWAY_NAMESPACE,
  };
}

function serviceStatus(gatewayUrl: string) {
  const url = `${gatewayUrl}/${NAMESPACE}/${SERVICE}`;
  return {
    url,
    addresses: [{ url }],
    conditions: conditions(
      'Ready',
      'PresetsCombined',
      'WorkloadsReady',
      'RouterReady',
    ),
  };
}

function parentStatus() {
  return {
    parentRef: gatewayReference(),
    controllerName: 'istio.io/gateway-controller',
    conditions: conditions('Accepted', 'ResolvedRefs'),
  };
}

function deploymentStatus(replicas: number) {
  return {
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    updatedReplicas: replicas,
  };
}

function conditions(...types: string[]) {
  const lastTransitionTime = new Date().toISOString();
  return types.map(type => ({
    type,
    status: 'True',
    reason: type,
    message: '',
    lastTransitionTime,
  }));
}

function componentLabels(component: string): Record<string, string> {
  return {
    'app.kubernetes.io/part-of': 'llminferenceservice',
    'app.kubernetes.io/name': SERVICE,
    'app.kubernetes.io/component': component,
  };
}

function podSpec(deployment: ApiObject) {
  const { template } = deployment.spec as {
    template: {
      spec: { containers: Container[]; serviceAccountName?: string };
    };
  };
  return template.spec;
}

function objectOf(objects: readonly ApiObject[], kind: string): ApiObject {
  const found = objects.find(object => object.kind === kind);
  if (!found) throw new Error(`The template rendered no ${kind}`);
  return found;
}

function containerOf(
  containers: readonly Container[],
  name: string,
): Container {
  const found = containers.find(container => container.name === name);
  if (!found) throw new Error(`There is no container ${name}`);
  return found;
}
