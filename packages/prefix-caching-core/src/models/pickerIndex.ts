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
import type { PickerIndex, Range } from './types';

/** Smallest block of the approximate prefix index (llm-d-router 0.9 and newer), tokens. */
const SMALLEST_INDEX_BLOCK = 64;

/**
 * The Endpoint Picker's approximate index takes its capacity from the number of
 * blocks the engine reports, but never makes a block shorter than 64 tokens:
 * with 16-token engine blocks it remembers four times what the engine holds.
 */
export function pickerIndex(
  { blockSize }: Pick<Accelerator, 'blockSize'>,
  kvTokens: Range,
): PickerIndex {
  const blockTokens = Math.max(blockSize, SMALLEST_INDEX_BLOCK);
  const ratio = blockTokens / blockSize;
  return {
    blockTokens,
    ratio,
    tokens: { low: kvTokens.low * ratio, high: kvTokens.high * ratio },
  };
}
