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

import type { Waiver } from 'backstage-plugin-prefix-caching-common';
import {
  worstVerdict,
  type Verdict,
} from 'backstage-plugin-prefix-caching-common/core';
import type { Fault, TargetSummary } from '../database';

/** What a page shows of a target before anything else. */
export interface Overall {
  verdict: Verdict;
  summary: string;
  since?: string;
}

/**
 * The overall verdict without the findings that somebody has accepted.
 *
 * A waiver is for one check: what follows from it counts on.
 *
 * @param waivers - those of the target that have not expired
 */
export function overallWithout(
  judged: TargetSummary,
  waivers: readonly Waiver[],
): Overall {
  const isWaived = ({ check }: Fault) =>
    waivers.some(waiver => waiver.check === check);
  const accepted = judged.faults.filter(isWaived);
  if (accepted.length === 0) {
    const { verdict, summary, since } = judged;
    return { verdict, summary, since };
  }
  const counted = judged.faults.filter(fault => !isWaived(fault));
  if (counted.length === 0) {
    return {
      verdict: judged.restVerdict,
      summary: acceptedSentence(judged, accepted),
      since: latest([
        judged.restSince,
        ...waivers
          .filter(waiver => accepted.some(each => each.check === waiver.check))
          .map(waiver => waiver.at),
      ]),
    };
  }
  const verdict = worstVerdict(counted.map(fault => fault.verdict));
  const worst = counted.filter(fault => fault.verdict === verdict);
  return {
    verdict,
    summary: overallSentence(judged.target.name, verdict, worst),
    since: worst
      .flatMap(fault => fault.since?.first ?? [])
      .sort()
      .at(0),
  };
}

/** The worst finding that counts and follows from no other, for one team to be called. */
export function faultOf(
  judged: TargetSummary,
  waivers: readonly Waiver[],
): Fault | undefined {
  const counted = judged.faults.filter(
    fault => !waivers.some(waiver => waiver.check === fault.check),
  );
  const verdict = worstVerdict(counted.map(fault => fault.verdict));
  const worst = counted.filter(fault => fault.verdict === verdict);
  return worst.find(fault => !fault.causedBy) ?? worst[0];
}

/** The overall verdict in one sentence, where the run's own does not hold. */
export function overallSentence(
  name: string,
  verdict: Verdict,
  worst: readonly Pick<Fault, 'summary' | 'causedBy'>[],
): string {
  const { summary } = worst.find(fault => !fault.causedBy) ?? worst[0];
  switch (verdict) {
    case 'fail':
      return `Prefix caching is not working on ${name}: ${summary}`;
    case 'inconclusive':
      return summary.startsWith("Can't tell")
        ? summary
        : `Can't tell whether prefix caching works on ${name}: ${summary}`;
    default:
      return `Prefix caching works on ${name}: ${summary}`;
  }
}

function acceptedSentence(
  { target }: TargetSummary,
  accepted: readonly Fault[],
): string {
  const [first] = accepted;
  return accepted.length > 1
    ? `Nothing counts against ${target.name} while ${accepted.length} findings are accepted, the first being: ${first.summary}`
    : `Nothing counts against ${target.name} while this is accepted: ${first.summary}`;
}

function latest(times: readonly (string | undefined)[]): string | undefined {
  return times
    .flatMap(time => time ?? [])
    .sort()
    .at(-1);
}
