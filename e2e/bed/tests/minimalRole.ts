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
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RIGHTS } from '../../../plugins/prefix-caching-backend/src/clusters';
import type { AuditEvent } from '../src/apiServer';
import type { ClusterApi } from '../src/ClusterApi';
import { describe as say, type Portal, type Report } from '../src/Portal';
import {
  createPortalAccount,
  documentedRoles,
  userOf,
  type Rule,
} from '../src/portalAccount';
import { ENGINES } from '../src/Serving';
import type { ServedRelease } from '../src/servedRelease';
import { until } from '../src/until';
import { PORTAL_ACCOUNT, type RealService } from './realService';

/** Accounts that lack one right each are tried this many at a time. */
const AT_ONCE = 8;

/** What every account may call, granted by no rule of ours. */
const FREE = ['create selfsubjectaccessreviews.authorization.k8s.io'];

/**
 * What is lost with each right, of what docs/rbac.md says may be: elsewhere
 * something else tells the same.
 */
const LOST: Record<string, string[]> = {
  'llminferenceservices.serving.kserve.io': ['status.conditions'],
  'deployments.apps': [],
  pods: [
    'engine.arguments',
    'engine.block-size',
    'engine.prefix-caching',
    'engine.replicas',
    'gateway.picker-tls',
    'router.available',
    'router.metrics',
    'router.pool',
    'router.scorers',
    'routing.bypass',
    'routing.delivered-hits',
    'routing.distribution',
    'routing.prediction-gap',
  ],
  services: [],
  configmaps: [],
  'httproutes.gateway.networking.k8s.io': [
    'gateway.request-body',
    'gateway.routes',
    'gateway.shared-picker',
    'router.pool',
  ],
  'gateways.gateway.networking.k8s.io': [],
  'inferencepools.inference.networking.k8s.io': [
    'router.failure-mode',
    'router.pool',
  ],
  'inferencepools.inference.networking.x-k8s.io': [],
  'networkpolicies.networking.k8s.io': ['network.policies'],
  'envoyfilters.networking.istio.io': ['gateway.request-body'],
  'destinationrules.networking.istio.io': ['gateway.picker-tls'],
  nodes: [],
  'pods/proxy': [
    'routing.bypass',
    'routing.delivered-hits',
    'routing.prediction-gap',
  ],
  'pods/portforward': [
    'router.metrics',
    'routing.bypass',
    'routing.prediction-gap',
  ],
  'pods/log': [],
};

/** How requests are spread is told by the engines alone where the picker does not count. */
function lostWith(release: ServedRelease): typeof LOST {
  if (release.countsPicks) return LOST;
  const proxy = [...LOST['pods/proxy'], 'routing.distribution'].sort();
  return { ...LOST, 'pods/proxy': proxy };
}

const nameOf = (right: { group: string; resource: string }) =>
  right.group ? `${right.resource}.${right.group}` : right.resource;

/** `<verb> <resource>[/<subresource>][.<group>]`, as rules and audit events have it. */
function grantsOf(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        verbs.map(verb => `${verb} ${nameOf({ group, resource })}`),
      ),
    ),
  );
}

function callOf({ verb, objectRef, requestURI }: AuditEvent): string {
  if (!objectRef) return `${verb} ${requestURI.split('?')[0]}`;
  const { resource = '', subresource, apiGroup = '' } = objectRef;
  return `${verb} ${nameOf({
    group: apiGroup,
    resource: subresource ? `${resource}/${subresource}` : resource,
  })}`;
}

/** What the account may do is what docs/rbac.md says; what that is worth is seen here. */
export function minimalRole(
  service: () => RealService,
  release: ServedRelease,
): void {
  const lostBy = lostWith(release);
  const callsOf = (account: string, from = 0) =>
    service()
      .bed.apiServer.audit()
      .slice(from)
      .filter(({ user }) => user.username === userOf(account))
      .map(callOf);

  /** Enough for how requests are spread to be judged, too. */
  async function muchTraffic(): Promise<void> {
    for (let conversation = 0; conversation < 5; conversation++) {
      await service().traffic();
    }
  }

  /** Engines that were never asked have no counters that could be compared. */
  async function untilAllAnswered(): Promise<void> {
    const answered = new Set<string>();
    await until('every engine has answered', async () => {
      for (const pod of await service().traffic()) answered.add(pod);
      return answered.size === ENGINES.length;
    });
  }

  /** What accounts see of the same traffic, which rests while they look. */
  async function seenBy(tokens: readonly string[]): Promise<Report[]> {
    const portals: Portal[] = [];
    try {
      for (const token of tokens) {
        portals.push(await service().startPortal({ token }));
      }
      await Promise.all(portals.map(portal => portal.verify()));
      await muchTraffic();
      return await Promise.all(portals.map(portal => portal.verifyAfter()));
    } finally {
      await Promise.all(portals.map(portal => portal.stop()));
    }
  }

  it('is all that is ever used', () => {
    const granted = new Set([
      ...[...documentedRoles().values()].flatMap(({ rules }) =>
        grantsOf(rules),
      ),
      ...FREE,
    ]);
    const used = new Set(callsOf(PORTAL_ACCOUNT));
    const beyond = [...used].filter(call => !granted.has(call));
    assert.deepEqual(beyond, [], 'the audit log shows other calls');
    assert.ok(used.has('list pods') && used.has('watch pods'));
  });

  it('costs one list and one watch of each kind, and then only metrics', async () => {
    const { bed, startPortal, traffic } = service();
    const portal = await startPortal();
    try {
      const from = bed.apiServer.audit().length;
      await portal.verify();
      const first = callsOf(PORTAL_ACCOUNT, from);
      const reader = documentedRoles().get('prefix-caching-reader');
      for (const grant of grantsOf(reader?.rules ?? [])) {
        if (!grant.startsWith('list ')) continue;
        const times = first.filter(call => call === grant).length;
        assert.equal(times, 1, `${grant}: ${times} times`);
      }
      const between = bed.apiServer.audit().length;
      await portal.verifyAfter(traffic);
      const second = callsOf(PORTAL_ACCOUNT, between)
        .filter(call => !call.startsWith('watch '))
        .sort();
      assert.deepEqual(
        second,
        [...Array(3).fill('get pods/proxy'), 'get pods/portforward'].sort(),
      );
    } finally {
      await portal.stop();
    }
  });

  it('without any one right: its checks alone are inconclusive, and none fails', async () => {
    const { bed, portalToken } = service();
    await untilAllAnswered();
    const documented = [...documentedRoles().values()].flatMap(
      ({ rules }) => rules,
    );
    const waiting = RIGHTS.filter(({ resource, group }) =>
      documented.some(
        rule =>
          rule.resources.includes(resource) && rule.apiGroups.includes(group),
      ),
    );
    assert.deepEqual(
      waiting.map(nameOf).sort(),
      Object.keys(lostBy).sort(),
      'each documented right is tried',
    );
    const seen: string[] = [];
    const expected: string[] = [];
    while (waiting.length > 0) {
      const rights = waiting.splice(0, AT_ONCE);
      const tokens = [];
      for (const right of rights) {
        tokens.push(await createAccountWithout(bed.api, right));
      }
      const [whole, ...reports] = await seenBy([portalToken, ...tokens]);
      assert.deepEqual(whole.with('fail'), [], say(whole.verification));
      for (const [index, report] of reports.entries()) {
        const right = rights[index];
        const lost = report
          .with('inconclusive')
          .filter(check => whole.finding(check).verdict !== 'inconclusive');
        const unstated = lost.filter(check => !right.checks.includes(check));
        assert.deepEqual(
          [unstated, report.with('fail')],
          [[], []],
          `Without ${nameOf(right)} more is lost than docs/rbac.md says:\n${say(
            report.verification,
          )}`,
        );
        seen.push(`${nameOf(right)}: ${lost.join(', ')}`);
        expected.push(`${nameOf(right)}: ${lostBy[nameOf(right)].join(', ')}`);
      }
    }
    assert.deepEqual(seen, expected);
  });
}

/** An account that may do all but one thing. */
function createAccountWithout(
  api: ClusterApi,
  right: (typeof RIGHTS)[number],
): Promise<string> {
  return createPortalAccount(
    api,
    `without-${nameOf(right).replaceAll('/', '-')}`,
    rule =>
      !rule.resources.includes(right.resource) ||
      !rule.apiGroups.includes(right.group),
  );
}
