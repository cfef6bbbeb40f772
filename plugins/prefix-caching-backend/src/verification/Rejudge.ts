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

import {
  DEFAULT_THRESHOLDS,
  verify,
  worstVerdict,
  type Finding,
  type Thresholds,
} from 'backstage-plugin-prefix-caching-common/core';
import {
  summaryOf,
  type TargetSummary,
  type VerificationRecord,
  type VerificationStore,
} from '../database';
import { endpointsOfSamples } from '../observation/EndpointScraper';
import { overallSentence } from './overallWithout';
import { targetKey } from './targetId';

/**
 * The checks that compare figures with thresholds and look at nothing else, so
 * that the stored samples say all they need.
 */
const JUDGED_BY_FIGURES = ['routing.delivered-hits', 'routing.prediction-gap'];

/** Summaries that are kept after they were judged again. */
const MAX_KEPT = 5_000;

/**
 * Judges stored figures by the thresholds of now.
 *
 * A record says by which thresholds it was judged. Only after they changed,
 * and until the next run, anything is done here.
 */
export class Rejudge {
  readonly #store: VerificationStore;
  readonly #thresholds: Thresholds;
  readonly #kept = new Map<string, TargetSummary>();

  static create(options: {
    store: VerificationStore;
    thresholds: Partial<Thresholds>;
  }) {
    return new Rejudge(options.store, options.thresholds);
  }

  private constructor(
    store: VerificationStore,
    thresholds: Partial<Thresholds>,
  ) {
    this.#store = store;
    this.#thresholds = { ...DEFAULT_THRESHOLDS, ...thresholds };
  }

  async record(record: VerificationRecord): Promise<VerificationRecord> {
    if (this.#holds(record) || record.verification.phase === 'stopped') {
      return record;
    }
    const samples = (await this.#store.getSamples(record.target)).filter(
      ({ pod, current }) =>
        [...record.engines, record.router].some(
          each => each?.pod === pod && each.at === current.at,
        ),
    );
    if (!samples.some(({ current }) => current.at === record.sampledAt)) {
      // The samples are of another run than the verdicts beside them.
      return record;
    }
    const { target, verification } = record;
    const judged = verify(
      {
        source: 'cluster',
        target,
        objects: [],
        neighbours: [],
        endpoints: endpointsOfSamples(samples),
        observedAt: verification.observedAt,
        gaps: verification.gaps,
      },
      { thresholds: this.#thresholds },
    );
    return withFindings(
      { ...record, thresholds: this.#thresholds },
      judged.findings.filter(({ check }) => JUDGED_BY_FIGURES.includes(check)),
    );
  }

  async summary(summary: TargetSummary): Promise<TargetSummary> {
    if (this.#holds(summary)) {
      return summary;
    }
    const key = targetKey(summary.target);
    const kept = this.#kept.get(key);
    if (kept?.observedAt === summary.observedAt) {
      return kept;
    }
    const record = await this.#store.getRecord(summary.target);
    const judged = record ? summaryOf(await this.record(record)) : summary;
    if (this.#kept.size >= MAX_KEPT) {
      this.#kept.clear();
    }
    this.#kept.set(key, judged);
    return judged;
  }

  #holds({ thresholds }: { thresholds?: Thresholds }): boolean {
    return (
      !thresholds ||
      Object.entries(this.#thresholds).every(
        ([name, value]) => thresholds[name as keyof Thresholds] === value,
      )
    );
  }
}

function withFindings(
  record: VerificationRecord,
  judged: readonly Finding[],
): VerificationRecord {
  const { verification, target } = record;
  const findings = verification.findings.map(finding => {
    const again = judged.find(({ check }) => check === finding.check);
    return again && finding.verdict !== 'skipped'
      ? judgedAgain(finding, again)
      : finding;
  });
  const required = findings.filter(each => each.requirement === 'required');
  const verdict = worstVerdict(required.map(each => each.verdict));
  const worst = required.filter(each => each.verdict === verdict);
  const figures = worst.filter(({ check }) =>
    JUDGED_BY_FIGURES.includes(check),
  );
  const summary =
    verdict === verification.verdict && verdict !== 'pass'
      ? verification.summary
      : overallSentence(
          target.name,
          verdict,
          verdict === 'pass' && figures.length > 0 ? figures : worst,
        );
  return {
    ...record,
    verification: { ...verification, findings, verdict, summary },
  };
}

/** Who answers, and how to see it by hand, is as it was. */
function judgedAgain(finding: Finding, again: Finding): Finding {
  const { verdict, summary, expected, actual, evidence, remedy } = again;
  const same = verdict === finding.verdict;
  return {
    ...finding,
    verdict,
    summary,
    expected,
    actual,
    evidence,
    remedy,
    causedBy: same ? finding.causedBy : undefined,
    since: same ? finding.since : undefined,
  };
}
