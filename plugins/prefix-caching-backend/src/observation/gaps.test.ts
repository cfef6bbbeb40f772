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

import path from 'node:path';
import {
  indexObjects,
  OBSERVED_KINDS,
  observeTarget,
  verify,
  type Gap,
  type GapReason,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { ManualClock, startSandbox, type Sandbox } from 'sandbox';
import { ClusterMirror, listingGap, RIGHTS } from '../clusters';
import { DirectClusterClient } from '../clusters/DirectClusterClient';
import { listCluster } from './listCluster';

const target = {
  cluster: 'sandbox',
  namespace: 'llm-serving',
  name: 'qwen-3b-gpu',
};

const REASONS: GapReason[] = [
  'forbidden',
  'unreachable',
  'timeout',
  'too-large',
];

describe('a kind that cannot be read', () => {
  let sandbox: Sandbox;
  let mirror: ClusterMirror;

  beforeAll(async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir: path.resolve(__dirname, '../../../../examples'),
      clock,
      seed: 1,
    });
    clock.advance(30);
    mirror = ClusterMirror.create({
      client: DirectClusterClient.create({
        name: 'sandbox',
        url: new URL(sandbox.api.url),
        token: 'sandbox-reader',
        skipTLSVerify: true,
        inCluster: false,
      }),
    });
  });
  afterAll(async () => {
    mirror.stop();
    await sandbox.close();
  });

  /** Verdicts by check, with one kind hidden. */
  async function verdicts(hidden?: string, reason: GapReason = 'forbidden') {
    const listed = await listCluster(
      {
        list: async (kind, options) =>
          kind.kind === hidden
            ? {
                kind,
                objects: [],
                gaps: [
                  // With a status, so that it is this kind and not the cluster.
                  listingGap(kind, 'sandbox', {
                    reason,
                    message: 'hidden',
                    status: reason === 'forbidden' ? 403 : 500,
                  }),
                ],
              }
            : mirror.list(kind, options),
      },
      [target.namespace],
      { maxAgeMs: 60_000 },
    );
    if ('unreachable' in listed) throw new Error(listed.unreachable.message);
    const { findings } = verify(
      observeTarget({
        source: 'cluster',
        target,
        objects: indexObjects(listed.objects),
        asked: [...new Set(OBSERVED_KINDS.map(({ kind }) => kind))],
        gaps: listed.gaps,
        observedAt: '2026-11-22T10:00:00Z',
      }),
    );
    return new Map(findings.map(finding => [finding.check, finding]));
  }

  const listed = OBSERVED_KINDS.filter(kind => !kind.byName);
  const checksOf = (kind: string) =>
    OBSERVED_KINDS.filter(row => row.kind === kind).flatMap(
      ({ checks }) => checks,
    );

  // Of a healthy service. What two kinds tell stays decided by the other:
  // a picker's pods carry what its Deployment says, and the route's status
  // names the controller of its Gateway.
  it.each([
    ['LLMInferenceService', ['status.conditions']],
    ['Deployment', []],
    [
      'Pod',
      [
        'engine.arguments',
        'engine.block-size',
        'engine.prefix-caching',
        'engine.replicas',
        'gateway.picker-tls',
        'router.pool',
        'router.scorers',
      ],
    ],
    ['Service', []],
    [
      'HTTPRoute',
      [
        'gateway.request-body',
        'gateway.routes',
        'gateway.shared-picker',
        'router.pool',
      ],
    ],
    ['Gateway', []],
    ['InferencePool', ['router.failure-mode', 'router.pool']],
    ['NetworkPolicy', ['network.policies']],
    ['EnvoyFilter', ['gateway.request-body']],
    ['DestinationRule', ['gateway.picker-tls']],
    ['Node', []],
  ])(
    '%s makes exactly these checks inconclusive, and turns no other: %j',
    async (kind, expected) => {
      const before = await verdicts();
      for (const reason of REASONS) {
        const after = await verdicts(kind, reason);
        const changed = [...after.values()].filter(
          ({ check, verdict }) => before.get(check)?.verdict !== verdict,
        );
        expect(
          changed.map(({ check, verdict }) => `${check} ${verdict}`).sort(),
        ).toEqual(expected.map(check => `${check} inconclusive`));
        // The page of rights says no less.
        expect(checksOf(kind)).toEqual(expect.arrayContaining(expected));
      }
    },
  );

  it('names the rule or the step that closes the gap', () => {
    const gapOf = (kind: ObservedKind, reason: GapReason): Gap =>
      listingGap(kind, 'lab', { reason, message: 'x' });
    for (const kind of listed) {
      for (const reason of [...REASONS, 'not-installed' as const]) {
        expect(gapOf(kind, reason).remedy).toBeDefined();
      }
      const right = RIGHTS.find(
        ({ group, resource }) =>
          group === kind.group && resource === kind.plural,
      );
      expect(gapOf(kind, 'forbidden').remedy).toContain(
        `apiGroups: ["${kind.group}"], resources: ["${
          kind.plural
        }"], verbs: [${right?.verbs.map(verb => `"${verb}"`).join(', ')}]`,
      );
    }
  });
});
