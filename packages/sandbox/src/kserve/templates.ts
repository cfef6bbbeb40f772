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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../api';
import { isObject } from '../json';
import { childName } from './names';

export type TemplateName =
  | 'workload'
  | 'scheduler'
  | 'route'
  | 'gateway'
  | 'shadow-service'
  | 'scheduler-config';

const PLACEHOLDER = /<<(\w+)(?: (-[\w-]+))?>>/g;

/**
 * The objects KServe and Istio create, from `examples/sandbox/templates`.
 *
 * `<<key>>` is replaced by a value, `<<child -suffix>>` by the name of a child of
 * `name`. A value that is the whole string keeps its type.
 */
export class Templates {
  readonly #folder: string;
  readonly #parsed = new Map<TemplateName, unknown[]>();

  static load(folder: string): Templates {
    return new Templates(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  render(template: TemplateName, values: Record<string, unknown>) {
    return this.documents(template).map(
      document => fill(document, values) as KubeObject,
    );
  }

  /** The parsed documents, placeholders and all. */
  documents(template: TemplateName): unknown[] {
    let documents = this.#parsed.get(template);
    if (!documents) {
      const text = readFileSync(join(this.#folder, `${template}.yaml`), 'utf8');
      documents = parseAllDocuments(text).map(document => document.toJS());
      this.#parsed.set(template, documents);
    }
    return documents;
  }
}

function fill(node: unknown, values: Record<string, unknown>): unknown {
  if (typeof node === 'string') return fillText(node, values);
  if (Array.isArray(node)) return node.map(item => fill(item, values));
  if (!isObject(node)) return node;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    const filled = fill(value, values);
    if (filled !== undefined) result[key] = filled;
  }
  return result;
}

function fillText(text: string, values: Record<string, unknown>): unknown {
  const whole = /^<<(\w+)>>$/.exec(text);
  if (whole) return values[whole[1]];
  return text.replace(PLACEHOLDER, (_match, key: string, suffix?: string) => {
    if (!suffix) return String(values[key] ?? '');
    const name = String(values.name);
    return key === 'namespacedChild'
      ? childName(String(values.namespace), `-${name}${suffix}`)
      : childName(name, suffix);
  });
}
