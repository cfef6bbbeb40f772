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

import type { Observation } from '../observation';
import { DuplicateCheckError } from './addedChecks';
import { CHECKS } from './catalogue';
import {
  engineSamples,
  object,
  observe,
  service,
  traffic,
} from './testing/cluster';
import { expectSaid } from './testing/said';
import type { Check, Finding, Judgement } from './types';
import { verify } from './verify';

const HEALTHY_TRAFFIC = [
  ...traffic({
    picker: 40,
    engines: 20,
    queryTokens: 10_000,
    hitTokens: 7_000,
    predicted: 0.7,
  }),
  engineSamples(
    'chat-kserve-1',
    { requests: 0, queryTokens: 0, hitTokens: 0 },
    { requests: 20, queryTokens: 10_000, hitTokens: 7_000 },
  ),
];

function added(parts: Partial<Check>): Check {
  return {
    id: 'acme.rule',
    component: 'engine',
    requirement: 'required',
    title: 'A rule of ours',
    expected: 'what we expect',
    responsible: 'owner',
    judge: () => ({ verdict: 'pass', summary: 'Fine.', actual: 'fine' }),
    commands: ({ target }) => [
      { purpose: 'pods', command: `kubectl get pods -n ${target.namespace}` },
    ],
    ...parts,
  };
}
const verdictsOf = (verification: ReturnType<typeof verify>) =>
  Object.fromEntries(
    verification.findings.map(({ check, verdict }) => [check, verdict]),
  );

describe('verify', () => {
  it('passes a healthy service with traffic', () => {
    const verification = verify(observe({}, { endpoints: HEALTHY_TRAFFIC }));
    expect(verdictsOf(verification)).toEqual({
      ...Object.fromEntries(CHECKS.map(({ id }) => [id, 'pass'])),
      'network.policies': 'skipped',
      'routing.probe': 'skipped',
    });
    expect(verification).toMatchObject({
      verdict: 'pass',
      phase: 'running',
      freshness: 'fresh',
      summary:
        'Prefix caching works on chat: 70 % of prompt tokens came from cache.',
    });
  });

  it('calls a healthy service without traffic configured, not yet proven', () => {
    const verification = verify(
      observe({}, { endpoints: traffic({ picker: 0, engines: 0 }) }),
    );
    expect(verification.verdict).toBe('inconclusive');
    expect(verification.summary).toBe(
      'Configured, not yet proven: no requests between the two samples, so nothing is proven.',
    );
  });

  it('names one layer when several findings follow from it', () => {
    const filter = object('EnvoyFilter', 'bodies', {
      apiVersion: 'networking.istio.io/v1alpha3',
      namespace: 'gateways',
      spec: {
        configPatches: [
          {
            applyTo: 'HTTP_ROUTE',
            patch: {
              operation: 'MERGE',
              value: {
                typed_per_filter_config: {
                  'envoy.filters.http.ext_proc': { overrides: {} },
                },
              },
            },
          },
        ],
      },
    });
    const verification = verify(
      observe(
        { filter },
        {
          endpoints: traffic({
            picker: 0,
            engines: 20,
            queryTokens: 10_000,
            hitTokens: 100,
            predicted: 0.8,
          }),
          previousVerdicts: { 'routing.bypass': 'warn' },
        },
      ),
    );
    expect(verification.verdict).toBe('fail');
    expect(verification.summary).toContain(
      'Prefix caching is not working on chat: an EnvoyFilter removes the call',
    );
    expect(verification.summary).not.toMatch(/[a-z]+\.[a-z]+-[a-z]+/);
    expect(
      verification.findings.find(({ check }) => check === 'routing.bypass'),
    ).toMatchObject({
      verdict: 'fail',
      causedBy: 'gateway.request-body',
    });
  });

  it('verifies nothing of a service stopped on purpose', () => {
    const stopped = service(
      'chat',
      {},
      { annotations: { 'serving.kserve.io/stop': 'true' } },
    );
    const verification = verify(
      observe({
        service: stopped,
        engine0: undefined,
        engine1: undefined,
        picker: undefined,
      }),
    );
    expect(verification).toMatchObject({
      verdict: 'skipped',
      phase: 'stopped',
    });
    expect(
      verification.findings.every(({ verdict }) => verdict === 'skipped'),
    ).toBe(true);
    const said = Object.fromEntries(
      verification.findings.map(({ check, summary, actual }) => [
        check,
        `${summary} ${actual}`,
      ]),
    );
    expect(said['router.available']).toBe(
      'Stopped on purpose: nothing is verified while stopped. stopped',
    );
    expect(said['status.conditions']).toBe(
      'Stopped on purpose, so its conditions say nothing of health. stopped',
    );
  });

  it('is stale when older than the threshold, and fresh without a clock', () => {
    const observation = observe();
    const freshness = (now?: string) => verify(observation, { now }).freshness;
    expect(freshness()).toBe('fresh');
    expect(freshness('2026-08-20T12:03:00.000Z')).toBe('fresh');
    expect(freshness('2026-08-20T12:03:01.000Z')).toBe('stale');
  });

  it('blames nobody when the cluster cannot be read', () => {
    const gap = {
      what: 'cluster',
      reason: 'unreachable' as const,
      message: 'Cluster test does not answer.',
    };
    const verification = verify({
      ...observe(),
      service: undefined,
      objects: [],
      endpoints: [],
      gaps: [gap],
    });
    expect(verification.verdict).toBe('inconclusive');
    expect(verification.summary).toBe(
      'No current verdict: cluster test did not answer.',
    );
    expect(
      verification.findings.filter(
        ({ verdict }) => verdict === 'fail' || verdict === 'pass',
      ),
    ).toEqual([]);
  });

  it('says that there is no such service, and nothing else', () => {
    const verification = verify({ ...observe(), service: undefined });
    expect(verification).toMatchObject({
      verdict: 'fail',
      phase: 'absent',
      summary: 'There is no LLMInferenceService llm/chat on cluster test.',
    });
    const { 'status.conditions': said, ...others } = verdictsOf(verification);
    expect(said).toBe('fail');
    expect(new Set(Object.values(others))).toEqual(new Set(['skipped']));
  });

  it('takes an observation that names only the fields of the contract', () => {
    const { source, target, objects, neighbours, endpoints, observedAt, gaps } =
      observe();
    const verification = verify({
      source,
      target,
      objects,
      neighbours,
      endpoints,
      observedAt,
      gaps,
    });
    expect(verdictsOf(verification)['router.pool']).toBe('pass');
  });

  it.each([
    [
      'none named',
      undefined,
      ['component:default/chat'],
      'warn',
      'does not name this entity back',
    ],
    [
      'another named',
      'component:default/other',
      ['component:default/chat'],
      'warn',
      'names another entity',
    ],
    [
      'this named',
      'Component:default/chat',
      ['component:default/chat'],
      'pass',
      'names this entity',
    ],
    [
      'claimed by three',
      'component:default/chat',
      ['component:default/chat', 'component:default/b', 'component:default/c'],
      'warn',
      '2 other entities claim',
    ],
    [
      'claimed twice',
      'component:default/chat',
      ['component:default/chat', 'component:default/b'],
      'warn',
      'Another entity claims',
    ],
  ])(
    'reports on the back-reference: %s',
    (title, annotation, claimedBy, verdict, summary) => {
      const annotated = service(
        'chat',
        {},
        {
          annotations: annotation
            ? { 'prefix-caching/entity-ref': annotation }
            : {},
        },
      );
      const verification = verify(observe({ service: annotated }), {
        entityRef: 'component:default/chat',
        claimedBy,
      });
      const finding = verification.findings.find(
        ({ check }) => check === 'ownership.back-reference',
      );
      expect(finding).toMatchObject({
        verdict,
        component: 'status',
        requirement: 'advice',
      });
      expect(finding?.summary).toContain(summary);
      expectSaid('ownership.back-reference', title, finding as Finding);
    },
  );

  it('reports on the back-reference of a service that nobody else is asked about', () => {
    const annotations = { 'prefix-caching/entity-ref': 'component:default/a' };
    const of = (changes: Parameters<typeof observe>[0]) =>
      verify(observe(changes), { entityRef: 'component:default/a' })
        .findings.filter(({ check }) => check === 'ownership.back-reference')
        .map(({ verdict, summary, actual }) => [verdict, summary, actual]);
    expect(of({ service: service('chat', {}, { annotations }) })).toEqual([
      ['pass', 'The service names this entity.', 'component:default/a'],
    ]);
    expect(of({ service: undefined })).toEqual([
      [
        'inconclusive',
        'The service was not read, so it cannot name an entity.',
        'no service',
      ],
    ]);
  });

  it('gives every finding a command that only reads, with the names filled in', () => {
    for (const { commands, check } of verify(observe()).findings) {
      expect(commands.length).toBeGreaterThan(0);
      for (const { command } of commands) {
        expect([check, command]).toEqual([
          check,
          expect.stringMatching(/^kubectl (get|describe|logs) /),
        ]);
        expect(command).toMatch(/ -n [\w-]+| -A|--raw|clusterrolebindings/);
      }
    }
  });

  it('has the twenty checks of the design, each with its own id', () => {
    expect(
      CHECKS.map(({ id, component }) => id.startsWith(`${component}.`)),
    ).toEqual(Array(20).fill(true));
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(20);
  });

  it('runs added checks after its own, and counts them', () => {
    const { findings, verdict, summary } = verify(
      observe({}, { endpoints: HEALTHY_TRAFFIC }),
      {},
      {
        checks: [
          added({
            judge: () => ({
              verdict: 'fail',
              summary: 'The image is not ours.',
              actual: 'docker.io',
            }),
          }),
          added({ id: 'acme.advice', requirement: 'advice' }),
        ],
      },
    );
    expect(findings[CHECKS.length]).not.toHaveProperty('causedBy');
    expect(findings.slice(CHECKS.length).map(({ check }) => check)).toEqual([
      'acme.rule',
      'acme.advice',
    ]);
    expect({ verdict, summary }).toEqual({
      verdict: 'fail',
      summary: 'Prefix caching is not working on chat: the image is not ours.',
    });
  });

  it('lowers no verdict by advice that is not heeded', () => {
    const { verdict } = verify(
      observe({}, { endpoints: HEALTHY_TRAFFIC }),
      {},
      {
        checks: [
          added({
            requirement: 'advice',
            judge: () => ({ verdict: 'fail', summary: 'No.', actual: 'no' }),
          }),
        ],
      },
    );
    expect(verdict).toBe('pass');
  });

  it('leaves the cause that an added check names itself', () => {
    const { findings } = verify(
      observe(),
      {},
      {
        checks: [
          added({
            judge: () => ({
              verdict: 'warn',
              summary: 'Slow.',
              actual: 'slow',
              causedBy: 'router.pool',
            }),
          }),
        ],
      },
    );
    expect(findings[CHECKS.length].causedBy).toBe('router.pool');
  });

  it('takes what another program observed, with its service apart and without lists it has nothing for', () => {
    const {
      gaps: _gaps,
      neighbours: _neighbours,
      endpoints: _endpoints,
      ...least
    } = observe();
    const apart = {
      ...least,
      objects: least.objects.filter(each => each !== least.service),
    } as Observation;
    expect(verify(apart)).toEqual(verify(observe()));
  });

  it.each([
    ['a check of the catalogue', ['router.pool']],
    ['the finding on the back-reference', ['ownership.back-reference']],
    ['another added check', ['acme.rule', 'acme.rule']],
  ])('refuses an added check with the id of %s', (_, ids) => {
    expect(() =>
      verify(observe(), {}, { checks: ids.map(id => added({ id })) }),
    ).toThrow(new DuplicateCheckError(ids[0]));
  });

  it.each<[string, Partial<Check>, string]>([
    [
      'judge throws',
      {
        judge: () => {
          throw new Error('boom');
        },
      },
      'boom',
    ],
    [
      'commands throw',
      {
        commands: () => {
          throw new Error('no pod');
        },
      },
      'no pod',
    ],
    [
      'the verdict is none there is',
      {
        judge: () =>
          JSON.parse(
            '{"verdict":"good","summary":"S","actual":"A"}',
          ) as Judgement,
      },
      "its verdict 'good' is none there is",
    ],
  ])('goes on when %s', (_, parts, reason) => {
    const observation = observe({}, { endpoints: HEALTHY_TRAFFIC });
    const { findings, verdict } = verify(
      observation,
      {},
      { checks: [added(parts), added({ id: 'acme.after' })] },
    );
    const without = verify(observation);
    expect(findings.slice(0, CHECKS.length)).toEqual(without.findings);
    expect(findings[CHECKS.length]).toEqual({
      check: 'acme.rule',
      component: 'engine',
      requirement: 'required',
      verdict: 'inconclusive',
      summary: 'The check acme.rule ended with an error and decided nothing.',
      expected: 'what we expect',
      actual: reason,
      evidence: [{ subject: 'error of acme.rule', value: reason }],
      remedy: 'Report it to whoever wrote the check, with this reason.',
      commands: [],
      responsible: 'platform',
    });
    expect(findings[CHECKS.length + 1]).toMatchObject({
      check: 'acme.after',
      verdict: 'pass',
    });
    expect(verdict).toBe('inconclusive');
  });
});
