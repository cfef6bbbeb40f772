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

import { compareVersions } from '../platforms/versions';
import { imageOf } from '../observation';

/** The engine in a container, as far as its image tells. */
export interface EngineRelease {
  name: string;
  engine?: 'vllm';
  /** Known only where the image's tag is the engine's own release. */
  version?: string;
  /** Whether this engine caches prefixes unless told not to. */
  onByDefault: boolean;
}

/** Images of vLLM's own project: their tag is its release. */
const VLLM_IMAGES =
  /(^|\/)vllm\/vllm-(openai|tpu|openai-cpu|openai-rocm|openai-xpu)$/;
/** Distributions of vLLM whose tags count otherwise; all of them carry its V1 engine. */
const VLLM_DISTRIBUTIONS =
  /(^|\/)(llm-d-(cuda|rocm|xpu|cpu|hpu)|vllm-[\w-]*rhel9)$/;
/** From its V1 engine on, vLLM caches prefixes by default (vllm/config/cache.py). */
const V1 = '0.9.0';

/**
 * Which engine a container runs. Where no image is given, the platform's
 * preset adds one: every release with LLMInferenceService ships a vLLM V1.
 */
export function engineRelease(container: unknown): EngineRelease {
  const image = imageOf(container);
  if (image === undefined) {
    return { name: "the platform's vLLM", engine: 'vllm', onByDefault: true };
  }
  const [repository] = image.split('@')[0].split(/:(?=[^/]*$)/);
  const tag = image.split('@')[0].slice(repository.length + 1);
  if (VLLM_IMAGES.test(repository)) {
    const version = /^v?(\d+\.\d+(\.\d+)?)/.exec(tag)?.[1];
    const order = version ? compareVersions(version, V1) : undefined;
    return {
      name: version ? `vLLM ${version}` : 'vLLM of an unknown release',
      engine: 'vllm',
      version,
      onByDefault: order !== undefined && order >= 0,
    };
  }
  return VLLM_DISTRIBUTIONS.test(repository)
    ? {
        name: repository.slice(repository.lastIndexOf('/') + 1),
        engine: 'vllm',
        onByDefault: true,
      }
    : { name: image, onByDefault: false };
}
