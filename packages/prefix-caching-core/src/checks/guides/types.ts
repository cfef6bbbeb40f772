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

/**
 * What the documentation says of a check beyond what the check says itself.
 * A verdict that a check never gives is left out.
 */
export interface CheckGuide {
  /** What it asks, as a question. */
  question: string;
  /** When it matters: what goes wrong without it, and whom it concerns. */
  matters: string;
  /** What it reads, by kind, flag or metric. */
  reads: string;
  pass: string;
  warn?: string;
  fail?: string;
  inconclusive: string;
  skipped?: string;
  /** What mends it. */
  remedy: string;
}

/** Guides by the id of their check. */
export type CheckGuides = Record<string, CheckGuide>;

/** For checks that only a running service can answer. */
export const NOT_FROM_FILES = 'From files: they cannot tell.';
