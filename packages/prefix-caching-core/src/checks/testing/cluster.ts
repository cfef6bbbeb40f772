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

import { generatedNames, LABEL_VALUES, LABELS } from '../../kubernetes';
import type { KubernetesObject } from '../../kubernetes';
import type { EngineMetrics, RouterMetrics } from '../../metrics';
import { OBSERVED_KINDS, observeTarget } from '../../observation';
import type {
  ObservedEndpoint,
  ObserveTargetOptions,
  Observation,
} from '../../observation';

/*
 * A healthy service in a small cluster, in parts that a test replaces one by
 * one. Test code only: nothing exports it.
 */

export const NOW = '2026-08-20T12:00:00.000Z';
export const NAMESPACE = 'llm';
export const GATEWAY = { namespace: 'gateways', name: 'inference' };
const LONG_AGO = '2026-08-01T00:00:00.000Z';

type Spec = Record<string, unknown>;

export function object(
  kind: string,
  name: string,
  parts: Partial<KubernetesObject> & {
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    created?: string;
  } = {},
): KubernetesObject {
  const {
    namespace = NAMESPACE,
    labels,
    annotations,
    created = LONG_AGO,
    ...rest
  } = parts;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace,
      labels,
      annotations,
      creationTimestamp: created,
    },
    ...rest,
  };
}

function identity(name: string, component: string): Record<string, string> {
  return {
    [LABELS.name]: name,
    [LABELS.partOf]: LABEL_VALUES.partOf,
    [LABELS.component]: component,
  };
}

export function engineLabels(name: string): Record<string, string> {
  return {
    ...identity(name, 'llminferenceservice-workload'),
    [LABELS.kserveComponent]: 'workload',
  };
}

export function pickerLabels(name: string): Record<string, string> {
  return identity(name, LABEL_VALUES.picker);
}

export const READY = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
};
export const NOT_READY = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'False' }],
};

export function crashing(reason: string, message?: string): Spec {
  return {
    ...NOT_READY,
    containerStatuses: [
      {
        name: 'main',
        restartCount: 5,
        state: { waiting: { reason } },
        lastState: { terminated: { exitCode: 2, message } },
      },
    ],
  };
}

export const PICKER_CONFIG = `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins: [{type: queue-scorer}, {type: prefix-cache-scorer}, {type: max-score-picker}]
schedulingProfiles:
- name: default
  plugins: [{pluginRef: queue-scorer, weight: 2}, {pluginRef: prefix-cache-scorer, weight: 3}, {pluginRef: max-score-picker}]
`;

export function engineContainer(parts: Spec = {}): Spec {
  return {
    name: 'main',
    image: 'docker.io/vllm/vllm-openai:v0.30.0',
    command: ['vllm', 'serve', '/mnt/models'],
    args: ['--port', '8000'],
    ports: [{ containerPort: 8000 }],
    ...parts,
  };
}

export function pickerContainer(parts: Spec = {}): Spec {
  return {
    name: 'main',
    image: 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.9.0',
    command: ['/app/epp'],
    args: ['--config-text', PICKER_CONFIG],
    ...parts,
  };
}

export function enginePod(
  name: string,
  index: number,
  parts: {
    container?: Spec;
    status?: Spec;
    spec?: Spec;
    labels?: Record<string, string>;
    created?: string;
  } = {},
): KubernetesObject {
  return object('Pod', `${name}-kserve-${index}`, {
    labels: { ...engineLabels(name), ...parts.labels },
    created: parts.created,
    spec: { containers: [engineContainer(parts.container)], ...parts.spec },
    status: parts.status ?? READY,
  });
}

export function pickerPod(
  name: string,
  parts: {
    container?: Spec;
    status?: Spec;
    index?: number;
    labels?: Record<string, string>;
    spec?: Spec;
  } = {},
): KubernetesObject {
  return object('Pod', `${name}-epp-${parts.index ?? 0}`, {
    labels: { ...pickerLabels(name), ...parts.labels },
    spec: { containers: [pickerContainer(parts.container)], ...parts.spec },
    status: parts.status ?? READY,
  });
}

export function service(
  name: string,
  spec: Spec = {},
  parts: Parameters<typeof object>[2] = {},
): KubernetesObject {
  return object('LLMInferenceService', name, {
    apiVersion: 'serving.kserve.io/v1alpha2',
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
    ...parts,
    spec: {
      model: { uri: 'hf://org/model', name },
      replicas: 2,
      router: { route: {}, gateway: {}, scheduler: {} },
      ...spec,
    },
  });
}

export function pickerDeployment(
  name: string,
  parts: { container?: Spec; spec?: Spec; status?: Spec } = {},
): KubernetesObject {
  return object('Deployment', generatedNames(name).picker, {
    apiVersion: 'apps/v1',
    labels: pickerLabels(name),
    spec: {
      replicas: 1,
      selector: { matchLabels: pickerLabels(name) },
      template: {
        metadata: { labels: pickerLabels(name) },
        spec: { containers: [pickerContainer(parts.container)] },
      },
      ...parts.spec,
    },
    status: parts.status ?? { observedGeneration: 1, availableReplicas: 1 },
  });
}

export function pool(
  name: string,
  spec: Spec = {},
  group = 'inference.networking.k8s.io/v1',
): KubernetesObject {
  return object('InferencePool', generatedNames(name).pool, {
    apiVersion: group,
    labels: pickerLabels(name),
    spec: {
      endpointPickerRef: {
        kind: 'Service',
        name: generatedNames(name).pickerService,
        port: { number: 9002 },
        failureMode: 'FailOpen',
      },
      selector: {
        matchLabels: {
          [LABELS.name]: name,
          [LABELS.kserveComponent]: 'workload',
        },
      },
      targetPorts: [{ number: 8000 }],
      ...spec,
    },
  });
}

export function poolBackend(name: string): Spec {
  return {
    group: 'inference.networking.k8s.io',
    kind: 'InferencePool',
    name: generatedNames(name).pool,
    port: 8000,
  };
}

export function serviceBackend(name: string): Spec {
  return {
    kind: 'Service',
    name: generatedNames(name).workloadService,
    port: 8000,
  };
}

export function prefixRule(path: string, backend: Spec, name?: string): Spec {
  return {
    name,
    matches: [{ path: { type: 'PathPrefix', value: path } }],
    backendRefs: [backend],
  };
}

export const ACCEPTED = {
  parents: [
    {
      controllerName: 'istio.io/gateway-controller',
      conditions: [
        { type: 'Accepted', status: 'True' },
        { type: 'ResolvedRefs', status: 'True' },
      ],
    },
  ],
};

export function route(
  name: string,
  parts: { rules?: Spec[]; hostnames?: string[]; status?: Spec } = {},
): KubernetesObject {
  const base = `/${NAMESPACE}/${name}`;
  return object('HTTPRoute', generatedNames(name).route, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    labels: identity(name, LABEL_VALUES.route),
    spec: {
      parentRefs: [{ kind: 'Gateway', ...GATEWAY }],
      hostnames: parts.hostnames,
      rules: parts.rules ?? [
        prefixRule(
          `${base}/v1/completions`,
          poolBackend(name),
          `${name}-completions`,
        ),
        prefixRule(
          `${base}/v1/chat/completions`,
          poolBackend(name),
          `${name}-chat`,
        ),
        prefixRule(base, serviceBackend(name), `${name}-rest`),
      ],
    },
    status: parts.status ?? ACCEPTED,
  });
}

export function destinationRule(
  name: string,
  tls: Spec = { mode: 'SIMPLE', insecureSkipVerify: true },
  parts: { namespace?: string; host?: string; spec?: Spec } = {},
): KubernetesObject {
  return object('DestinationRule', `${name}-picker`, {
    apiVersion: 'networking.istio.io/v1',
    namespace: parts.namespace,
    spec: {
      host:
        parts.host ??
        `${generatedNames(name).pickerService}.${NAMESPACE}.svc.cluster.local`,
      trafficPolicy: { tls },
      ...parts.spec,
    },
  });
}

export function pickerService(name: string, port = 9002): KubernetesObject {
  return object('Service', generatedNames(name).pickerService, {
    labels: pickerLabels(name),
    spec: {
      ports: [
        { name: 'grpc', port },
        { name: 'metrics', port: 9090 },
      ],
      selector: pickerLabels(name),
    },
  });
}

export function shadowService(name: string): KubernetesObject {
  const { pool: poolName } = generatedNames(name);
  return object('Service', `${poolName}-ip-0a1b2c3d`, {
    labels: { [LABELS.shadowPool]: poolName },
  });
}

export function gateway(className = 'istio'): KubernetesObject {
  return object('Gateway', GATEWAY.name, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    namespace: GATEWAY.namespace,
    spec: { gatewayClassName: className },
  });
}

export function istiod(
  version = '1.30.4',
  env: Spec[] = [
    { name: 'ENABLE_GATEWAY_API_INFERENCE_EXTENSION', value: 'true' },
  ],
): KubernetesObject {
  return object('Deployment', 'istiod', {
    apiVersion: 'apps/v1',
    namespace: 'istio-system',
    labels: { app: 'istiod' },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'discovery',
              image: `docker.io/istio/pilot:${version}`,
              env,
            },
          ],
        },
      },
    },
  });
}

/** Everything of one healthy service, by part. */
export function healthy(name = 'chat'): Record<string, KubernetesObject> {
  return {
    service: service(name),
    engine0: enginePod(name, 0),
    engine1: enginePod(name, 1),
    picker: pickerPod(name),
    pickerDeployment: pickerDeployment(name),
    pickerService: pickerService(name),
    shadow: shadowService(name),
    pool: pool(name),
    route: route(name),
    rule: destinationRule(name),
    gateway: gateway(),
    istiod: istiod(),
  };
}

export const ALL_KINDS = [...new Set(OBSERVED_KINDS.map(({ kind }) => kind))];

/** The healthy service with some parts replaced; `undefined` takes a part away. */
export function observe(
  changes: Record<string, KubernetesObject | undefined> = {},
  options: Partial<ObserveTargetOptions> = {},
): Observation {
  const parts: Record<string, KubernetesObject | undefined> = {
    ...healthy(),
    ...changes,
  };
  return observeTarget({
    source: 'cluster',
    target: { cluster: 'test', namespace: NAMESPACE, name: 'chat' },
    objects: Object.values(parts).filter(
      (part): part is KubernetesObject => part !== undefined,
    ),
    asked: ALL_KINDS,
    observedAt: NOW,
    ...options,
  });
}

function engineMetrics(parts: Partial<EngineMetrics>): EngineMetrics {
  return { engine: 'vllm', prefixCaching: 'on', ...parts } as EngineMetrics;
}

function routerMetrics(parts: Partial<RouterMetrics>): RouterMetrics {
  return {
    queueByEndpoint: {},
    picksByEndpoint: {},
    scorers: [],
    dataProducers: [],
    readyEndpoints: 2,
    indexSize: 10,
    ...parts,
  } as RouterMetrics;
}

/** An engine's two samples: what it had counted, and what it has counted now. */
export function engineSamples(
  pod: string,
  previous: Partial<EngineMetrics> | undefined,
  current: Partial<EngineMetrics>,
): ObservedEndpoint {
  return {
    role: 'engine',
    pod,
    engine: {
      current: {
        at: NOW,
        source: 'pod-proxy',
        metrics: engineMetrics(current),
      },
      previous: previous && {
        at: NOW,
        source: 'pod-proxy',
        metrics: engineMetrics(previous),
      },
    },
  };
}

/** A picker's two samples. */
export function routerSamples(
  pod: string,
  previous: Partial<RouterMetrics> | undefined,
  current: Partial<RouterMetrics>,
): ObservedEndpoint {
  return {
    role: 'router',
    pod,
    router: {
      current: {
        at: NOW,
        source: 'port-forward',
        metrics: routerMetrics(current),
      },
      previous: previous && {
        at: NOW,
        source: 'port-forward',
        metrics: routerMetrics(previous),
      },
    },
  };
}

/** Traffic between two samples: what the picker and one engine counted. */
export function traffic(counted: {
  picker: number;
  engines: number;
  queryTokens?: number;
  hitTokens?: number;
  predicted?: number;
}): ObservedEndpoint[] {
  const {
    picker,
    engines,
    queryTokens = 0,
    hitTokens = 0,
    predicted,
  } = counted;
  const prediction = (count: number) =>
    predicted === undefined
      ? {}
      : { predictedHitRatio: { mean: predicted, count } };
  return [
    routerSamples(
      'chat-epp-0',
      { requests: 100, ...prediction(100) },
      { requests: 100 + picker, ...prediction(100 + picker) },
    ),
    engineSamples(
      'chat-kserve-0',
      { requests: 50, queryTokens: 1000, hitTokens: 500, promptTokens: 1000 },
      {
        requests: 50 + engines,
        queryTokens: 1000 + queryTokens,
        hitTokens: 500 + hitTokens,
        promptTokens: 1000 + queryTokens,
      },
    ),
  ];
}

export function findingIn(
  verification: { findings: { check: string }[] },
  check: string,
) {
  const found = verification.findings.find(finding => finding.check === check);
  if (!found) throw new Error(`no finding of ${check}`);
  return found;
}
