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

import { listAt, recordAt, textAt, textsAt } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { isPool, rulesOf } from '../observation';
import type { Neighbour, Observation } from '../observation';
import { detectPlatform } from '../platforms/detectPlatform';
import { compareVersions, KSERVE_NAMED_RULES } from '../platforms/versions';

/** The last releases in which equal rule names were seen to share a picker (istio#61594); later patches may carry the fix. */
const LAST_SEEN_SHARING = ['1.28.99', '1.29.7', '1.30.4'];

/** How a service's requests enter the gateway: what decides whether two of them are kept apart. */
export interface RouteShape {
  /** Empty means every host. */
  hostnames: string[];
  /** Rules that go to a pool; unnamed ones get a name of their own from Istio. */
  ruleNames: string[];
  /** KServe's own rules, which have the same names for every service from 0.19 on. */
  managedNames: boolean;
  /** Whether anything goes to a pool at all. */
  pooled: boolean;
}

function fromRoutes(routes: readonly KubernetesObject[]): RouteShape {
  const rules = routes
    .flatMap(rulesOf)
    .filter(({ backends }) => backends.some(isPool));
  return {
    hostnames: routes.flatMap(route => textsAt(route, 'spec', 'hostnames')),
    ruleNames: rules.flatMap(({ name }) => name ?? []),
    managedNames: false,
    pooled: rules.length > 0,
  };
}

function fromService(
  service: KubernetesObject,
  namesRules: boolean,
): RouteShape | undefined {
  const router = recordAt(service, 'spec', 'router');
  if (!('route' in router && 'scheduler' in router)) return undefined;
  const rules = listAt(
    service,
    'spec',
    'router',
    'route',
    'http',
    'spec',
    'rules',
  );
  return {
    hostnames: textsAt(
      service,
      'spec',
      'router',
      'route',
      'http',
      'spec',
      'hostnames',
    ),
    ruleNames: rules.flatMap(rule => {
      const pooled = listAt(rule, 'backendRefs').some(
        backend => textAt(backend, 'kind') === 'InferencePool',
      );
      const name = textAt(rule, 'name');
      return pooled && name ? [name] : [];
    }),
    managedNames: namesRules && rules.length === 0,
    pooled: true,
  };
}

/** Whether this platform's own rules have names: detected from the objects, never from a plan. */
function platformNamesRules(objects: readonly KubernetesObject[]): boolean {
  const { kserve, profile } = detectPlatform(objects);
  const order = kserve
    ? compareVersions(kserve, KSERVE_NAMED_RULES)
    : undefined;
  return order === undefined ? profile === 'kserve-0.20' : order >= 0;
}

/** A neighbour's objects are shared by all services of its gateway. */
const shapes = new WeakMap<
  readonly KubernetesObject[],
  { shape: RouteShape | undefined }
>();

/** The shape of a target or of a neighbour: of its routes, else of what its service asks for. */
export function routeShape(
  objects: readonly KubernetesObject[],
): RouteShape | undefined {
  const known = shapes.get(objects);
  if (known) return known.shape;
  const shape = shapeOf(objects);
  shapes.set(objects, { shape });
  return shape;
}

function shapeOf(objects: readonly KubernetesObject[]): RouteShape | undefined {
  const routes = objects.filter(({ kind }) => kind === 'HTTPRoute');
  if (routes.length > 0) return fromRoutes(routes);
  const service = objects.find(({ kind }) => kind === 'LLMInferenceService');
  return service && fromService(service, platformNamesRules(objects));
}

function covers(pattern: string, host: string): boolean {
  return (
    pattern === host ||
    (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))
  );
}

/** Whether two routes are merged into one virtual host. */
export function shareHost(one: RouteShape, other: RouteShape): boolean {
  if (one.hostnames.length === 0 && other.hostnames.length === 0) return true;
  return one.hostnames.some(a =>
    other.hostnames.some(b => covers(a, b) || covers(b, a)),
  );
}

/** Names that rules of both have; one phrase where both leave them to KServe. */
export function sharedRuleNames(one: RouteShape, other: RouteShape): string[] {
  if (one.managedNames && other.managedNames)
    return ["KServe's own rule names"];
  return one.ruleNames.filter(name => other.ruleNames.includes(name));
}

/** Whether equal rule names were seen to share a picker in this Istio; undefined where later patches may have the fix. */
export function sharesByName(istio: string): boolean | undefined {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  if ((compareVersions(istio, '1.28.0') ?? 0) < 0) return true;
  const last = LAST_SEEN_SHARING.find(
    version => minor(version) === minor(istio),
  );
  const order = last ? compareVersions(istio, last) : undefined;
  return order !== undefined && order <= 0 ? true : undefined;
}

/** A rule of the target's own routes in which Istio loses the picker. */
export function brokenRule(
  routes: readonly KubernetesObject[],
): string | undefined {
  for (const rule of routes.flatMap(rulesOf)) {
    const used = rule.backends.filter(({ weight }) => weight > 0);
    const pools = new Set(
      used.filter(isPool).map(({ namespace, name }) => `${namespace}/${name}`),
    );
    const label = rule.name ?? `number ${rule.index}`;
    if (pools.size > 1) return `rule ${label} has ${pools.size} pools`;
    if (pools.size === 1 && used.some(backend => !isPool(backend))) {
      return `rule ${label} has a pool and a Service`;
    }
  }
  return undefined;
}

/** Objects of the target that tell its shape: neighbours' are kept apart. */
export function ownObjects(observation: Observation): KubernetesObject[] {
  return observation.service
    ? [...new Set([observation.service, ...observation.objects])]
    : observation.objects;
}

/** `namespace/name` of a neighbour. */
export function neighbourName({ target }: Neighbour): string {
  return `${target.namespace}/${target.name}`;
}
