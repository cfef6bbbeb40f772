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
  kindOf,
  ownerReference,
  type KubeObject,
  type ObjectStore,
} from '../api';
import { listAt, numberAt, objectAt, textAt, type JsonObject } from '../json';
import { hasCondition, stampConditions } from './conditions';
import { shadowServiceName } from './names';
import type { Templates } from './templates';

const CONTROLLER = 'istio.io/gateway-controller';

/** Istio's part: gateways, the status of routes and pools, shadow Services. */
export function reconcileIstio(store: ObjectStore, templates: Templates): void {
  for (const gateway of store.kind('Gateway')) {
    if (textAt(gateway, 'spec', 'gatewayClassName') === 'istio') {
      reconcileGateway(store, templates, gateway);
    }
  }
  for (const route of store.kind('HTTPRoute')) reconcileRoute(store, route);
  const enabled = inferenceExtensionEnabled(store);
  for (const pool of store.kind('InferencePool')) {
    reconcilePool(store, pool);
    reconcileShadowService(store, templates, pool, enabled);
  }
}

/** istiod's feature switch; without it a pool has no shadow Service and no ext_proc. */
export function inferenceExtensionEnabled(store: ObjectStore): boolean {
  const istiod = store.get(kindOf('Deployment'), 'istio-system', 'istiod');
  return listAt(istiod, 'spec', 'template', 'spec', 'containers')
    .flatMap(container => listAt(container, 'env'))
    .some(
      variable =>
        textAt(variable, 'name') === 'ENABLE_GATEWAY_API_INFERENCE_EXTENSION' &&
        textAt(variable, 'value') === 'true',
    );
}

/** The gateways a route names, which exist and are Istio's. */
export function gatewaysOfRoute(store: ObjectStore, route: KubeObject) {
  return listAt(route, 'spec', 'parentRefs').flatMap(ref => {
    const namespace = textAt(ref, 'namespace') ?? route.metadata.namespace;
    const name = textAt(ref, 'name') ?? '';
    const gateway = store.get(kindOf('Gateway'), namespace, name);
    return gateway ? [gateway] : [];
  });
}

function reconcileGateway(
  store: ObjectStore,
  templates: Templates,
  gateway: KubeObject,
) {
  const { name, namespace } = gateway.metadata;
  for (const child of templates.render('gateway', { name, namespace })) {
    const ownerReferences = [ownerReference(gateway)];
    if (!store.get(kindOf(child.kind), namespace, child.metadata.name)) {
      store.apply({
        ...child,
        metadata: { ...child.metadata, ownerReferences },
      });
    }
  }
  const deployment = store.get(
    kindOf('Deployment'),
    namespace,
    `${name}-istio`,
  );
  const programmed = hasCondition(deployment, 'Available');
  const hash = createHash('sha256').update(`${namespace}/${name}`).digest();
  const status = {
    addresses: [{ type: 'IPAddress', value: `10.96.${hash[0]}.${hash[1]}` }],
    conditions: stampConditions(
      gateway,
      [
        { type: 'Accepted', met: true, reason: 'Accepted' },
        { type: 'Programmed', met: programmed, reason: 'Programmed' },
      ],
      store.now(),
    ),
    listeners: listAt(gateway, 'spec', 'listeners').map(listener => ({
      name: textAt(listener, 'name'),
      attachedRoutes: store
        .kind('HTTPRoute')
        .filter(route => gatewaysOfRoute(store, route).includes(gateway))
        .length,
      supportedKinds: [
        { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
      ],
      conditions: [],
    })),
  };
  store.apply({ ...gateway, status }, 'status');
}

function reconcileRoute(store: ObjectStore, route: KubeObject) {
  const unresolved = listAt(route, 'spec', 'rules')
    .flatMap(rule => listAt(rule, 'backendRefs'))
    .find(ref => {
      const kind = textAt(ref, 'kind') ?? 'Service';
      if (kind !== 'Service' && kind !== 'InferencePool') return true;
      const namespace = textAt(ref, 'namespace') ?? route.metadata.namespace;
      const name = textAt(ref, 'name') ?? '';
      const wrongGroup =
        kind === 'InferencePool' &&
        textAt(ref, 'group') !== 'inference.networking.k8s.io';
      return wrongGroup || !store.get(kindOf(kind), namespace, name);
    });
  const message = unresolved
    ? `backend(${textAt(unresolved, 'name')}) not found`
    : undefined;
  const parents = listAt(route, 'spec', 'parentRefs').flatMap((ref, index) => {
    const namespace = textAt(ref, 'namespace') ?? route.metadata.namespace;
    const name = textAt(ref, 'name') ?? '';
    if (!store.get(kindOf('Gateway'), namespace, name)) return [];
    return [
      {
        parentRef: objectAt(ref),
        controllerName: CONTROLLER,
        conditions: stampConditions(
          parentAsObject(route, index),
          [
            { type: 'Accepted', met: true, reason: 'Accepted' },
            {
              type: 'ResolvedRefs',
              met: !unresolved,
              reason: unresolved ? 'BackendNotFound' : 'ResolvedRefs',
              message,
            },
          ],
          store.now(),
        ),
      },
    ];
  });
  store.apply({ ...route, status: { parents } }, 'status');
}

function reconcilePool(store: ObjectStore, pool: KubeObject) {
  const { name, namespace } = pool.metadata;
  const routes = store.kind('HTTPRoute', namespace).filter(route =>
    listAt(route, 'spec', 'rules')
      .flatMap(rule => listAt(rule, 'backendRefs'))
      .some(
        ref =>
          textAt(ref, 'kind') === 'InferencePool' &&
          textAt(ref, 'name') === name,
      ),
  );
  const gateways = new Set(
    routes.flatMap(route => gatewaysOfRoute(store, route)),
  );
  const picker = textAt(pool, 'spec', 'endpointPickerRef', 'name') ?? '';
  const resolved = store.get(kindOf('Service'), namespace, picker);
  const parents = [...gateways].map((gateway, index) => ({
    parentRef: {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      name: gateway.metadata.name,
      namespace: gateway.metadata.namespace,
    },
    controllerName: CONTROLLER,
    conditions: stampConditions(
      parentAsObject(pool, index),
      [
        { type: 'Accepted', met: true, reason: 'Accepted' },
        {
          type: 'ResolvedRefs',
          met: resolved !== undefined,
          reason: resolved ? 'ResolvedRefs' : 'InvalidExtensionRef',
        },
      ],
      store.now(),
    ),
  }));
  store.apply({ ...pool, status: { parents } }, 'status');
}

function reconcileShadowService(
  store: ObjectStore,
  templates: Templates,
  pool: KubeObject,
  enabled: boolean,
) {
  const { name, namespace } = pool.metadata;
  const shadowName = shadowServiceName(name);
  const type = kindOf('Service');
  const present = store.get(type, namespace, shadowName);
  if (!enabled) {
    if (present) store.remove(type, namespace, shadowName);
    return;
  }
  const picker = objectAt(pool, 'spec', 'endpointPickerRef');
  const [service] = templates.render('shadow-service', {
    name,
    namespace,
    shadowName,
    picker: textAt(picker, 'name'),
    pickerPort: String(numberAt(picker, 'port', 'number') ?? 9002),
    failureMode: textAt(picker, 'failureMode') ?? 'FailClose',
    selector: objectAt(pool, 'spec', 'selector', 'matchLabels'),
  });
  const ownerReferences = [ownerReference(pool)];
  store.apply({
    ...service,
    metadata: { ...service.metadata, ownerReferences },
  });
}

/** One entry of `status.parents`, in the shape that conditions are read from. */
function parentAsObject(object: KubeObject, index: number): KubeObject {
  const parent: JsonObject = objectAt(object, 'status', 'parents', index);
  return { ...object, status: parent };
}
