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

import { ACCELERATORS } from './accelerators';
import type { Accelerator } from './accelerators';
import {
  MODELS,
  deviceMemory,
  kvBytesPerToken,
  validTensorParallel,
} from './models';
import type { ModelFacts } from './models';

const NONE = '–';

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly string[][]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function memory(accelerator: Accelerator): string {
  const { low, high } = deviceMemory(accelerator);
  if (high === 0) {
    return NONE;
  }
  return low === high ? `${low}` : `${low.toFixed(1)}–${high.toFixed(1)}`;
}

function choices({ choices: all }: Accelerator): string {
  return all
    .map(({ devices, topology }) =>
      topology ? `${devices} (${topology})` : `${devices}`,
    )
    .join(', ');
}

function describe(accelerator: Accelerator): string[] {
  return [
    code(accelerator.id),
    accelerator.name,
    accelerator.resource ? code(accelerator.resource) : NONE,
    memory(accelerator),
    choices(accelerator),
    `${accelerator.devicesPerUnit}`,
    code(accelerator.dtype),
    `${accelerator.blockSize}${
      accelerator.blockSizeAssumed ? ' (assumed)' : ''
    }`,
    `${accelerator.startupSeconds / 60} min`,
    Object.keys(accelerator.nodeSelectors).join(', ') || NONE,
    accelerator.support,
    accelerator.evidence,
  ];
}

const ACCELERATOR_HEAD = [
  'Id',
  'Device',
  'Resource',
  'GiB per device',
  'Devices per pod',
  'TP per device',
  'dtype',
  'Block',
  'Start',
  'Platforms',
  'Support',
  'Evidence',
];

/** The offered accelerators, as docs/accelerators.md shows them. */
export function offeredAcceleratorTable(): string {
  return table(
    ACCELERATOR_HEAD,
    ACCELERATORS.filter(({ hidden }) => !hidden).map(describe),
  );
}

/** The accelerators that a configuration has to show first. */
export function hiddenAcceleratorTable(): string {
  return table(
    ACCELERATOR_HEAD,
    ACCELERATORS.filter(({ hidden }) => hidden).map(describe),
  );
}

/** A GPU without paddings: what the bytes per token of a model are by themselves. */
function plainBytes(facts: ModelFacts): number {
  return kvBytesPerToken(facts, { ...ACCELERATORS[0], vendor: 'nvidia' }, 1);
}

/** The models, as docs/models.md shows them. */
export function modelTable(): string {
  return table(
    [
      'Id',
      'Hugging Face',
      'Attention',
      'Layers (whole context)',
      'Heads / KV heads',
      'Weights',
      'KV bytes per token',
      'Longest context',
      'TP up to 16',
      'Evidence',
    ],
    MODELS.map(facts => [
      code(facts.id),
      `${code(facts.huggingFace ?? '')}${facts.gated ? ' (gated)' : ''}`,
      facts.attention === 'mla' ? 'latent' : 'grouped',
      `${facts.layers}${
        facts.fullAttentionLayers < facts.layers
          ? ` (${facts.fullAttentionLayers}, the rest keeps ${facts.slidingWindow} tokens)`
          : ''
      }`,
      `${facts.heads} / ${facts.kvHeads ?? NONE}`,
      `${facts.weightsGib} GiB ${facts.weightsDtype}`,
      `${plainBytes(facts)}`,
      `${facts.maxContext}`,
      validTensorParallel(facts, 16).join(', '),
      facts.evidence,
    ]),
  );
}

/** The tables of the documentation, by the name between their marks. */
export const DOCUMENTED_TABLES = [
  { page: 'accelerators.md', name: 'offered', build: offeredAcceleratorTable },
  { page: 'accelerators.md', name: 'hidden', build: hiddenAcceleratorTable },
  { page: 'models.md', name: 'models', build: modelTable },
] as const;

/**
 * The page with a table put between its marks.
 *
 * @throws Error when the page has no such marks.
 */
export function withTable(page: string, name: string, text: string): string {
  const marks = new RegExp(
    `(<!-- table: ${name} -->\\n)[\\s\\S]*?(<!-- /table -->)`,
  );
  if (!marks.test(page)) {
    throw new Error(
      `The page has no marks '<!-- table: ${name} -->' and '<!-- /table -->'; put them where the table belongs`,
    );
  }
  return page.replace(
    marks,
    (_all, start, end) => `${start}\n${text}\n\n${end}`,
  );
}
