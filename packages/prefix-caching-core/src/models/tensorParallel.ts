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

import type { ModelFacts } from './types';

/**
 * The tensor parallelism a model can be split by, up to a limit, smallest first.
 *
 * vLLM's model code asserts both: the attention heads divide evenly, and the KV
 * heads either divide evenly or are replicated evenly. Checking the heads alone
 * is too lax: it would call 4 valid for 10 KV heads.
 *
 * @public
 */
export function validTensorParallel(
  facts: Pick<ModelFacts, 'heads' | 'kvHeads'>,
  limit: number,
): number[] {
  const valid: number[] = [];
  for (let size = 1; size <= limit; size++) {
    const kvHeads = facts.kvHeads ?? size;
    if (
      facts.heads % size === 0 &&
      (kvHeads % size === 0 || size % kvHeads === 0)
    ) {
      valid.push(size);
    }
  }
  return valid;
}
