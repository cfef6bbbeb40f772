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

import { textAt } from '../json';
import type { KubeObject } from './objects';
import { ApiError } from './status';

type Test = (object: KubeObject) => boolean;

const SET_BASED = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/;
const EQUALITY = /^([\w./-]+)\s*(==|=|!=)\s*([\w./-]*)$/;
const EXISTS = /^(!?)\s*([\w./-]+)$/;

/** `a=b,c!=d,e in (f,g),h,!i`, as the API server reads it. */
export function labelSelector(text: string): Test {
  const tests = splitOutsideParentheses(text).map(labelTest);
  return object => tests.every(test => test(object));
}

function labelTest(part: string): Test {
  const set = SET_BASED.exec(part);
  if (set) {
    const [, key, operator, values] = set;
    const wanted = values.split(',').map(value => value.trim());
    const inside = operator === 'in';
    return ({ metadata }) => {
      const label = metadata.labels?.[key];
      return label === undefined ? !inside : wanted.includes(label) === inside;
    };
  }
  const equality = EQUALITY.exec(part);
  if (equality) {
    const [, key, operator, value] = equality;
    return ({ metadata }) =>
      (metadata.labels?.[key] === value) === (operator !== '!=');
  }
  const exists = EXISTS.exec(part);
  if (exists) {
    const [, not, key] = exists;
    return ({ metadata }) =>
      (metadata.labels?.[key] !== undefined) === (not === '');
  }
  throw new ApiError(400, `unable to parse requirement: "${part}"`);
}

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'status.phase',
  'involvedObject.name',
  'involvedObject.kind',
];

/** Equality on the fields clients select by; anything else is refused, as the real one does. */
export function fieldSelector(text: string): Test {
  const tests = text
    .split(',')
    .filter(Boolean)
    .map(part => {
      const match = /^([\w.]+)\s*(==|=|!=)\s*(.*)$/.exec(part.trim());
      if (!match || !FIELDS.includes(match[1])) {
        throw new ApiError(400, `field label not supported: ${part}`);
      }
      const [, path, operator, value] = match;
      return (object: KubeObject) =>
        (textAt(object, ...path.split('.')) === value) === (operator !== '!=');
    });
  return object => tests.every(test => test(object));
}

/** Whether labels satisfy an object's `selector.matchLabels` or plain selector map. */
export function matchesLabels(
  selector: Record<string, string>,
  labels: Record<string, string> | undefined,
): boolean {
  return Object.entries(selector).every(
    ([key, value]) => labels?.[key] === value,
  );
}

function splitOutsideParentheses(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(Boolean);
}
