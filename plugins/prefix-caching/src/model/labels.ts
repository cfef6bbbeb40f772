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

import type { TargetReport } from 'backstage-plugin-prefix-caching-common';

/** `GPU · T4`, or the service's name where its accelerator is not known. */
export function targetLabel(target: TargetReport): string {
  const { accelerator } = target;
  if (accelerator === undefined) {
    return target.name;
  }
  const kind = accelerator.class?.toLocaleUpperCase('en-US');
  return kind === undefined || accelerator.name.split(' ').includes(kind)
    ? accelerator.name
    : `${kind} · ${accelerator.name}`;
}

/** The shortest words that tell a target from its siblings: `GPU`, else its name. */
export function shortLabel(
  target: TargetReport,
  targets: TargetReport[],
): string {
  const kind = target.accelerator?.class;
  const alike = targets.filter(other => other.accelerator?.class === kind);
  return kind === undefined || alike.length > 1
    ? target.name
    : kind.toLocaleUpperCase('en-US');
}

/** A check's id without its component, in words: `request body`. */
export function checkName(check: string): string {
  return check.slice(check.indexOf('.') + 1).replace(/-/g, ' ');
}

/** The first sentence of a text; texts of checks may run long. */
export function firstSentence(text: string): string {
  const end = text.search(/[.!?](\s|$)/);
  return end === -1 ? text : text.slice(0, end);
}

/** Pod names differ in their last characters. */
export function shortPodName(pod: string): string {
  return pod.length > 5 ? `…${pod.slice(-5)}` : pod;
}
