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

import type { Accelerator } from '../accelerators';
import type { ModelFacts } from './types';

/** Bytes of one value: 16 bits unless `--kv-cache-dtype fp8` says otherwise. @public */
export type KvDtypeBytes = 1 | 2;

/** A TPU pads each head to whole lanes of 128. */
const TPU_HEAD_MULTIPLE = 128;

function headDim(facts: ModelFacts, accelerator: Accelerator): number {
  const own = facts.headDim ?? 0;
  return accelerator.vendor === 'tpu'
    ? Math.ceil(own / TPU_HEAD_MULTIPLE) * TPU_HEAD_MULTIPLE
    : own;
}

/**
 * Bytes one token of context takes in one replica, over all its devices.
 *
 * Grouped-query attention keeps a key and a value per KV head and layer; above
 * as many devices as KV heads, heads are replicated. Latent attention keeps one
 * vector per layer on every device. Layers with a sliding window are left out:
 * they hold a fixed amount per request.
 *
 * @public
 */
export function kvBytesPerToken(
  facts: ModelFacts,
  accelerator: Accelerator,
  tensorParallel: number,
  dtypeBytes: KvDtypeBytes = 2,
): number {
  if (facts.attention === 'mla') {
    return facts.layers * (facts.latentDim ?? 0) * dtypeBytes * tensorParallel;
  }
  const headsPerDevice = Math.max(
    1,
    Math.ceil((facts.kvHeads ?? facts.heads) / tensorParallel),
  );
  return (
    2 *
    facts.fullAttentionLayers *
    headsPerDevice *
    headDim(facts, accelerator) *
    dtypeBytes *
    tensorParallel
  );
}

/** Bytes the sliding-window layers hold for one request, however long it is. */
export function windowBytesPerRequest(
  facts: ModelFacts,
  accelerator: Accelerator,
  dtypeBytes: KvDtypeBytes = 2,
): number {
  return (
    2 *
    (facts.layers - facts.fullAttentionLayers) *
    (facts.kvHeads ?? 0) *
    headDim(facts, accelerator) *
    dtypeBytes *
    facts.slidingWindow
  );
}
