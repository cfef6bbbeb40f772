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

import { containerFlags } from '../kubernetes';
import {
  acceleratorOf,
  engineContainers,
  enginePods,
  imageOf,
} from '../observation';
import type { FoundContainer, Observation } from '../observation';

/** How many tokens one block of an engine's KV cache holds, and who says so. */
export interface EngineBlock {
  /** Pod, or the template where none runs. */
  where: string;
  tokens?: number;
  /** `reported` by the engine, given by a `flag`, or the engine's `default`. */
  known: 'reported' | 'flag' | 'default' | 'no';
  source: string;
  /** From which the engine caches nothing: no prompt fills a block. */
  maxModelLen?: number;
}

/** vLLM's DEFAULT_BLOCK_SIZE (vllm/config/cache.py). */
const VLLM_DEFAULT = 16;

/** On TPU a block is a page, whose size follows from the context length (tpu-inference, get_page_size). */
function tpuPage(maxModelLen: number): number {
  if (maxModelLen > 8192) return VLLM_DEFAULT;
  const power = 2 ** Math.ceil(Math.log2(maxModelLen));
  return Math.min(256, Math.max(16, power / 16));
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0
    ? value
    : undefined;
}

function fromLaunch(
  { container, where }: FoundContainer,
  onTpu: boolean,
): EngineBlock {
  const flags = containerFlags(container);
  const maxModelLen = positive(flags.value('max-model-len'));
  const given =
    positive(flags.value('block-size')) ?? positive(flags.value('page-size'));
  if (given !== undefined) {
    return {
      where,
      tokens: given,
      known: 'flag',
      source: `block size ${given} in the arguments`,
      maxModelLen,
    };
  }
  if (onTpu && maxModelLen === undefined) {
    return {
      where,
      known: 'no',
      source: 'on TPU the block follows from --max-model-len, which is absent',
    };
  }
  const tokens = onTpu ? tpuPage(maxModelLen ?? 0) : VLLM_DEFAULT;
  return {
    where,
    tokens,
    known: 'default',
    source: onTpu
      ? `${tokens} tokens, which a TPU takes for --max-model-len ${maxModelLen}`
      : `${tokens} tokens, the engine's default`,
    maxModelLen,
  };
}

/**
 * The block of each engine: what its metrics say, else its arguments, else the
 * default of the engine; where no pod is, the template's.
 */
export function engineBlocks(observation: Observation): EngineBlock[] {
  const onTpu = acceleratorOf(observation)?.class === 'tpu';
  const containers = engineContainers(observation);
  const pods = enginePods(observation);
  if (pods.length === 0) {
    return containers.slice(0, 1).map(found => fromLaunch(found, onTpu));
  }
  return pods.flatMap(pod => {
    const found = containers.find(({ object }) => object === pod);
    const launch = found && fromLaunch(found, onTpu);
    const reported = observation.endpoints.find(
      endpoint =>
        endpoint.role === 'engine' && endpoint.pod === pod.metadata.name,
    )?.engine?.current?.metrics.blockSize;
    if (reported !== undefined) {
      return {
        where: `Pod ${pod.metadata.name}`,
        tokens: reported,
        known: 'reported' as const,
        source: `cache_config_info says block_size ${reported}`,
        maxModelLen: launch?.maxModelLen,
      };
    }
    return launch ?? [];
  });
}

/** The release of an image whose tag is a version. */
export function imageVersion(container: unknown): string | undefined {
  return /:v?(\d+\.\d+(?:\.\d+)?)(?:[-+][^/]*)?$/.exec(
    (imageOf(container) ?? '').split('@')[0],
  )?.[1];
}
