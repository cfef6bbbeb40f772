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

import { InputError, findAccelerator } from '../accelerators';
import type { Accelerator } from '../accelerators';
import { fitSummary, unfitReason } from './fitSummary';
import { kvBytesPerToken, windowBytesPerRequest } from './kvCache';
import { DEFAULT_GPU_MEMORY_UTILIZATION, kvCacheBudget } from './memoryBudget';
import { modelOfConfig } from './modelOfConfig';
import { pickerIndex } from './pickerIndex';
import { fixesFor, parallelFixes } from './remedies';
import { DEFAULT_TABLES, findModel } from './table';
import { validTensorParallel } from './tensorParallel';
import type {
  DeploymentTables,
  FitAssessment,
  FitFix,
  FitRequest,
  ModelFacts,
  Range,
} from './types';

const BYTES_PER_GIB = 2 ** 30;

function mapRange(range: Range, map: (value: number) => number): Range {
  return { low: map(range.low), high: map(range.high) };
}

/** Puts the path of the request's field before what is wrong with it. */
function atField<T>(field: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof InputError && !error.message.startsWith(field)) {
      throw new InputError(`${field}: ${error.message}`);
    }
    throw error;
  }
}

function factsOf({ model }: FitRequest, tables: DeploymentTables): ModelFacts {
  return atField('model', () => {
    if (typeof model === 'string') {
      return findModel(model, tables.models);
    }
    return 'config' in model ? modelOfConfig(model) : model;
  });
}

interface Capacity {
  kvCacheGiB: Range;
  kvTokens: Range;
  concurrentRequests: Range;
  kvBytesPerToken: number;
}

/** What one replica's KV cache holds. */
function capacityOf(
  facts: ModelFacts,
  accelerator: Accelerator,
  tensorParallel: number,
  request: FitRequest,
): Capacity {
  const { maxModelLen } = request;
  const dtypeBytes = request.kvCacheDtype === 'fp8' ? 1 : 2;
  const perToken = kvBytesPerToken(
    facts,
    accelerator,
    tensorParallel,
    dtypeBytes,
  );
  const { fixedKvTokens, blockSize } = accelerator;
  if (fixedKvTokens !== undefined) {
    const tokens = { low: fixedKvTokens, high: fixedKvTokens };
    return {
      kvCacheGiB: { low: 0, high: 0 },
      kvTokens: tokens,
      concurrentRequests: mapRange(tokens, it => Math.floor(it / maxModelLen)),
      kvBytesPerToken: perToken,
    };
  }
  const window = windowBytesPerRequest(facts, accelerator, dtypeBytes);
  const kvCacheGiB = kvCacheBudget(
    facts,
    accelerator,
    tensorParallel,
    request.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
  );
  const bytes = mapRange(kvCacheGiB, gib =>
    Math.max(0, gib * tensorParallel * BYTES_PER_GIB),
  );
  return {
    kvCacheGiB,
    kvTokens: mapRange(bytes, it =>
      Math.max(0, Math.floor((it - window) / perToken / blockSize) * blockSize),
    ),
    concurrentRequests: mapRange(bytes, it =>
      Math.floor(it / (maxModelLen * perToken + window)),
    ),
    kvBytesPerToken: perToken,
  };
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

/** Tensor parallelism a model allows on as many devices as one pod may have. */
function validOn(facts: ModelFacts, accelerator: Accelerator): number[] {
  const most = Math.max(...accelerator.choices.map(({ devices }) => devices));
  return validTensorParallel(facts, most * accelerator.devicesPerUnit);
}

function assess(
  facts: ModelFacts,
  accelerator: Accelerator,
  request: FitRequest,
): Omit<FitAssessment, 'remedies' | 'fixes'> {
  const tensorParallel =
    request.tensorParallel ?? request.devices * accelerator.devicesPerUnit;
  const capacity = capacityOf(facts, accelerator, tensorParallel, request);
  const { kvTokens } = capacity;
  const valid = validOn(facts, accelerator);
  const largestMaxModelLen = mapRange(
    accelerator.fixedKvTokens === undefined
      ? kvTokens
      : { low: facts.maxContext, high: facts.maxContext },
    tokens => Math.min(tokens, facts.maxContext),
  );
  const reason = unfitReason(facts, accelerator, tensorParallel, valid);
  const verdict = reason
    ? 'no'
    : verdictOf(request.maxModelLen, largestMaxModelLen);
  const prefix = request.sharedPrefixTokens;
  return {
    verdict,
    summary:
      reason ?? fitSummary({ facts, accelerator, request, verdict, kvTokens }),
    ...capacity,
    largestMaxModelLen,
    ...(prefix && prefix > 0
      ? { warmPrefixes: mapRange(kvTokens, it => Math.floor(it / prefix)) }
      : {}),
    validTensorParallel: valid,
    tensorParallel,
    pickerIndex: pickerIndex(accelerator, kvTokens),
  };
}

/**
 * Whether a model fits on an accelerator with a context length, as a range.
 *
 * The engine refuses to start when its KV cache holds fewer tokens than
 * `maxModelLen`. Activations cannot be told exactly beforehand, so the answer
 * has three values and names the largest length that fits.
 *
 * @throws InputError for an unknown model or accelerator, or for a described
 *   model that lacks a field; the message starts with the field's path.
 * @public
 */
export function assessFit(
  request: FitRequest,
  tables: DeploymentTables = DEFAULT_TABLES,
): FitAssessment {
  const facts = factsOf(request, tables);
  const accelerator = atField('accelerator', () =>
    findAccelerator(request.accelerator, tables.accelerators),
  );
  const assessed = assess(facts, accelerator, request);
  const { tensorParallel, validTensorParallel: valid } = assessed;
  let fixes: FitFix[] = [];
  if (!valid.includes(tensorParallel)) {
    fixes = parallelFixes({ accelerator, valid });
  } else if (assessed.verdict !== 'fits') {
    fixes = fixesFor({
      facts,
      accelerator,
      request,
      tensorParallel,
      largest: assessed.largestMaxModelLen,
      valid,
      offered: tables.accelerators,
      verdictOn: (other, { devices }) =>
        assess(facts, other, {
          ...request,
          devices,
          tensorParallel: undefined,
        }).verdict,
    });
  }
  return { ...assessed, remedies: fixes.map(({ text }) => text), fixes };
}
