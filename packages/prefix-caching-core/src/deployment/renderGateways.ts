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

import type { KubernetesObject } from '../kubernetes';
import { DEFAULT_GATEWAY_CLASS } from '../platforms';
import type { PlatformProfile } from '../platforms';
import { mergesRoutes } from './isolation';
import { manifestText } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import type { RenderedFile } from './types';

/** Where Gateways of their own stand; the README names it too. */
export const GATEWAYS_PATH = 'deploy/gateways.yaml';

/** Plain HTTP: a certificate is nothing that a plan could name. */
const PORT = 80;

export function gatewayClassOf(profile: PlatformProfile): string {
  return profile.gatewayClass ?? DEFAULT_GATEWAY_CLASS;
}

/** The Service that Istio makes for a Gateway of the class: `<gateway>-<class>`. */
export function gatewayServiceName(
  profile: PlatformProfile,
  gateway: string,
): string {
  return `${gateway}-${gatewayClassOf(profile)}`;
}

function gatewayOf(
  { plan, profile }: ResolvedPlan,
  { gateway, hostname }: ResolvedService,
): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      ...gateway,
      labels: { 'backstage.io/kubernetes-id': plan.name },
    },
    spec: {
      gatewayClassName: gatewayClassOf(profile),
      listeners: [
        {
          name: 'http',
          port: PORT,
          protocol: 'HTTP',
          ...(hostname ? { hostname } : {}),
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    },
  };
}

/**
 * `deploy/gateways.yaml`: a Gateway for each service, for whoever wants no
 * route of another one beside it.
 */
export function renderGateways(resolved: ResolvedPlan): RenderedFile {
  const { profile, services } = resolved;
  const objects = services.map(service => gatewayOf(resolved, service));
  const why = mergesRoutes(profile)
    ? `A Gateway of its own: Istio up to 1.28.4 merges the routes of one host on a\ngateway and keeps the picker of the first only.`
    : 'A Gateway of its own was asked for: no route of another service is near it.';
  return {
    path: GATEWAYS_PATH,
    content: objects
      .map(object =>
        manifestText(object, [
          [['spec'], why],
          [
            ['spec', 'listeners', 0, 'allowedRoutes'],
            "Only routes of this namespace, which are this deployment's and its neighbours'.",
          ],
        ]),
      )
      .join('---\n'),
    objects,
  };
}
