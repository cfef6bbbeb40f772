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
import { resolve } from 'node:path';
import { parse } from 'yaml';

/** A step of the template. */
export interface TemplateStep {
  id: string;
  if?: string;
  action: string;
  input: Record<string, unknown>;
}

/** A JSON schema as far as the tests read it. */
export interface FormSchema {
  enum?: unknown[];
  enumNames?: string[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, FormSchema>;
  items?: FormSchema;
  oneOf?: FormSchema[];
  allOf?: FormSchema[];
  if?: FormSchema;
  then?: FormSchema;
  else?: FormSchema;
  required?: string[];
  'ui:field'?: string;
}

/** The self-service template, as the catalog reads it. */
export interface Template {
  spec: { parameters: FormSchema[]; steps: TemplateStep[]; output: unknown };
}

export const templateText = readFileSync(
  resolve(
    __dirname,
    '../../../../templates/prefix-caching-deployment/template.yaml',
  ),
  'utf8',
);

export function readTemplate(): Template {
  return parse(templateText);
}

/** The fields a schema asks for, whatever they depend on. */
export function fieldsOf(schema: FormSchema): string[] {
  const branches = [schema.then, schema.else, ...(schema.allOf ?? [])];
  return [
    ...Object.keys(schema.properties ?? {}),
    ...branches.flatMap(branch => (branch ? fieldsOf(branch) : [])),
  ];
}
