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

import { BlockCache } from './blockCache';
import { Histogram } from './exposition';
import type { Prompt } from './prompt';
import type { EngineSettings } from './engineSettings';

const TTFT_BOUNDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
  7.5, 10, 20, 40, 80, 160, 640, 2560,
];

/** What became of one request. Times in seconds. */
export interface Served {
  cachedTokens: number;
  timeToFirstToken: number;
  duration: number;
}

interface Running {
  prompt: Prompt;
  blocks: number;
  startsAt: number;
  endsAt: number;
}

/** One model server with its KV cache. Times are milliseconds since 1970. */
export class EngineReplica {
  readonly settings: EngineSettings;
  readonly timeToFirstToken = new Histogram(TTFT_BOUNDS);
  queryTokens = 0;
  hitTokens = 0;
  promptTokens = 0;
  generationTokens = 0;
  finished = 0;
  readonly #cache: BlockCache;
  #requests: Running[] = [];

  constructor(settings: EngineSettings) {
    this.settings = settings;
    this.#cache = new BlockCache(settings.kvBlocks);
  }

  /** Takes a request; it runs at once, or when one of `maxNumSeqs` places is free. */
  accept(prompt: Prompt, now: number): Served {
    const { settings } = this;
    const blocks = prompt.blocks(settings.blockSize);
    let cachedTokens = 0;
    if (settings.prefixCaching) {
      // The last token is always computed: it yields the first token of the answer.
      const usable = Math.floor((prompt.tokens - 1) / settings.blockSize);
      const matched = this.#cache.match(blocks.slice(0, usable));
      cachedTokens = matched * settings.blockSize;
      this.#cache.keep(blocks);
      this.queryTokens += prompt.tokens;
      this.hitTokens += cachedTokens;
    }
    const startsAt = this.#freeFrom(now);
    const prefillMs =
      settings.overheadMs +
      ((prompt.tokens - cachedTokens) / settings.prefillTokensPerSecond) * 1000;
    const endsAt =
      startsAt + prefillMs + prompt.outputTokens * settings.outputTokenMs;
    this.#requests.push({
      prompt,
      blocks: Math.ceil(
        (prompt.tokens + prompt.outputTokens) / settings.blockSize,
      ),
      startsAt,
      endsAt,
    });
    this.promptTokens += prompt.tokens;
    const timeToFirstToken = (startsAt - now + prefillMs) / 1000;
    this.timeToFirstToken.observe(timeToFirstToken);
    return { cachedTokens, timeToFirstToken, duration: (endsAt - now) / 1000 };
  }

  /** The share of a prompt's blocks that it holds, 0 to 1. */
  heldShare(prompt: Prompt): number {
    const blocks = prompt.blocks(this.settings.blockSize);
    return blocks.length > 0 ? this.#cache.match(blocks) / blocks.length : 0;
  }

  /** Finishes what is done by `now`. */
  advance(now: number): void {
    for (const request of this.#requests) {
      if (request.endsAt <= now) {
        this.finished += 1;
        this.generationTokens += request.prompt.outputTokens;
      }
    }
    this.#requests = this.#requests.filter(request => request.endsAt > now);
  }

  running(now: number): number {
    return this.#requests.filter(request => request.startsAt <= now).length;
  }

  waiting(now: number): number {
    return this.#requests.length - this.running(now);
  }

  /** The share of KV blocks that running requests hold, 0 to 1. */
  kvUsage(now: number): number {
    const held = this.#requests
      .filter(request => request.startsAt <= now)
      .reduce((sum, request) => sum + request.blocks, 0);
    return Math.min(1, held / this.settings.kvBlocks);
  }

  #freeFrom(now: number): number {
    const ends = this.#requests
      .map(request => request.endsAt)
      .sort((a, b) => a - b);
    const surplus = ends.length - this.settings.maxNumSeqs;
    return surplus < 0 ? now : Math.max(now, ends[surplus]);
  }
}
