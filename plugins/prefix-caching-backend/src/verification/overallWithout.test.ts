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

import { fault, targetSummary } from '../__testUtils__/targetSummary';
import { faultOf, overallWithout } from './overallWithout';

const request = fault();
const bypass = fault({
  check: 'routing.bypass',
  component: 'routing',
  summary: 'The Endpoint Picker sees no request.',
  causedBy: 'gateway.request-body',
  since: { first: '2026-11-22T09:30:00.000Z' },
});
const hits = fault({
  check: 'routing.delivered-hits',
  verdict: 'warn',
  summary: 'Only 40 % came from cache.',
});
const metrics = fault({
  check: 'router.metrics',
  verdict: 'inconclusive',
  summary: "Can't tell what the picker counts.",
});

function waiverOf(check: string, at = '2026-11-22T09:45:00.000Z') {
  return {
    check,
    reason: 'r',
    by: 'user:default/a',
    at,
    expiresAt: '2027-01-01T00:00:00.000Z',
  };
}

describe('overallWithout', () => {
  it('is what the run said where nothing that counts is accepted', () => {
    const judged = targetSummary();
    for (const waivers of [[], [waiverOf('some.other')]]) {
      expect(overallWithout(judged, waivers)).toEqual({
        verdict: 'fail',
        summary: judged.summary,
        since: judged.since,
      });
    }
  });

  it.each([
    {
      name: 'the cause, not what follows from it',
      faults: [request, bypass],
      waived: ['gateway.request-body'],
      verdict: 'fail',
      summary:
        'Prefix caching is not working on qwen: The Endpoint Picker sees no request.',
      since: '2026-11-22T09:30:00.000Z',
      left: 'routing.bypass',
    },
    {
      name: 'what fails, beside a warning',
      faults: [request, hits],
      waived: ['gateway.request-body'],
      verdict: 'warn',
      summary: 'Prefix caching works on qwen: Only 40 % came from cache.',
      since: '2026-11-22T09:00:00.000Z',
      left: 'routing.delivered-hits',
    },
    {
      name: 'what fails, beside what is not known',
      faults: [request, metrics, hits],
      waived: ['gateway.request-body'],
      verdict: 'inconclusive',
      summary: "Can't tell what the picker counts.",
      since: '2026-11-22T09:00:00.000Z',
      left: 'router.metrics',
    },
    {
      name: 'a warning beside what fails',
      faults: [request, hits],
      waived: ['routing.delivered-hits'],
      verdict: 'fail',
      summary:
        'Prefix caching is not working on qwen: Nothing hands the body to the Endpoint Picker.',
      since: '2026-11-22T09:00:00.000Z',
      left: 'gateway.request-body',
    },
    {
      name: 'all there is',
      faults: [request],
      waived: ['gateway.request-body'],
      verdict: 'pass',
      summary:
        'Nothing counts against qwen while this is accepted: Nothing hands the body to the Endpoint Picker.',
      since: '2026-11-22T09:45:00.000Z',
      left: undefined,
    },
  ])('leaves out $name', ({ faults, waived, left, ...expected }) => {
    const judged = targetSummary({ faults });
    const waivers = waived.map(check => waiverOf(check));
    expect(overallWithout(judged, waivers)).toMatchObject({
      verdict: expected.verdict,
      summary: expected.summary,
      since: expected.since,
    });
    expect(faultOf(judged, waivers)?.check).toBe(left);
  });

  it('does not pass what was skipped but for the accepted finding', () => {
    const judged = targetSummary({
      restVerdict: 'skipped',
      restSince: undefined,
    });
    expect(
      overallWithout(judged, [waiverOf('gateway.request-body')]).verdict,
    ).toBe('skipped');
  });

  it('names the cause before what follows from it', () => {
    const judged = targetSummary({ faults: [bypass, request] });
    expect(faultOf(judged, [])).toEqual(request);
  });
});
