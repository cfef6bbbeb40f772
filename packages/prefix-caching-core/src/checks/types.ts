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

import type { Gap, Observation, Target } from '../observation';
import type {
  Component,
  Freshness,
  Phase,
  Requirement,
  Verdict,
} from '../verdicts';

/** What the caller knows and the cluster does not. @public */
export interface Expectations {
  /** ISO 8601; without it the observation is taken as fresh. */
  now?: string;
  /** The entity that names this target, `component:default/name`. */
  entityRef?: string;
  /** Every entity that names this target; more than one is a finding. */
  claimedBy?: string[];
  lifecycle?: string;
  dataClass?: string;
  tenancy?: string;
  /** Istio release, where objects cannot tell it: `1.28.4`. */
  istio?: string;
  thresholds?: Partial<Thresholds>;
  requireBackReference?: 'none' | 'sensitive' | 'all';
}

/** Ratios are 0 to 1, times are seconds. @public */
export interface Thresholds {
  /** Delivered hit ratio below which it is poor. */
  hitRatioPoor: number;
  /** Delivered hit ratio from which it is good. */
  hitRatioGood: number;
  /** Prompt tokens between two samples below which no ratio is judged. */
  minimumQueryTokens: number;
  /** Difference of predicted and delivered ratio that is worth a warning. */
  predictionGap: number;
  /** Age at which a verification is stale. */
  staleAfterSeconds: number;
}

/** Something that was read and that a finding rests on. @public */
export interface Evidence {
  /** What it is: an object's `Kind namespace/name`, a metric's name, a gap. */
  subject: string;
  /** What was read there. */
  value: string;
  /** Arguments and environment are shown only to those the service names back. */
  sensitive?: boolean;
}

/** A command that shows by hand what a check looked at. @public */
export interface KubectlCommand {
  /** What it shows. */
  purpose: string;
  /** Reads only; never changes anything. */
  command: string;
}

/** What a check says of an observation. @public */
export interface Finding {
  check: string;
  component: Component;
  requirement: Requirement;
  verdict: Verdict;
  /** One sentence a person can act on. */
  summary: string;
  expected: string;
  actual: string;
  evidence: Evidence[];
  remedy?: string;
  commands: KubectlCommand[];
  /** Who can mend it; the caller maps it to a group. */
  responsible: Responsible;
  /** The check this one follows from, so that one team is called. */
  causedBy?: string;
  since?: { first: string; confirmed?: string };
}

/** Who can mend a finding: the owner of the service, or the team that runs the platform. @public */
export type Responsible = 'owner' | 'platform';

/** What a check's rule returns; the catalogue adds the rest. @public */
export interface Judgement {
  verdict: Verdict;
  summary: string;
  actual: string;
  expected?: string;
  evidence?: Evidence[];
  remedy?: string;
  causedBy?: string;
  responsible?: Responsible;
  /** Where this outcome weighs other than the check does in general. */
  requirement?: Requirement;
}

/**
 * One rule: a pure function of an observation.
 *
 * `expected` is the sentence shown when a judgement gives none of its own.
 *
 * @public
 */
export interface Check {
  id: string;
  component: Component;
  requirement: Requirement;
  title: string;
  expected: string;
  responsible: Responsible;
  judge(context: CheckContext): Judgement;
  commands(observation: Observation): KubectlCommand[];
}

/**
 * All a check may know: what was observed, what the caller expects, and the limits it judges by.
 *
 * @public
 */
export interface CheckContext {
  observation: Observation;
  expectations: Expectations;
  thresholds: Thresholds;
}

/** All findings for one target at one time. @public */
export interface Verification {
  target: Target;
  verdict: Verdict;
  /** One sentence: what works or does not, where, and why. */
  summary: string;
  phase: Phase;
  freshness: Freshness;
  findings: Finding[];
  /** ISO 8601. */
  observedAt: string;
  gaps: Gap[];
}
