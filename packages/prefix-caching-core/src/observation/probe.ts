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

/** What a probe found out. @public */
export type ProbeOutcome =
  /** A repeated prefix came back from the cache. */
  | 'hit'
  /** The request came to the replica that had the prefix, and it was not used. */
  | 'miss'
  /** Repeated prefixes were not sent to the replica that had them. */
  | 'routing-at-fault'
  /** It could not be told, for the reason in the summary. */
  | 'inconclusive';

/** One active probe of one target. No prompt and no answer is part of it. @public */
export interface ProbeResult {
  /** ISO 8601. */
  at: string;
  /** Entity ref of who ran it. */
  by: string;
  outcome: ProbeOutcome;
  /** One sentence: what was seen, and why it means that. */
  summary: string;
  /** What the outcome rests on. */
  evidence: 'cached-tokens' | 'counters' | 'time' | 'none';
  /** Ready replicas at the time. */
  replicas: number;
  /** Distinct prefixes, each sent once cold and once warm. */
  prefixes: number;
  /** Tokens of one prefix, as the engine counted them. */
  prefixTokens?: number;
  /** Prefixes whose warm request came to the replica of the cold one; absent where answers name no endpoint. */
  affine?: number;
  /** Warm requests that were answered from the cache. */
  hits?: number;
  /** Whether the prompt that must miss did; `false` means the probe proves nothing. */
  controlMissed?: boolean;
  /** Whether a body over 8 kB was answered from the cache when sent again. */
  largeBodyHit?: boolean;
  /** Medians, in seconds. */
  timeToFirstToken: { cold?: number; warm?: number };
  requests: number;
  promptTokens?: number;
  durationMs: number;
}
