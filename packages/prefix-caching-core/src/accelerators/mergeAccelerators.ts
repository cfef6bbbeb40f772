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

import { ACCELERATOR_FIELDS, VENDORS } from './acceleratorFields';
import type { AcceleratorOverride } from './acceleratorFields';
import { ConfigError, fieldsOf, rowsOf } from './configFields';
import type { Accelerator } from './types';

const readOverride = fieldsOf(ACCELERATOR_FIELDS);

/** What services of a vendor's devices are called; a row may say otherwise. */
const CLASS_OF: Record<Accelerator['vendor'], string> = {
  nvidia: 'gpu',
  amd: 'gpu',
  tpu: 'tpu',
  gaudi: 'hpu',
  xpu: 'xpu',
  neuron: 'neuron',
  spyre: 'spyre',
  cpu: 'cpu',
  none: 'sim',
};

/** Vendors whose engines use 16-token blocks; 128 is the largest seen elsewhere. */
const SMALL_BLOCKS: readonly string[] = ['nvidia', 'amd'];

function absent(path: string, field: string, expected: string): ConfigError {
  return new ConfigError(
    `${path}.${field}`,
    `is absent; expected ${expected}, since no accelerator of the table has this id`,
  );
}

/** A row of its own: what it must say, and what is taken where it doesn't. */
function newRow(
  id: string,
  path: string,
  fields: AcceleratorOverride,
): Accelerator {
  const { name, vendor, choices } = fields;
  if (!name) {
    throw absent(path, 'name', 'what people call it');
  }
  if (!vendor) {
    throw absent(path, 'vendor', `one of ${VENDORS.join(', ')}`);
  }
  if (!choices) {
    throw absent(
      path,
      'choices',
      'the numbers of devices a pod may ask for, such as [1, 2, 4]',
    );
  }
  if (
    fields.usableGib === undefined &&
    fields.hbmGb === undefined &&
    fields.fixedKvTokens === undefined
  ) {
    throw absent(
      path,
      'usableGib',
      'the memory of one device in GiB (or hbmGb, its nominal memory in GB)',
    );
  }
  const small = SMALL_BLOCKS.includes(vendor);
  return {
    class: CLASS_OF[vendor],
    devicesPerUnit: 1,
    dtype: 'auto',
    blockSize: small ? 16 : 128,
    blockSizeAssumed: fields.blockSize === undefined,
    fp8Kv: false,
    nodeSelectors: { generic: {} },
    tolerations: [],
    platformImage: vendor === 'nvidia',
    engine: 'vllm',
    env: [],
    args: [],
    startupSeconds: small ? 1800 : 3600,
    support: 'good',
    evidence: 'configured',
    ...fields,
    name,
    vendor,
    choices,
    id,
    source: path,
  };
}

function changed(
  rows: readonly Accelerator[],
  id: string,
  path: string,
  value: unknown,
): Accelerator {
  const { basedOn, ...fields } = readOverride(path, value);
  const own = rows.find(row => row.id === id);
  if (basedOn !== undefined) {
    const base = rows.find(row => row.id === basedOn);
    if (!base || own) {
      throw new ConfigError(
        `${path}.basedOn`,
        own
          ? `is '${basedOn}', but ${id} is a row of the table itself; leave it out`
          : `is '${basedOn}'; expected one of ${rows
              .map(row => row.id)
              .join(', ')}`,
      );
    }
    return {
      ...base,
      hidden: false,
      evidence: 'configured',
      ...fields,
      id,
      source: path,
    };
  }
  return own ? { ...own, ...fields } : newRow(id, path, fields);
}

/** What is offered must be able to start. */
function checkOffered(row: Accelerator, path: string): void {
  if (
    !row.hidden &&
    row.platformImage === false &&
    !row.image &&
    !row.images?.upstream &&
    !row.images?.redhat
  ) {
    throw new ConfigError(
      `${path}.image`,
      `is absent; expected an image that drives ${row.name}, or platformImage: true where the platform's own does, since the row is offered`,
    );
  }
}

/**
 * The accelerators of a portal: the table, with what the platform team adds,
 * changes, hides or restricts.
 *
 * `overrides` is the section of the configuration as it was read: an object of
 * ids, each with the fields to change. An unknown id is a new row and has to
 * name itself, its vendor, its choices and its memory, or the row it is
 * `basedOn`.
 *
 * @throws ConfigError with the path of the mistake and the allowed values.
 * @public
 */
export function mergeAccelerators(
  base: readonly Accelerator[],
  overrides: unknown,
  path: string = 'prefixCaching.accelerators',
): Accelerator[] {
  const rows = [...base];
  for (const [id, rowPath, value] of rowsOf(path, overrides)) {
    const row = changed(rows, id, rowPath, value);
    checkOffered(row, rowPath);
    const index = rows.findIndex(it => it.id === id);
    rows.splice(index < 0 ? rows.length : index, index < 0 ? 0 : 1, row);
  }
  return rows;
}
