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

import type { Accelerator } from './types';

/**
 * llm-d-inference-sim: answers like an engine, keeps a real block-wise prefix
 * cache, needs no device. For demonstrations and continuous integration.
 */
export const SIMULATOR: Accelerator = {
  id: 'simulator',
  name: 'llm-d-inference-sim (no accelerator)',
  vendor: 'none',
  class: 'sim',
  devicesPerUnit: 1,
  choices: [{ devices: 1 }],
  dtype: 'auto',
  // 1,024 blocks of 64 tokens: see the arguments.
  fixedKvTokens: 65_536,
  blockSize: 64,
  fp8Kv: false,
  nodeSelectors: {},
  platformImage: false,
  tolerations: [],
  image: 'ghcr.io/llm-d/llm-d-inference-sim:v0.10.2',
  command: ['/app/llm-d-inference-sim'],
  engine: 'llm-d-inference-sim',
  env: [{ name: 'PYTHONHASHSEED', value: '42' }],
  args: [
    '--port=8000',
    '--enable-kvcache',
    '--kv-cache-size=1024',
    '--block-size=64',
    // No tokenizer is downloaded: the simulator runs without the internet.
    '--force-dummy-tokenizer',
  ],
  startupSeconds: 120,
  support: 'dev-and-ci',
  evidence: 'verified',
  note: 'Ignores cache_salt; says nothing of the speed of a real engine.',
  source: 'llm-d/llm-d-inference-sim v0.10.2 documentation',
};
