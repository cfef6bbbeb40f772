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

import { findAccelerator } from '../accelerators';
import type { Accelerator } from '../accelerators';
import { remediesFor } from './remedies';
import { kvBytesPerToken, windowBytesPerRequest } from './kvCache';
import { DEFAULT_GPU_MEMORY_UTILIZATION, kvCacheBudget } from './memoryBudget';
import { findModel } from './table';
import { validTensorParallel } from './tensorParallel';
import type { FitAssessment, FitRequest, ModelFacts, Range } from './types';

const BYTES_PER_GIB = 2 ** 30;

function mapRange(range: Range, map: (value: number) => number): Range {
  return { low: map(range.low), high: map(range.high) };
}

function verdictOf(
  maxModelLen: number,
  largest: Range,
): FitAssessment['verdict'] {
  if (largest.low >= maxModelLen) {
    return 'fits';
  }
  return largest.high >= maxModelLen ? 'tight' : 'no';
}

function withoutDevice(
  facts: ModelFacts,
  accelerator: Accelerator,
  request: FitRequest,
): FitAssessment {
  const all = { low: facts.maxContext, high: facts.maxContext };
  const verdict = request.maxModelLen <= facts.maxContext ? 'fits' : 'no';
  return {
    verdict,
    summary: `${accelerator.name} holds no weights, so memory does not limit ${facts.name}; its longest context is ${facts.maxContext} tokens.`,
    kvCacheGiB: { low: 0, high: 0 },
    kvTokens: all,
    largestMaxModelLen: all,
    validTensorParallel: [1],
    remedies:
      verdict === 'no' ? [`Lower max-model-len to ${facts.maxContext}.`] : [],
  };
}

/**
 * Whether a model fits on an accelerator with a context length, as a range.
 *
 * The engine refuses to start when its KV cache holds fewer tokens than
 * `maxModelLen`. Activations cannot be told exactly beforehand, so the answer
 * has three values and names the largest length that fits.
 *
 * @throws InputError for an unknown model or accelerator.
 * @public
 */
export function assessFit(request: FitRequest): FitAssessment {
  const facts =
    typeof request.model === 'string'
      ? findModel(request.model)
      : request.model;
  const accelerator = findAccelerator(request.accelerator);
  if (accelerator.usableGib === undefined) {
    return withoutDevice(facts, accelerator, request);
  }
  const tensorParallel =
    request.tensorParallel ?? request.devices * accelerator.devicesPerUnit;
  const kvCacheGiB = kvCacheBudget(
    facts,
    accelerator,
    tensorParallel,
    request.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
  );
  const perToken = kvBytesPerToken(facts, accelerator, tensorParallel);
  const window = windowBytesPerRequest(facts, accelerator);
  const kvTokens = mapRange(kvCacheGiB, gib => {
    const bytes = gib * tensorParallel * BYTES_PER_GIB - window;
    const blocks = Math.floor(bytes / perToken / accelerator.blockSize);
    return Math.max(0, blocks * accelerator.blockSize);
  });
  const largestMaxModelLen = mapRange(kvTokens, tokens =>
    Math.min(tokens, facts.maxContext),
  );
  const verdict = verdictOf(request.maxModelLen, largestMaxModelLen);
  const largestChoice = Math.max(
    ...accelerator.choices.map(choice => choice.devices),
  );
  const valid = validTensorParallel(
    facts,
    largestChoice * accelerator.devicesPerUnit,
  );
  const prefix = request.sharedPrefixTokens;
  return {
    verdict,
    summary: summaryOf(facts, accelerator, request, verdict, kvTokens),
    kvCacheGiB,
    kvTokens,
    largestMaxModelLen,
    ...(prefix && prefix > 0
      ? { warmPrefixes: mapRange(kvTokens, it => Math.floor(it / prefix)) }
      : {}),
    validTensorParallel: valid,
    remedies:
      verdict === 'fits'
        ? []
        : remediesFor({
            facts,
            accelerator,
            request,
            tensorParallel,
            largest: largestMaxModelLen,
            valid,
          }),
  };
}

function summaryOf(
  facts: ModelFacts,
  accelerator: Accelerator,
  request: FitRequest,
  verdict: FitAssessment['verdict'],
  kvTokens: Range,
): string {
  const what = `${facts.name} on ${request.devices} × ${accelerator.name}`;
  const room = `${kvTokens.low} to ${kvTokens.high} tokens of KV cache per replica`;
  if (request.maxModelLen > facts.maxContext) {
    return `${what}: max-model-len ${request.maxModelLen} exceeds the model's longest context of ${facts.maxContext}.`;
  }
  if (verdict === 'fits') {
    return `${what}: ${room} hold at least one request of ${request.maxModelLen} tokens.`;
  }
  return verdict === 'tight'
    ? `${what}: ${room}; the engine may refuse to start at max-model-len ${request.maxModelLen}.`
    : `${what}: ${room}; the engine will refuse to start at max-model-len ${request.maxModelLen}.`;
}
