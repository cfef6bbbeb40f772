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

import { planProbe } from './planProbe';
import { probePrompt } from './probePrompt';
import type { ProbePlan, ProbeSubject } from './types';

function planOf(subject: ProbeSubject): ProbePlan {
  const plan = planProbe(subject);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan;
}

describe('planProbe', () => {
  it('sends all cold, the control, all again, and a large body twice', () => {
    const { steps, prefixes, outputTokens } = planOf({
      replicas: 4,
      engineBlock: 16,
    });
    expect(prefixes).toBe(4);
    expect(steps.map(({ role, prefix }) => `${role} ${prefix}`)).toEqual([
      ...[0, 1, 2, 3].map(prefix => `cold ${prefix}`),
      'control 4',
      ...[0, 1, 2, 3].map(prefix => `warm ${prefix}`),
      'large-cold 5',
      'large-warm 5',
    ]);
    expect(outputTokens).toBe(steps.length);
  });

  it('repeats in another order where the first one fits the replicas', () => {
    const { steps } = planOf({ replicas: 3, engineBlock: 16 });
    expect(
      steps.flatMap(({ role, prefix }) => (role === 'warm' ? prefix : [])),
    ).toEqual([1, 2, 3, 4, 0]);
  });

  it.each([
    ['the picker compares more than the engine', { engineBlock: 16 }, 256],
    ['the engine compares more than the picker', { engineBlock: 528 }, 2112],
    ['the picker is set to more', { engineBlock: 16, pickerBlock: 256 }, 1024],
    ['nobody says', {}, 1024],
  ])('makes prefixes of four blocks where %s', (_name, blocks, words) => {
    expect(planOf({ replicas: 2, ...blocks }).prefixWords).toBe(words);
  });

  it.each([
    [{ replicas: 0 }, /^No replica is ready/],
    [{ replicas: 1 }, /^Only one replica is ready/],
    [
      { replicas: 2, engineBlock: 528, maxModelLen: 4096 },
      /Four blocks of 528 tokens may not fit into --max-model-len 4096/,
    ],
  ])('says why nothing can be learned of %j', (subject, reason) => {
    expect(planProbe(subject)).toEqual({
      impossible: expect.stringMatching(reason),
    });
  });
});

describe('probePrompt', () => {
  const options = { nonce: 'n0nce', prefixWords: 256, serial: 1 };
  const [cold, warm] = (['cold', 'warm'] as const).map((role, serial) =>
    probePrompt({ role, prefix: 2 }, { ...options, serial }),
  );
  const other = probePrompt({ role: 'control', prefix: 5 }, options);

  it('shares all but the end with the same prefix, and nothing with another', () => {
    const shared = (a: string, b: string) => {
      let at = 0;
      while (at < a.length && a[at] === b[at]) at += 1;
      return a.slice(0, at);
    };
    expect(
      shared(cold.prompt, warm.prompt).split(' ').length,
    ).toBeGreaterThanOrEqual(256);
    expect(cold.prompt).not.toBe(warm.prompt);
    expect(shared(cold.prompt, other.prompt)).toBe('n0nce-');
    expect(cold.cacheSalt).toBe(warm.cacheSalt);
    expect(cold.cacheSalt).not.toBe(other.cacheSalt);
  });

  it('has no fewer words than tokens were asked for', () => {
    expect(cold.prompt.split(' ').length).toBeGreaterThanOrEqual(256);
    for (const word of cold.prompt.split(' ').slice(1, 257)) {
      expect(word.length).toBeGreaterThanOrEqual(4);
    }
  });

  it('makes a body large without making the prompt long', () => {
    const large = probePrompt({ role: 'large-cold', prefix: 6 }, options);
    expect(large.prompt.length).toBeLessThan(cold.prompt.length * 1.1);
    expect(JSON.stringify(large).length).toBeGreaterThan(8 * 1024);
    expect(cold.padding).toBeUndefined();
  });
});
