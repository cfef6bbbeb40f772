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

import { generatedNames } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { shadowServiceName } from '../platforms';
import type { PlatformProfile } from '../platforms';
import { manifestText } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import type { RenderedFile } from './types';

/** One host that answers with TLS, and why the gateway has to be told. */
interface TlsHost {
  /** Last part of the rule's name. */
  role: 'picker' | 'pool' | 'workload';
  service: string;
  /** The name the certificate is asked for, where it differs from the host. */
  sni?: string;
  why: string;
}

/** Whether a DestinationRule has to be written at all. */
export function needsDestinationRules(profile: PlatformProfile): boolean {
  const pickerServesTls = profile.tls || profile.pickerTlsWhenOff;
  return !profile.writesDestinationRule && pickerServesTls;
}

function hostsOf({ profile }: ResolvedPlan, name: string): TlsHost[] {
  const names = generatedNames(name);
  return [
    {
      role: 'picker',
      service: names.pickerService,
      why: 'The picker serves TLS by default, with a certificate it signed itself.',
    },
    ...(profile.tls
      ? [
          {
            role: 'pool' as const,
            service: shadowServiceName(names.pool),
            sni: names.workloadService,
            why: 'The Service Istio makes for the pool: requests that the picker routed reach the\nengines through it, and the engines serve TLS with a certificate of the platform.',
          },
          {
            role: 'workload' as const,
            service: names.workloadService,
            why: 'Requests that go around the picker, such as /v1/models, to the same engines.',
          },
        ]
      : []),
  ];
}

function rule(
  { plan }: ResolvedPlan,
  service: ResolvedService,
  host: TlsHost,
): KubernetesObject {
  const domain = `${plan.namespace}.svc.cluster.local`;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: {
      name: `${service.name}-${host.role}`,
      namespace: plan.namespace,
      labels: { 'backstage.io/kubernetes-id': plan.name },
    },
    spec: {
      host: `${host.service}.${domain}`,
      trafficPolicy: {
        tls: {
          mode: 'SIMPLE',
          insecureSkipVerify: true,
          ...(host.sni ? { sni: `${host.sni}.${domain}` } : {}),
        },
      },
    },
  };
}

/**
 * `deploy/destination-rules.yaml`: makes the gateway speak TLS to whatever
 * serves it, on platforms whose controller writes no such rule.
 *
 * The picker serves TLS unless it is told not to, and KServe says nothing when
 * its own TLS is off; the gateway would speak plain text, get no answer, and
 * send requests to any replica. With TLS on, the engines serve it too, behind
 * the Service Istio makes for the pool and behind KServe's own.
 */
export function renderDestinationRules(resolved: ResolvedPlan): RenderedFile {
  const rules = resolved.services.flatMap(service =>
    hostsOf(resolved, service.name).map(host => ({
      object: rule(resolved, service, host),
      why: host.why,
    })),
  );
  return {
    path: 'deploy/destination-rules.yaml',
    content: rules
      .map(({ object, why }) =>
        manifestText(object, [[['spec', 'trafficPolicy'], why]]),
      )
      .join('---\n'),
    objects: rules.map(({ object }) => object),
  };
}
