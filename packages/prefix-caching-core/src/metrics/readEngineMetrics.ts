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

import { ENGINE_METRIC_NAMES as NAMES, ENGINES } from './engineMetricNames';
import { readHistogram, summariseLatency } from './histogram';
import { parseNumber } from './numbers';
import { SampleIndex, sumBy } from './SampleIndex';
import type { EngineMetrics, MetricFamily, MetricSample } from './types';

/**
 * Reads the scrape of one engine pod: vLLM of any version, its simulator, and
 * what SGLang and TensorRT-LLM expose of the same figures (epp.md §4).
 *
 * With data parallelism a pod has several engines: their counters are added
 * up, their gauges averaged.
 *
 * @public
 */
export function readEngineMetrics(
  families: readonly MetricFamily[],
): EngineMetrics {
  const index = SampleIndex.create(families);
  const config = index.first(NAMES.cacheConfig);
  const bySource = index.first(NAMES.promptTokensBySource);
  const engine = ENGINES.find(({ prefixes }) =>
    prefixes.some(prefix => index.has(prefix)),
  );
  return {
    engine: engine?.engine,
    limitation: engine?.limitation,
    hitTokens: index.sum(NAMES.hitTokens),
    queryTokens: index.sum(NAMES.queryTokens),
    externalHitTokens: index.sum(NAMES.externalHitTokens),
    externalQueryTokens: index.sum(NAMES.externalQueryTokens),
    blockSize: labelNumbers(config, ['block_size', 'page_size'])[0],
    cacheBlocks: sumOf(labelNumbers(config, ['num_gpu_blocks', 'num_pages'])),
    kvUsage: index.mean(NAMES.kvUsage),
    running: index.mean(NAMES.running),
    waiting: index.mean(NAMES.waiting),
    requests: index.sum(NAMES.requests),
    promptTokens: index.sum(NAMES.promptTokens),
    promptTokensBySource: bySource.length
      ? sumBy(bySource, ({ labels }) => labels.source)
      : undefined,
    reportedHitRatio: index.mean(NAMES.reportedHitRatio),
    timeToFirstToken: summariseLatency(
      readHistogram(index, NAMES.timeToFirstToken),
    ),
    startedAt: index.sum(['process_start_time_seconds']),
    prefixCaching: readPrefixCaching(config),
  };
}

/** Some vLLM versions write "None" while caching is active, so that only True and False decide. */
function readPrefixCaching(
  config: readonly MetricSample[],
): EngineMetrics['prefixCaching'] {
  const flags = config.map(({ labels }) =>
    labels.enable_prefix_caching?.toLowerCase(),
  );
  if (flags.includes('false')) return 'off';
  return flags.includes('true') ? 'on' : 'unknown';
}

/** The numbers that labels of an info metric hold; "None" is none. */
function labelNumbers(
  samples: readonly MetricSample[],
  names: readonly string[],
): number[] {
  const numbers = samples.map(({ labels }) => {
    const name = names.find(each => labels[each] !== undefined);
    return name === undefined ? undefined : parseNumber(labels[name]);
  });
  return numbers.filter(number => number !== undefined);
}

function sumOf(numbers: readonly number[]): number | undefined {
  return numbers.length ? numbers.reduce((a, b) => a + b) : undefined;
}
