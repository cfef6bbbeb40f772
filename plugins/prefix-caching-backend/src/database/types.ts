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
  MetricReading,
  RouterMetrics,
  Target,
  Verdict,
  Verification,
} from 'backstage-plugin-prefix-caching-common/core';
import type {
  EngineReport,
  RouterReport,
  RoutingPolicyReport,
  TargetReport,
  VerdictChange,
} from 'backstage-plugin-prefix-caching-common';

/** How long a verdict has stood, and which one history knows. */
export interface VerdictState {
  verdict: Verdict;
  /** ISO 8601: the run that first said so. */
  first: string;
  /** ISO 8601: the second run in a row that said so. */
  confirmed?: string;
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
  policy?: RoutingPolicyReport;
  versions?: TargetReport['versions'];
  sampledAt?: string;
  lastRun: { at: string; by: string; durationMs: number };
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
    options: { before?: VerificationRecord; changes: VerdictChange[] },
  ): Promise<boolean>;
  /** Newest first. */
  getChanges(target: Target, limit: number): Promise<VerdictChange[]>;
  getSamples(target: Target): Promise<EndpointSamples[]>;
  /** Replaces all samples of the target: pods that are gone are forgotten. */
  saveSamples(target: Target, samples: EndpointSamples[]): Promise<void>;
  /** Returns how many changes and records were too old and are gone. */
  clean(olderThan: {
    changes: Date;
    records: Date;
  }): Promise<{ changes: number; records: number }>;
}
