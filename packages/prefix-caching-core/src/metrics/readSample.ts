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

import { type ExpositionCursor, shorten } from './ExpositionCursor';
import { ExpositionError } from './ExpositionError';
import type { LabelNames } from './LabelNames';
import type { MetricSample } from './types';

const HASH = 35;
const COMMA = 44;
const EQUALS = 61;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** How to read samples. Timestamps are divided by `ticksPerSecond`. */
export interface SampleRules {
  maxLabels: number;
  ticksPerSecond: number;
  labelNames: LabelNames;
}

/**
 * Reads what follows a sample's name: labels, value, timestamp. An exemplar is
 * left unread. `inBraces`: the name stood inside the label set, as UTF-8 names
 * do.
 */
export function readSample(
  cursor: ExpositionCursor,
  name: string,
  inBraces: boolean,
  rules: SampleRules,
): MetricSample {
  const labels = rules.labelNames.createLabels();
  if (inBraces) cursor.take(COMMA);
  if (inBraces || cursor.take(OPEN_BRACE)) readLabels(cursor, labels, rules);
  const value = cursor.takeNumber('a value');
  if (cursor.here === -1 || cursor.here === HASH) {
    return { name, labels, value };
  }
  const timestamp = cursor.takeNumber('a timestamp') / rules.ticksPerSecond;
  if (cursor.here !== -1 && cursor.here !== HASH) {
    throw cursor.expected('the end of the line');
  }
  return { name, labels, value, timestamp };
}

/** Reads labels up to and including the closing brace. */
function readLabels(
  cursor: ExpositionCursor,
  labels: Record<string, string>,
  { maxLabels, labelNames }: SampleRules,
): void {
  for (let count = 0; !cursor.take(CLOSE_BRACE); count++) {
    if (count === maxLabels) {
      throw cursor.expected(`at most ${maxLabels} labels`);
    }
    const name = cursor.takeName('a label name or "}"');
    if (!cursor.take(EQUALS)) {
      throw cursor.expected(`"=" after label ${shorten(name)}`);
    }
    const value = cursor.takeQuoted(`the value of label ${shorten(name)}`);
    if (!labelNames.set(count, name)) {
      throw new ExpositionError(
        `more than ${labelNames.most} different label names; ask for fewer families or raise maxLabelNames.`,
        cursor.line,
      );
    }
    setLabel(labels, name, value);
    if (!cursor.take(COMMA) && cursor.here !== CLOSE_BRACE) {
      throw cursor.expected('"," or "}"');
    }
  }
}

/** Defines rather than assigns: a label `__proto__` would change the object's prototype. */
function setLabel(
  labels: Record<string, string>,
  name: string,
  value: string,
): void {
  if (name !== '__proto__') {
    labels[name] = value;
    return;
  }
  Object.defineProperty(labels, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
