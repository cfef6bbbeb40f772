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

import type { Evidence } from 'prefix-caching-core';
import type { VerdictChange } from './types';

/** A change of one check's verdict with what it rested on. @public */
export interface VerdictChangeWithEvidence extends VerdictChange {
  actual?: string;
  /** Withheld where the service does not name the entity back. */
  evidence: Evidence[];
}

/** `GET …/checks/{check}/history`, newest first. @public */
export interface CheckHistory {
  targetId: string;
  check: string;
  items: VerdictChangeWithEvidence[];
}

/** A finding that its owner has accepted for a time. @public */
export interface Waiver {
  check: string;
  reason: string;
  /** Entity ref of the user who waived it. */
  by: string;
  /** ISO 8601. */
  at: string;
  /** ISO 8601; after it the finding counts again. */
  expiresAt: string;
}

/** `POST …/waivers`. @public */
export interface WaiveRequest {
  targetId: string;
  check: string;
  reason: string;
  /** ISO 8601, in the future, at most a year ahead. */
  expiresAt: string;
}
