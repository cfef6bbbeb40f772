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

import { OBSERVED_KINDS } from '../observation';
import type { GapReason } from '../observation';
import { CHECKS } from './catalogue';
import { healthy, observe, traffic } from './testing/cluster';
import { verify } from './verify';

const KINDS = [...new Set(OBSERVED_KINDS.map(({ kind }) => kind))];
const HEALTHY = verify(observe());

/** The healthy service where one kind could not be read. */
function without(kind: string, reason: GapReason) {
  const parts = Object.entries(healthy())
    .filter(([, part]) => part.kind === kind)
    .map(([name]) => [name, undefined]);
  return verify(
    observe(Object.fromEntries(parts), {
      gaps: [
        {
          what: kind,
          reason,
          message: `${kind} could not be listed.`,
          remedy: `Allow get and list on ${kind}.`,
        },
      ],
    }),
  );
}

describe('a gap', () => {
  it.each(
    KINDS.flatMap(kind =>
      (['forbidden', 'unreachable', 'timeout', 'too-large'] as const).map(
        reason => [kind, reason] as const,
      ),
    ),
  )(
    'of %s (%s) makes nothing fail, and only checks that need it inconclusive',
    (kind, reason) => {
      const needed = OBSERVED_KINDS.filter(row => row.kind === kind).flatMap(
        ({ checks }) => checks,
      );
      const changed = without(kind, reason).findings.filter(
        ({ verdict }, index) => verdict !== HEALTHY.findings[index].verdict,
      );
      expect(changed.map(({ verdict }) => verdict)).toEqual(
        changed.map(() => 'inconclusive'),
      );
      expect(needed).toEqual(
        expect.arrayContaining(changed.map(({ check }) => check)),
      );
    },
  );

  it.each([
    'Pod',
    'HTTPRoute',
    'InferencePool',
    'NetworkPolicy',
    'EnvoyFilter',
  ])('of %s says what would close it', kind => {
    const changed = without(kind, 'forbidden').findings.filter(
      ({ verdict }, index) => verdict !== HEALTHY.findings[index].verdict,
    );
    expect(changed.map(({ remedy }) => remedy)).toContain(
      `Allow get and list on ${kind}.`,
    );
  });

  it.each([
    [
      'metrics/router',
      ['routing.bypass', 'routing.prediction-gap', 'router.metrics'],
    ],
    [
      'metrics/engine',
      [
        'engine.block-size',
        'routing.bypass',
        'routing.distribution',
        'routing.delivered-hits',
        'routing.prediction-gap',
      ],
    ],
  ])('of %s leaves the others as they are', (what, needed) => {
    const sampled = traffic({
      picker: 20,
      engines: 20,
      queryTokens: 10_000,
      hitTokens: 7_000,
      predicted: 0.7,
    });
    const role = what.slice('metrics/'.length);
    const read = sampled.filter(endpoint => endpoint.role !== role);
    const before = verify(observe({}, { endpoints: sampled })).findings;
    const after = verify(
      observe(
        {},
        {
          endpoints: read,
          gaps: [{ what, reason: 'timeout', message: 'No answer.' }],
        },
      ),
    ).findings;
    const changed = after.filter(
      ({ verdict }, index) => verdict !== before[index].verdict,
    );
    expect(changed.map(({ verdict }) => verdict)).toEqual(
      changed.map(() => 'inconclusive'),
    );
    expect(needed).toEqual(
      expect.arrayContaining(changed.map(({ check }) => check)),
    );
    expect(changed).not.toEqual([]);
  });

  it('of the whole cluster leaves nothing decided', () => {
    const verification = verify({
      ...observe(),
      service: undefined,
      objects: [],
      gaps: [
        { what: 'cluster', reason: 'timeout', message: 'Cluster is slow.' },
      ],
    });
    expect(verification.findings).toHaveLength(CHECKS.length);
    expect(
      verification.findings.filter(({ verdict }) =>
        ['pass', 'warn', 'fail'].includes(verdict),
      ),
    ).toEqual([]);
  });
});
