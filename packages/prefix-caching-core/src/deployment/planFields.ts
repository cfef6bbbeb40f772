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

import { at, isRecord } from '../kubernetes';
import {
  ARGUMENT,
  DTYPE,
  ENTITY_REF,
  FOLDER,
  LABEL,
  MODEL_NAME,
  MODEL_URI,
  PROSE,
  REPOSITORY_URL,
  SERVICE_NAME,
  SUBDOMAIN,
  TOPOLOGY,
  VERSION,
  WORD,
} from './planFormats';
import type { Format } from './planFormats';
import type { PlanProblem } from './planError';

/** One field of a plan; `*` in a path stands for each member of a list. */
interface Field {
  path: string;
  required?: true;
  format?: Format;
  /** Whole numbers from, to. */
  whole?: [number, number];
  /** Numbers above, up to. */
  number?: [number, number];
  oneOf?: readonly string[];
  list?: true;
  boolean?: true;
  record?: true;
}

/** Every field a plan may have, in the order a form asks for them. */
const FIELDS: Field[] = [
  { path: 'name', required: true, format: LABEL },
  { path: 'namespace', required: true, format: LABEL },
  { path: 'owner', required: true, format: ENTITY_REF },
  { path: 'system', format: ENTITY_REF },
  { path: 'lifecycle', format: WORD },
  { path: 'cluster', format: WORD },
  { path: 'dataClass', format: WORD },
  { path: 'tenancy', format: WORD },
  { path: 'description', format: PROSE },
  { path: 'entityNamespace', format: LABEL },
  { path: 'model', required: true, record: true },
  { path: 'model.id', format: WORD },
  { path: 'model.uri', format: MODEL_URI },
  { path: 'model.name', format: MODEL_NAME },
  { path: 'model.tokenSecret', format: SUBDOMAIN },
  { path: 'model.serviceAccount', format: SUBDOMAIN },
  { path: 'model.config', record: true },
  { path: 'model.weightsGib', number: [0.01, 100_000] },
  { path: 'model.parameters', number: [1, 1e14] },
  { path: 'imagePullSecrets', list: true },
  { path: 'imagePullSecrets.*', required: true, format: SUBDOMAIN },
  {
    path: 'nodePlatform',
    oneOf: ['gke', 'gfd', 'karpenter', 'eks-auto', 'generic'],
  },
  { path: 'gateway', record: true },
  { path: 'gateway.namespace', required: true, format: LABEL },
  { path: 'gateway.name', required: true, format: SUBDOMAIN },
  { path: 'gateway.domain', format: SUBDOMAIN },
  { path: 'isolation', oneOf: ['auto', 'hostname', 'gateway'] },
  { path: 'argoCd', record: true },
  { path: 'argoCd.repoUrl', required: true, format: REPOSITORY_URL },
  { path: 'argoCd.path', required: true, format: FOLDER },
  { path: 'replicas', required: true, whole: [1, 1000] },
  { path: 'networkPolicies', boolean: true },
  { path: 'monitoring', boolean: true },
  { path: 'envoyFilter', boolean: true },
  { path: 'overlays', list: true },
  { path: 'overlays.*', required: true, format: LABEL },
  { path: 'scorers', list: true },
  { path: 'scorers.*', required: true, record: true },
  { path: 'scorers.*.type', required: true, format: LABEL },
  { path: 'scorers.*.weight', required: true, number: [0, 1000] },
  { path: 'accelerators', required: true, list: true },
  { path: 'accelerators.*', required: true, record: true },
  { path: 'accelerators.*.id', required: true, format: WORD },
  { path: 'accelerators.*.service', format: SERVICE_NAME },
  { path: 'accelerators.*.devices', whole: [1, 64] },
  { path: 'accelerators.*.topology', format: TOPOLOGY },
  { path: 'accelerators.*.tensorParallel', whole: [1, 1024] },
  { path: 'accelerators.*.dtype', format: DTYPE },
  { path: 'accelerators.*.maxModelLen', whole: [1, 100_000_000] },
  { path: 'accelerators.*.gpuMemoryUtilization', number: [0.05, 1] },
  { path: 'accelerators.*.maxNumSeqs', whole: [1, 100_000] },
  { path: 'accelerators.*.args', list: true },
  { path: 'accelerators.*.args.*', required: true, format: ARGUMENT },
];

/** The platform is a text, or a record with these. */
const PLATFORM_FIELDS: Field[] = [
  { path: 'platform.id', required: true, format: WORD },
  { path: 'platform.istio', format: VERSION },
  { path: 'platform.tls', boolean: true },
];

/** What KServe's and the scaffolder's templates would execute. */
const TEMPLATE_MARKS = ['${{', '{{', '}}'];

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function problemOfText(text: string, format: Format): string | undefined {
  const mark = (format.marks ?? TEMPLATE_MARKS).find(candidate =>
    text.includes(candidate),
  );
  if (mark) {
    return `${shown(
      text,
    )} contains '${mark}', which KServe or the scaffolder would execute as a template. Expected ${
      format.expected
    }; remove the braces.`;
  }
  if (text.length > format.longest) {
    return `${shown(text)} has ${text.length} characters. Expected ${
      format.expected
    }; shorten it.`;
  }
  return format.pattern.test(text)
    ? undefined
    : `${shown(text)} cannot be used. Expected ${format.expected}; change it.`;
}

function problemOfNumber(
  value: unknown,
  [least, most]: [number, number],
  whole: boolean,
): string | undefined {
  const usable =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    value >= least &&
    value <= most;
  return usable
    ? undefined
    : `${shown(value)} cannot be used. Expected a ${
        whole ? 'whole number' : 'number'
      } from ${least} to ${most}; change it.`;
}

function problemOf(value: unknown, field: Field): string | undefined {
  if (field.format) {
    return typeof value === 'string'
      ? problemOfText(value, field.format)
      : `${shown(value)} is no text. Expected ${field.format.expected}.`;
  }
  if (field.whole ?? field.number) {
    return problemOfNumber(
      value,
      field.whole ?? field.number ?? [0, 0],
      field.whole !== undefined,
    );
  }
  if (field.oneOf) {
    return field.oneOf.includes(String(value))
      ? undefined
      : `${shown(value)} is not known. Expected one of ${field.oneOf.join(
          ', ',
        )}.`;
  }
  if (field.list) {
    return Array.isArray(value)
      ? undefined
      : `${shown(value)} is no list. Expected a list.`;
  }
  if (field.boolean) {
    return typeof value === 'boolean'
      ? undefined
      : `${shown(value)} is neither true nor false. Expected one of them.`;
  }
  return isRecord(value)
    ? undefined
    : `${shown(value)} is no group of fields. Expected one.`;
}

interface Place {
  path: string;
  value: unknown;
}

/** Where a field stands in this plan: none below what is absent, one per list member. */
function placesOf(plan: unknown, path: string): Place[] {
  let places: Place[] = [{ path: '', value: plan }];
  const steps = path.split('.');
  for (const step of steps) {
    places = places.flatMap(({ path: before, value }): Place[] => {
      if (step === '*') {
        return (Array.isArray(value) ? value : []).map((member, index) => ({
          path: `${before}[${index}]`,
          value: member,
        }));
      }
      return isRecord(value)
        ? [
            {
              path: before ? `${before}.${step}` : step,
              value: at(value, step),
            },
          ]
        : [];
    });
  }
  return places;
}

function check(plan: unknown, fields: Field[]): PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const field of fields) {
    for (const { path, value } of placesOf(plan, field.path)) {
      if (value === undefined || value === '') {
        if (field.required) {
          problems.push({
            path,
            message: `is missing. Expected ${
              field.format?.expected ?? 'a value'
            }; fill it in.`,
          });
        }
        continue;
      }
      const message = problemOf(value, field);
      if (message) {
        problems.push({ path, message });
      }
    }
  }
  return problems;
}

/**
 * Each field by itself: there, of its type, of its form. Text is allowed by
 * form and never escaped, since the same value ends up in a shell, in YAML, in
 * a Go template and in a header.
 */
export function checkFields(plan: unknown): PlanProblem[] {
  if (!isRecord(plan)) {
    return [
      { path: 'plan', message: 'is no group of fields. Expected a plan.' },
    ];
  }
  const platform = isRecord(plan.platform)
    ? PLATFORM_FIELDS
    : [{ path: 'platform', required: true, format: WORD } as Field];
  return check(plan, [...FIELDS, ...platform]);
}
