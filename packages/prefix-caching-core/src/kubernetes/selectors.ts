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

import { isRecord, listAt, textAt, textMapAt, textsAt } from './accessors';

/** Labels of an object; a missing map is an empty one. @public */
export type Labels = Readonly<Record<string, string>>;

function matchesExpression(labels: Labels, expression: unknown): boolean {
  const key = textAt(expression, 'key');
  if (key === undefined) return false;
  const values = textsAt(expression, 'values');
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/**
 * Whether labels satisfy a `LabelSelector` (`matchLabels`, `matchExpressions`).
 * An empty selector matches everything, as in Kubernetes; an operator nobody
 * knows matches nothing.
 *
 * @public
 */
export function matchesSelector(labels: Labels, selector: unknown): boolean {
  if (!isRecord(selector)) return false;
  return (
    matchesLabels(labels, textMapAt(selector, 'matchLabels')) &&
    listAt(selector, 'matchExpressions').every(expression =>
      matchesExpression(labels, expression),
    )
  );
}

/** Whether labels hold every wanted pair. @public */
export function matchesLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

/**
 * The label keys a `LabelSelector` looks at.
 *
 * @public
 */
export function selectorKeys(selector: unknown): string[] {
  return [
    ...Object.keys(textMapAt(selector, 'matchLabels')),
    ...listAt(selector, 'matchExpressions').flatMap(expression => {
      const key = textAt(expression, 'key');
      return key === undefined ? [] : [key];
    }),
  ];
}
