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

import type { KubeObject } from '../api';
import { launchWords, mainContainer, type NodePools } from '../cluster';
import { textAt } from '../json';

/** How one replica behaves: the machine's figures, as its arguments change them. */
export interface EngineSettings {
  modelName: string;
  blockSize: number;
  kvBlocks: number;
  maxNumSeqs: number;
  prefixCaching: boolean;
  /** Whether it tells a picker of its blocks, by hashes that the picker can follow. */
  tellsBlocks: boolean;
  /** Whether answers say how much of the prompt came from cache. */
  promptTokensDetails: boolean;
  gpuMemoryUtilization: number;
  prefillTokensPerSecond: number;
  overheadMs: number;
  outputTokenMs: number;
}

/** Reads a pod's arguments as vLLM would. */
export function readEngineSettings(
  pod: KubeObject,
  nodes: NodePools,
): EngineSettings {
  const node = textAt(pod, 'spec', 'nodeName') ?? '';
  const pool = nodes.poolOfNode(node) ?? nodes.pools()[0];
  const words = launchWords(mainContainer(pod.spec));
  const flag = (name: string): string | undefined => {
    for (let index = words.length - 1; index >= 0; index -= 1) {
      if (words[index] === name) return words[index + 1];
      if (words[index].startsWith(`${name}=`)) {
        return words[index].slice(name.length + 1);
      }
    }
    return undefined;
  };
  const off = words.lastIndexOf('--no-enable-prefix-caching');
  const on = words.lastIndexOf('--enable-prefix-caching');
  return {
    modelName:
      flag('--served-model-name') ??
      pod.metadata.labels?.['app.kubernetes.io/name'] ??
      'model',
    ...pool.engine,
    blockSize: Number(flag('--block-size') ?? pool.engine.blockSize),
    kvBlocks: Number(flag('--num-gpu-blocks-override') ?? pool.engine.kvBlocks),
    maxNumSeqs: Number(flag('--max-num-seqs') ?? 256),
    // On by default; the last switch named decides.
    prefixCaching: off === -1 || on > off,
    tellsBlocks:
      flag('--kv-events-config') !== undefined &&
      flag('--prefix-caching-hash-algo') === 'sha256_cbor',
    promptTokensDetails: words.includes('--enable-prompt-tokens-details'),
    gpuMemoryUtilization: Number(flag('--gpu-memory-utilization') ?? 0.9),
  };
}
