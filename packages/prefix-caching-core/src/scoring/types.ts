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

/** What the formulas need to know of one endpoint. Ratios are 0 to 1; `undefined` is not known. @public */
export interface EndpointFigures {
  name: string;
  /** Share of the prompt's blocks the EPP believes cached here. */
  prefixMatch?: number;
  waiting?: number;
  running?: number;
  /** Requests the EPP itself has in flight to this endpoint. */
  active?: number;
  /** Tokens the EPP itself has in flight to this endpoint. */
  activeTokens?: number;
  kvUsage?: number;
  /** What it would have to do for the request's LoRA adapter. */
  lora?: 'active' | 'capacity' | 'waiting' | 'none';
  /** Its place among all endpoints by the last cold request, 0 the longest ago. */
  coldRank?: number;
}

/** One term of an endpoint's sum. @public */
export interface ScoreTerm {
  scorer: string;
  type: string;
  weight: number;
  /** 0 to 1; `undefined` when a figure is missing or the formula is not known. */
  score?: number;
  /** weight × score. */
  term?: number;
}

/** What the scorers of a profile say of one endpoint. @public */
export interface EndpointScore {
  endpoint: string;
  profile: string;
  terms: ScoreTerm[];
  /** Sum of the terms; `undefined` when one of them is. */
  total?: number;
}
