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

import type {
  EngineMetrics,
  Finding,
  MetricReading,
  Phase,
  ProbeResult,
  RouterMetrics,
  Target,
  Thresholds,
  Verdict,
  Verification,
} from 'backstage-plugin-prefix-caching-common/core';
import type {
  EngineReport,
  RouterReport,
  RoutingPolicyReport,
  TargetReport,
  VerdictChange,
  VerdictChangeWithEvidence,
  Waiver,
} from 'backstage-plugin-prefix-caching-common';

/** How long a verdict has stood, and which one history knows. */
export interface VerdictState {
  verdict: Verdict;
  /** ISO 8601: the run that first said so. */
  first: string;
  /** ISO 8601: the run that made it certain enough for the history. */
  confirmed?: string;
  /** Runs in a row that said so, until it was confirmed. */
  runs?: number;
  /** What the deployment was doing at the first of them. */
  phase?: Phase;
  /** The last verdict that got a row in the history. */
  recorded?: { verdict: Verdict; first: string; confirmed: string };
}

/** Everything kept of the last run of one target. */
export interface VerificationRecord {
  target: Target;
  verification: Verification;
  /** Whether the LLMInferenceService was there. */
  found: boolean;
  /** What the service says it belongs to, as it is written there. */
  entityRef?: string;
  accelerator?: TargetReport['accelerator'];
  model?: string;
  replicas?: TargetReport['replicas'];
  router?: RouterReport;
  engines: EngineReport[];
  funnel?: TargetReport['funnel'];
  policy?: RoutingPolicyReport;
  versions?: TargetReport['versions'];
  sampledAt?: string;
  /** What it was judged by; figures are judged again where others hold now. */
  thresholds?: Thresholds;
  lastRun: { at: string; by: string; durationMs: number };
  /** The first run of the roll-out or restart that is under way. */
  progressingSince?: string;
  /** By check id; the overall verdict under `overall`. */
  states: Record<string, VerdictState>;
  /** The last verdicts and when their window of time began; those of the window before. */
  baseline: {
    at: string;
    verdicts: Record<string, Verdict>;
    before?: Record<string, Verdict>;
  };
}

/** The two last samples of one endpoint; never the same one twice. */
export interface EndpointSamples {
  role: 'engine' | 'router';
  pod: string;
  current: MetricReading<EngineMetrics | RouterMetrics>;
  previous?: MetricReading<EngineMetrics | RouterMetrics>;
}

/** A required finding that is neither passed nor skipped. */
export type Fault = Pick<
  Finding,
  | 'check'
  | 'component'
  | 'responsible'
  | 'verdict'
  | 'summary'
  | 'causedBy'
  | 'since'
>;

/** A record without its bulk, for pages that show thousands of targets. */
export interface TargetSummary {
  target: Target;
  found: boolean;
  /** What the service says it belongs to, as it is written there. */
  entityRef?: string;
  verdict: Verdict;
  summary: string;
  /** Whether sentences quote what only the service's own entity may see. */
  quotesSensitive: boolean;
  phase: Phase;
  observedAt: string;
  /** When the overall verdict last changed. */
  since?: string;
  /** The worst verdict of the required findings that are no faults. */
  restVerdict: Verdict;
  /** When the last of those came to its verdict. */
  restSince?: string;
  accelerator?: TargetReport['accelerator'];
  model?: string;
  predictedHitRatio?: number;
  deliveredHitRatio?: number;
  requestsPerMinute?: number;
  /** In the order of the checks. */
  faults: Fault[];
  /** What it was judged by. */
  thresholds?: Thresholds;
}

/** A waiver with the target it is for. */
export interface TargetWaiver {
  target: Target;
  waiver: Waiver;
}

/** Where verifications are kept. Times are ISO 8601. */
export interface VerificationStore {
  getRecord(target: Target): Promise<VerificationRecord | undefined>;
  /**
   * Saves a record together with the changes it brings, or neither.
   *
   * False, and nothing saved, where the stored record is no longer the one that
   * `before` says: another run, perhaps of another back end, was quicker.
   */
  saveRecord(
    record: VerificationRecord,
    options: {
      before?: VerificationRecord;
      changes: VerdictChangeWithEvidence[];
    },
  ): Promise<boolean>;
  /** Of every target that was ever verified, in no order. */
  getSummaries(): Promise<TargetSummary[]>;
  /** Newest first, without the verdicts history starts with. */
  getChanges(target: Target, limit: number): Promise<VerdictChange[]>;
  /** Of one check, newest first; the last is the verdict history starts with. */
  getCheckHistory(
    target: Target,
    check: string,
    limit: number,
  ): Promise<VerdictChangeWithEvidence[]>;
  getSamples(target: Target): Promise<EndpointSamples[]>;
  /** Replaces all samples of the target: pods that are gone are forgotten. */
  saveSamples(target: Target, samples: EndpointSamples[]): Promise<void>;
  /** Returns how many changes and records were too old and are gone. */
  clean(olderThan: {
    changes: Date;
    records: Date;
  }): Promise<{ changes: number; records: number }>;
}

/** Where accepted findings are kept. */
export interface WaiverStore {
  /** Those that have not expired; of one target where one is given. */
  getWaivers(at: string, target?: Target): Promise<TargetWaiver[]>;
  /** Replaces the waiver of the same check. */
  saveWaiver(target: Target, waiver: Waiver): Promise<void>;
  /** False where there was none. */
  deleteWaiver(target: Target, check: string): Promise<boolean>;
  /** Returns how many had expired before and are gone. */
  cleanWaivers(expiredBefore: Date): Promise<number>;
}

/** Where probes are kept. */
export interface ProbeStore {
  /** Newest first. */
  getProbes(target: Target, limit: number): Promise<ProbeResult[]>;
  /** The newest of every target that was ever probed. */
  getLatestProbes(): Promise<{ target: Target; result: ProbeResult }[]>;
  saveProbe(target: Target, result: ProbeResult): Promise<void>;
  /** From when on the target may be probed, milliseconds since 1970. */
  turnFreeAt(target: Target): Promise<number>;
  /** False where it is not free yet; of several who ask at once one is told true. */
  takeTurn(target: Target, now: number, freeAt: number): Promise<boolean>;
  /** For a probe that sent nothing. */
  giveTurnBack(target: Target): Promise<void>;
  /** Returns how many were older and are gone. */
  cleanProbes(before: Date): Promise<number>;
}
