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
import { fleetRow, type FleetRowOptions } from './fleetRow';

function row(change: Partial<FleetRowOptions>) {
  return fleetRow({
    target: { cluster: 'gke-eu', namespace: 'llm', name: 'qwen' },
    entity: {
      entityRef: 'component:default/qwen',
      owner: 'group:default/team-a',
    },
    summary: targetSummary(),
    waivers: [],
    requireBackReference: 'sensitive',
    responsible: { platform: 'group:default/platform' },
    ...change,
  });
}

const foreign = { entityRef: 'component:default/foreign' };
const quoting = targetSummary({ quotesSensitive: true, summary: '--api-key' });

describe('fleetRow', () => {
  it.each([
    ['owner' as const, 'group:default/team-a'],
    ['platform' as const, 'group:default/platform'],
  ])('names who can mend what the %s is responsible for', (who, ref) => {
    const summary = targetSummary({ faults: [fault({ responsible: who })] });
    expect(row({ summary }).fault).toEqual({
      check: 'gateway.request-body',
      component: 'gateway',
      responsible: ref,
    });
  });

  it.each([
    ['the own entity', { summary: quoting }, '--api-key'],
    [
      'another, all open',
      { entity: foreign, requireBackReference: 'none' },
      '--api-key',
    ],
    ['another', { entity: foreign }, undefined],
  ] as const)(
    'gives arguments in a sentence to %s',
    (_name, change, summary) => {
      const shown = row({ summary: quoting, ...change });
      expect(shown.summary).toBe(summary);
      expect(shown.verdict).toBe('fail');
    },
  );

  it('gives nothing but the name to another where all must be named back', () => {
    const shown = row({ entity: foreign, requireBackReference: 'all' });
    expect(shown.verdict).toBeUndefined();
    expect(shown.model).toBeUndefined();
    expect(shown.name).toBe('qwen');
  });

  it('has no verdict before the first run', () => {
    expect(row({ summary: undefined })).toEqual({
      entityRef: 'component:default/qwen',
      owner: 'group:default/team-a',
      targetId: expect.any(String),
      cluster: 'gke-eu',
      namespace: 'llm',
      name: 'qwen',
    });
  });
});
