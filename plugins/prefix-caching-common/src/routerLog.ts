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

/** One line of an Endpoint Picker's log, redacted. @public */
export interface RouterLogLine {
  /** ISO 8601. */
  at?: string;
  level?: string;
  text: string;
  /** What was decided, where the line tells. */
  decision?: {
    requestId?: string;
    endpoint?: string;
    scores?: Record<string, number>;
  };
}

/** `GET …/router-log`: the last lines, oldest first. @public */
export interface RouterLogReport {
  targetId: string;
  pod?: string;
  lines: RouterLogLine[];
  /** Whether lines were left out. */
  truncated: boolean;
  /** Why there are none, or which verbosity or flag shows more. */
  advice?: string;
}

/**
 * `GET …/router-log?follow=true`, one a line: first the pod, then its lines as
 * it writes them, at last why there are no more.
 *
 * @public
 */
export type RouterLogEvent =
  | { pod: string; advice?: string }
  | { line: RouterLogLine }
  /** Lines that came faster than anybody reads. */
  | { skipped: number }
  | { end: string };
