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
import path from 'node:path';
import Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { at, isRecord, listAt, textAt } from '../../kubernetes';
import type { KubernetesObject } from '../../kubernetes';

/** Where the real CRDs are kept, outside of the repository. */
export const CONFORMANCE =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../../../shared/conformance');

/** Keywords that only say something of people or of the API server. */
const IGNORED = /^(x-|format$|description$|default$|properties$|items$)/;

/** Members of maps and lists among the samples. */
function membersOf(samples: unknown[], key?: string): unknown[] {
  return samples.flatMap(sample => {
    if (key !== undefined) {
      return isRecord(sample) && key in sample ? [sample[key]] : [];
    }
    if (Array.isArray(sample)) {
      return sample;
    }
    return isRecord(sample) ? Object.values(sample) : [];
  });
}

/**
 * A structural schema as JSON Schema, with unknown fields an error: a cluster
 * would prune them silently, and what was asked for would never happen.
 *
 * Only what the samples hold is kept, since a whole CRD takes many seconds to
 * compile; a field that no schema knows stays unknown.
 */
function strict(schema: unknown, samples: unknown[]): Record<string, unknown> {
  if (!isRecord(schema)) {
    return {};
  }
  const result: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).filter(([key]) => !IGNORED.test(key)),
  );
  if (schema['x-kubernetes-int-or-string'] === true) {
    return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  }
  if (isRecord(schema.items)) {
    result.items = strict(schema.items, membersOf(samples));
  }
  if (isRecord(schema.additionalProperties)) {
    result.additionalProperties = strict(
      schema.additionalProperties,
      membersOf(samples),
    );
  }
  if (isRecord(schema.properties)) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties)
        .map(([key, member]) => ({ key, member, own: membersOf(samples, key) }))
        .filter(({ own }) => own.length > 0)
        .map(({ key, member, own }) => [key, strict(member, own)]),
    );
    if (
      schema['x-kubernetes-preserve-unknown-fields'] !== true &&
      !('additionalProperties' in schema)
    ) {
      result.additionalProperties = false;
    }
  }
  return result;
}

/** Takes descriptions out of a CRD's text: most of it, and slow to parse. */
function withoutDescriptions(text: string): string {
  let skipped = -1;
  return text
    .split('\n')
    .filter(line => {
      const indent = line.search(/\S/);
      if (skipped >= 0 && (indent < 0 || indent > skipped)) {
        return false;
      }
      // A property of that name has its schema below and nothing beside it.
      skipped = /^\s*description: \S/.test(line) ? indent : -1;
      return skipped < 0;
    })
    .join('\n');
}

const parsed = new Map<string, unknown[]>();

function documents(file: string): unknown[] {
  const known =
    parsed.get(file) ??
    parseAllDocuments(
      withoutDescriptions(readFileSync(path.join(CONFORMANCE, file), 'utf8')),
    ).map(document => document.toJS() as unknown);
  parsed.set(file, known);
  return known;
}

/** A schema as it stands in a CRD, for the version the object is written in. */
function schemaFor(file: string, object: KubernetesObject): unknown {
  const [group, version] = object.apiVersion.split('/');
  const crd = documents(file).find(
    candidate =>
      textAt(candidate, 'spec', 'group') === group &&
      textAt(candidate, 'spec', 'names', 'kind') === object.kind,
  );
  const served = listAt(crd, 'spec', 'versions').find(
    candidate => textAt(candidate, 'name') === version,
  );
  if (!served) {
    throw new Error(`${file} serves no ${object.apiVersion} ${object.kind}`);
  }
  return at(served, 'schema', 'openAPIV3Schema');
}

function validator(
  file: string,
  objects: readonly KubernetesObject[],
): ValidateFunction {
  const root = strict(schemaFor(file, objects[0]), [...objects]);
  const ajv = new Ajv({ strict: false, allErrors: true });
  return ajv.compile({
    ...root,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      ...(isRecord(root.properties) ? root.properties : {}),
      // The API server's own to check.
      metadata: { type: 'object' },
    },
  });
}

/**
 * What a CRD file has against objects of one kind and version; empty when all
 * are valid. Many at once compile the schema only once.
 */
export function violationsOfAll(
  file: string,
  objects: readonly KubernetesObject[],
): string[] {
  const validate = validator(file, objects);
  // Not the guard it is declared as: it must not narrow what it refuses.
  const isValid: (object: KubernetesObject) => boolean = object =>
    validate(object);
  return objects.flatMap(object =>
    isValid(object)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${
              object.metadata.name
            }: ${instancePath} ${message} ${JSON.stringify(params)}`,
        ),
  );
}

/** What a CRD file has against an object; empty when it is valid. */
export function violations(file: string, object: KubernetesObject): string[] {
  return violationsOfAll(file, [object]);
}
