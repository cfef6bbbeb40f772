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

import type { ProbeResult } from '../observation';
import { routingProbe } from './routingProbe';
import { enginePod, NOW, observe } from './testing/cluster';
import { judged, judgedCase, wanted } from './testing/judging';
import type { Case } from './testing/judging';

function probed(parts: Partial<ProbeResult>) {
  const probe: ProbeResult = {
    at: '2026-08-20T11:00:00.000Z',
    by: 'user:default/ada',
    outcome: 'hit',
    summary: '4 of 4 repeated prefixes were answered from the cache.',
    evidence: 'cached-tokens',
    replicas: 2,
    prefixes: 4,
    affine: 4,
    hits: 4,
    controlMissed: true,
    largeBodyHit: true,
    timeToFirstToken: { cold: 1.52, warm: 0.21 },
    requests: 10,
    durationMs: 5_000,
    ...parts,
  };
  return { ...observe(), probe };
}

describe('routing.probe', () => {
  it.each<Case>([
    [
      'its prefixes hit',
      probed({}),
      'pass',
      'A repeated prefix came back from the cache.',
    ],
    [
      'its prefixes hit, and little more was measured',
      {
        ...probed({
          summary: '4 of 4 hit, at 0.2 s.',
          affine: undefined,
          controlMissed: undefined,
          timeToFirstToken: { cold: 1 },
        }),
        objects: [],
      },
      'pass',
      'A repeated prefix came back from the cache.',
    ],
    [
      'large bodies were not tried',
      probed({ largeBodyHit: undefined }),
      'pass',
      'came back from the cache',
    ],
    [
      'a large body did not hit',
      probed({ largeBodyHit: false }),
      'warn',
      'a request of more than 8 kB did not',
    ],
    [
      'the right replica, and no hit',
      probed({ outcome: 'miss', summary: '0 of 4 hit.' }),
      'fail',
      'came to the same replica and was not taken from cache. 0 of 4 hit',
    ],
    [
      'another replica',
      probed({ outcome: 'routing-at-fault' }),
      'fail',
      'were not sent to the replica that had them',
    ],
    [
      'it could not tell',
      probed({
        outcome: 'inconclusive',
        summary: 'Answers carry no cached tokens.',
      }),
      'inconclusive',
      'could not tell whether the cache works. Answers carry no cached tokens',
    ],
    [
      'the negative control hit',
      probed({ controlMissed: false }),
      'inconclusive',
      'the prompt that must miss came from cache too',
    ],
    [
      'one engine is older than the probe',
      {
        ...observe({ engine1: enginePod('chat', 1, { created: NOW }) }),
        probe: probed({}).probe,
      },
      'pass',
      'came back from the cache',
    ],
    [
      'all engines are younger',
      {
        ...observe({
          engine0: enginePod('chat', 0, { created: NOW }),
          engine1: enginePod('chat', 1, { created: NOW }),
        }),
        probe: probed({}).probe,
      },
      'inconclusive',
      'older than every engine that runs now',
    ],
    ['none was run', observe(), 'skipped', 'No probe was run.'],
    [
      'files',
      observe({}, { source: 'manifests' }),
      'skipped',
      'Not decided from files',
    ],
  ])('%s', (...given) => {
    expect(judgedCase(routingProbe, given)).toEqual(wanted(given));
  });

  it('shows what the outcome rests on, and times as times', () => {
    expect(
      judged(routingProbe, probed({ affine: undefined })).evidence,
    ).toEqual([
      {
        subject: 'probe of 2026-08-20T11:00:00.000Z by user:default/ada',
        value: '4 of 4 repeated prefixes were answered from the cache.',
      },
      {
        subject: 'repeated prefixes that came to the same replica',
        value: 'not known, 2 replicas',
      },
      {
        subject: 'repeated prefixes answered from cache (cached-tokens)',
        value: '4 of 4',
      },
      { subject: 'the prompt that must miss', value: 'missed' },
      {
        subject: 'time to first token, median',
        value: '1.5 s cold, 210 ms warm',
      },
    ]);
  });
});
