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
import type { FitAssessment, FitRequest, ModelFacts, Range } from './types';

/**
 * Why a model cannot run on these devices, whatever its context length:
 * `undefined` where it can.
 */
export function unfitReason(
  facts: ModelFacts,
  accelerator: Accelerator,
  tensorParallel: number,
  valid: readonly number[],
): string | undefined {
  if (!valid.includes(tensorParallel)) {
    return `${facts.name} on ${
      accelerator.name
    }: a tensor parallelism of ${tensorParallel} does not divide its ${
      facts.heads
    } heads and ${
      facts.kvHeads ?? facts.heads
    } KV heads. Valid values: ${valid.join(', ')}.`;
  }
  return accelerator.unsupportedWeights?.includes(facts.weightsDtype)
    ? `${facts.name} on ${accelerator.name}: the device has no path for ${facts.weightsDtype} weights. Choose weights of another format, or another accelerator.`
    : undefined;
}

/** One sentence why the verdict is what it is. */
export function fitSummary({
  facts,
  accelerator,
  request,
  verdict,
  kvTokens,
}: {
  facts: ModelFacts;
  accelerator: Accelerator;
  request: FitRequest;
  verdict: FitAssessment['verdict'];
  kvTokens: Range;
}): string {
  const what = `${facts.name} on ${request.devices} × ${accelerator.name}`;
  const room = `${kvTokens.low} to ${kvTokens.high} tokens of KV cache per replica`;
  if (request.maxModelLen > facts.maxContext) {
    return `${what}: max-model-len ${request.maxModelLen} exceeds the model's longest context of ${facts.maxContext}.`;
  }
  if (accelerator.fixedKvTokens !== undefined) {
    return `${what}: no weights are held, so memory does not limit it; the cache is fixed at ${accelerator.fixedKvTokens} tokens.`;
  }
  if (verdict === 'fits') {
    return `${what}: ${room} hold at least one request of ${request.maxModelLen} tokens.`;
  }
  return verdict === 'tight'
    ? `${what}: ${room}; the engine may refuse to start at max-model-len ${request.maxModelLen}.`
    : `${what}: ${room}; the engine will refuse to start at max-model-len ${request.maxModelLen}.`;
}
