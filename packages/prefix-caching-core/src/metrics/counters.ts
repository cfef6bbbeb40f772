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
 * One counter that went back means that the process began anew, and then the
 * others may have overtaken their old values: nothing can be subtracted.
 */
export function hasRestarted(
  previous: { startedAt?: number },
  current: { startedAt?: number },
  increases: readonly (number | undefined)[],
): boolean {
  return (
    (previous.startedAt !== undefined &&
      current.startedAt !== undefined &&
      current.startedAt > previous.startedAt + 1) ||
    increases.some(increase => increase !== undefined && increase < 0)
  );
}

/** `undefined` when either is. */
export function subtract(
  previous?: number,
  current?: number,
): number | undefined {
  return previous === undefined || current === undefined
    ? undefined
    : current - previous;
}

/** 0 to 1; `undefined` without a whole to be a part of. */
export function ratio(part?: number, whole?: number): number | undefined {
  if (part === undefined || whole === undefined || whole <= 0) return undefined;
  return Math.min(1, Math.max(0, part / whole));
}
