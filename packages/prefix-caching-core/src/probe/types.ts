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

/** What is known of a service before it is probed. @public */
export interface ProbeSubject {
  /** Ready engines that the Endpoint Picker can choose from. */
  replicas: number;
  /** Tokens per block of the engines' KV cache; the largest where they differ. */
  engineBlock?: number;
  /** Tokens of the smallest prefix that the picker compares. */
  pickerBlock?: number;
  /** Tokens of one request with its answer, at most. */
  maxModelLen?: number;
}

/**
 * What one request of a probe is for. A prefix is sent cold once and warm once;
 * the control is of a prefix that was never sent and must miss; a large body
 * goes the way that long prompts go.
 *
 * @public
 */
export type ProbeRole =
  | 'cold'
  | 'warm'
  | 'control'
  | 'large-cold'
  | 'large-warm';

/** One request of a probe; equal prefixes have equal beginnings. @public */
export interface ProbeStep {
  role: ProbeRole;
  prefix: number;
}

/** What a probe sends, in order. @public */
export interface ProbePlan {
  steps: ProbeStep[];
  /** Distinct prefixes that are sent cold and warm, large bodies aside. */
  prefixes: number;
  /** Words of each prefix; no engine makes fewer tokens of them. */
  prefixWords: number;
  /** An estimate for the price; the engines count. */
  promptTokens: number;
  outputTokens: number;
}

/** How one request of a probe was answered. @public */
export interface ProbeAnswer extends ProbeStep {
  /** Prompt tokens, as the engine counted them. */
  promptTokens?: number;
  /** Of those, from the cache; absent where the engine does not say. */
  cachedTokens?: number;
  /** The replica that answered, where it can be told. */
  endpoint?: string;
  /** By the replicas' own counters, where no other request disturbed them. */
  countedHitTokens?: number;
  /** Seconds until the first token. */
  firstToken?: number;
}

/** Everything that was seen while a probe ran. @public */
export interface ProbeReading extends ProbeSubject {
  answers: ProbeAnswer[];
  /** Whether the service had other requests meanwhile; absent where counters don't tell. */
  otherTraffic?: boolean;
  /** Tokens that one replica's KV cache holds. */
  cacheTokens?: number;
  /** As the engines say; `off` explains a miss. */
  prefixCaching?: 'on' | 'off' | 'unknown';
}
