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

import type { Observation } from '../../observation';
import { DEFAULT_THRESHOLDS } from '../thresholds';
import type { Check, Expectations, Judgement } from '../types';
import { expectSaid } from './said';

/** What one check says of an observation, with nothing linked to it. */
export function judged(
  check: Check,
  observation: Observation,
  expectations: Expectations = {},
): Judgement {
  return check.judge({
    observation,
    expectations,
    thresholds: { ...DEFAULT_THRESHOLDS, ...expectations.thresholds },
  });
}

/** A case of a check's table: what is observed, the verdict, and words of its summary or of what was seen. */
export type Case = [
  title: string,
  observation: Observation,
  verdict: Judgement['verdict'],
  summary: string,
  expectations?: Expectations,
];

/** What a verdict card has room for. */
const LONGEST_SUMMARY = 100;

/**
 * Judges a case of a check's table; `said` is its summary and what stands
 * below it. All that is said must stand in the check's file of `said/`.
 */
export function judgedCase(
  check: Check,
  [title, observation, , , expectations]: Case,
): Judgement & { said: string } {
  const judgement = judged(check, observation, expectations);
  expectSaid(check.id, title, {
    ...judgement,
    commands: check.commands(observation),
  });
  return { ...judgement, said: `${judgement.summary} ${judgement.actual}` };
}

/** What a case wants: its verdict, a short whole sentence, its words, and a remedy for whoever is told of a failure. */
export function wanted([, , verdict, words]: Case): unknown {
  return expect.objectContaining({
    verdict,
    summary: expect.stringMatching(
      new RegExp(`^[A-Z0-9].{1,${LONGEST_SUMMARY - 2}}[.]$`),
    ),
    said: expect.stringContaining(words),
    ...(verdict === 'fail' && { remedy: expect.any(String) }),
  });
}
