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

import { createHash } from 'node:crypto';

/** What a client asks: only lengths and the identity of blocks matter here. */
export interface Prompt {
  tokens: number;
  outputTokens: number;
  /** Keys of the blocks of `size` tokens; equal keys mean an equal prompt up to there. */
  blocks(size: number, options?: { includePartial: boolean }): string[];
}

/** One of a service's shared beginnings, then a tail nobody sent before. */
export function syntheticPrompt(options: {
  prefix: string;
  prefixTokens: number;
  tailTokens: number;
  outputTokens: number;
  serial: number;
}): Prompt {
  const { prefix, prefixTokens, tailTokens, outputTokens, serial } = options;
  const tokens = prefixTokens + tailTokens;
  return {
    tokens,
    outputTokens,
    blocks: (size, { includePartial } = { includePartial: false }) =>
      Array.from({ length: count(tokens, size, includePartial) }, (_, index) =>
        (index + 1) * size <= prefixTokens
          ? `${prefix}:${size}:${index}`
          : `#${serial}:${size}:${index}`,
      ),
  };
}

/**
 * A prompt somebody typed, at four characters to the token. As in vLLM, a salt
 * makes it another prompt to every cache.
 */
export function textPrompt(
  text: string,
  outputTokens: number,
  salt = '',
): Prompt {
  const tokens = Math.max(1, Math.ceil(text.length / 4));
  return {
    tokens,
    outputTokens,
    blocks: (size, { includePartial } = { includePartial: false }) =>
      Array.from({ length: count(tokens, size, includePartial) }, (_, index) =>
        createHash('sha256')
          .update(salt)
          .update(text.slice(0, (index + 1) * size * 4))
          .digest('hex'),
      ),
  };
}

function count(tokens: number, size: number, includePartial: boolean): number {
  return includePartial ? Math.ceil(tokens / size) : Math.floor(tokens / size);
}
