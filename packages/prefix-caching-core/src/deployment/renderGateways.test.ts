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

import { at, listAt, textAt } from '../kubernetes';
import { fullPlan, referencePlan } from './__fixtures__/plans';
import { all, file, services } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';
import type { DeploymentPlan, RenderedFile } from '.';

const SERVICES = ['qwen-3b-gpu-svc', 'qwen-3b-tpu-svc'];

function render(plan: Partial<DeploymentPlan>, istio = '1.28.4') {
  return renderDeployment({
    ...referencePlan({ id: 'kserve-0.20', istio }),
    isolation: 'gateway',
    ...plan,
  });
}

function ofKind(files: RenderedFile[], kind: string) {
  return all(files).filter(object => object.kind === kind);
}

function readme(files: RenderedFile[]): string {
  return file(files, 'README.md').content;
}

const HOSTNAMES = ['router', 'route', 'http', 'spec', 'hostnames'];

describe('Gateways of their own', () => {
  it('are one for each service, beside it, and open to its namespace only', () => {
    const files = render({});
    const gateways = ofKind(files, 'Gateway');
    expect(gateways.map(({ metadata }) => metadata.name)).toEqual(SERVICES);
    for (const gateway of gateways) {
      expect(gateway.metadata.namespace).toBe('rhaii-inference');
      expect(gateway.spec).toEqual({
        gatewayClassName: 'istio',
        listeners: [
          {
            name: 'http',
            port: 80,
            protocol: 'HTTP',
            allowedRoutes: { namespaces: { from: 'Same' } },
          },
        ],
      });
    }
    expect(file(files, 'deploy/kustomization.yaml').content).toContain(
      '- gateways.yaml',
    );
  });

  it.each(['1.28.4', '1.30.4'])(
    'are what each service attaches to, without a host, on Istio %s',
    istio => {
      for (const service of services(render({}, istio))) {
        const { name, namespace } = service.metadata;
        expect(at(service.spec, 'router', 'gateway', 'refs')).toEqual([
          { name, namespace },
        ]);
        expect(at(service.spec, ...HOSTNAMES)).toBeUndefined();
      }
    },
  );

  it('are let through to their own service by its network policies', () => {
    const policies = ofKind(render({ networkPolicies: true }), 'NetworkPolicy');
    expect(policies).toHaveLength(4);
    for (const policy of policies) {
      const name = policy.metadata.name.replace(/-(engine|picker)$/, '');
      const [gateway] = listAt(policy.spec, 'ingress', 0, 'from');
      expect(gateway).toEqual({
        namespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': 'rhaii-inference' },
        },
        podSelector: {
          matchLabels: { 'gateway.networking.k8s.io/gateway-name': name },
        },
      });
    }
  });

  it('take one host each where the plan names a domain', () => {
    const files = renderDeployment({
      ...fullPlan('kserve-0.20'),
      overlays: undefined,
      isolation: 'gateway',
    });
    const gateways = ofKind(files, 'Gateway');
    expect(gateways.length).toBeGreaterThan(0);
    for (const gateway of gateways) {
      const { name } = gateway.metadata;
      const host = `${name}.models.example.com`;
      expect(textAt(gateway.spec, 'listeners', 0, 'hostname')).toBe(host);
      const [service] = file(files, `deploy/${name}.yaml`).objects;
      expect(at(service.spec, ...HOSTNAMES)).toEqual([host]);
    }
  });

  it.each([
    ['odh-0.20', 'openshift-default'],
    ['xks-0.20', 'istio'],
    ['rhaii-3.4-ea1', 'istio'],
    ['kserve-0.20', 'istio'],
  ])('have the class of the Istio of %s: %s', (platform, name) => {
    const plan = referencePlan(platform);
    const files = renderDeployment({ ...plan, isolation: 'gateway' });
    const [gateway] = ofKind(files, 'Gateway');
    expect(textAt(gateway.spec, 'gatewayClassName')).toBe(name);
  });

  it('are explained in the README, with the reason and the address', () => {
    const merged = readme(render({}));
    expect(merged).toMatch(
      /Gateway of its own.*merges the routes of one host.*Istio 1\.28\.4/,
    );
    expect(merged).toContain('plain HTTP on port 80');
    expect(merged).toContain(
      'get gateways.gateway.networking.k8s.io qwen-3b-gpu-svc',
    );
    expect(merged).toContain(
      'http://qwen-3b-gpu-svc-istio.rhaii-inference.svc.cluster.local/rhaii-inference/qwen-3b-gpu-svc/v1',
    );
    expect(merged).not.toContain('host of its own');
    const asked = readme(render({}, '1.30.4'));
    expect(asked).toMatch(/Gateway of its own.*it was asked for/);
    expect(asked).not.toContain('merges the routes');
  });
});

describe('hosts of their own', () => {
  it('can be asked for where Istio needs none', () => {
    const files = render({ isolation: 'hostname' }, '1.30.4');
    expect(ofKind(files, 'Gateway')).toEqual([]);
    expect(
      services(files).flatMap(({ spec }) => listAt(spec, ...HOSTNAMES)),
    ).toEqual(SERVICES.map(name => `${name}.rhaii-inference.example.internal`));
    expect(readme(files)).toMatch(/host of its own \(.*\): it was asked for\./);
  });

  it.each(['auto', undefined] as const)(
    'come with %s where Istio merges routes, and not where it does not',
    isolation => {
      const hostsOn = (istio: string) =>
        services(render({ isolation }, istio)).flatMap(({ spec }) =>
          listAt(spec, ...HOSTNAMES),
        );
      expect(hostsOn('1.28.4')).toHaveLength(2);
      expect(hostsOn('1.28.5')).toHaveLength(0);
    },
  );
});
