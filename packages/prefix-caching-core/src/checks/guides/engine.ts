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

import type { CheckGuides } from './types';

/** Guides of the checks of the engine. */
export const ENGINE_GUIDES: CheckGuides = {
  'engine.prefix-caching': {
    question:
      'Is prefix caching on in every engine? The engine itself decides (`vllm:cache_config_info`), then an off switch, then an on switch, then the default of its release.',
    matters:
      'Always. An engine without a prefix cache computes every prompt from its first token, however well requests are routed.',
    reads:
      'Pods, their command, arguments and `VLLM_ADDITIONAL_ARGS`, their image, and the metrics of engines.',
    pass: 'Every engine has it on.',
    fail: 'At least one engine has it off.',
    inconclusive:
      'No engine runs, pods may not be read, or the release has no known default and its metrics did not answer.',
    skipped: 'The files hold no engine container.',
    remedy:
      'Take `--no-enable-prefix-caching` out of command, arguments and `VLLM_ADDITIONAL_ARGS`. No flag is needed to switch it on.',
  },
  'engine.arguments': {
    question:
      'Do the arguments start the engine, and start it as they are written?',
    matters:
      'After an upgrade of the engine or of KServe, and whenever arguments were copied: what starts on one release crashes or is lost on the next.',
    reads:
      'Pods and the service: command, arguments, launch script, environment, image, and the last words of engines that ended.',
    pass: 'The arguments start the engine as written.',
    warn: 'Something in them is at risk, and engines run all the same.',
    fail: 'The engine does not start, or starts without some of its arguments.',
    inconclusive: 'No engine runs that would prove it.',
    skipped: 'The files hold no engine container.',
    remedy:
      'What the finding names: take the removed flag out, move the comment, leave the launcher to the platform.',
  },
  'engine.block-size': {
    question:
      'What is the smallest prefix that can hit, and do all engines, and a picker that follows their events, agree on it?',
    matters:
      'When everything is green and nothing hits: only full blocks are cached, so a shared beginning shorter than one block never hits. Models of mixed attention have blocks of hundreds or thousands of tokens.',
    reads:
      'The block size that engines report (`vllm:cache_config_info`), else `--block-size`, else the default; `--max-model-len`; the configuration and the release of the picker; in precise mode `PYTHONHASHSEED`, `--prefix-caching-hash-algo` and `--kv-events-config`.',
    pass: 'All agree; the summary says how long a prefix has to be.',
    warn: 'Engines differ, blocks hold more than 256 tokens, or the picker remembers pieces so small that its memory runs out.',
    fail: 'A block is longer than the longest prompt, or picker and engines hash differently in precise mode, so that nothing ever matches.',
    inconclusive:
      'No engine runs, or its metrics did not answer and no flag says the size.',
    skipped: 'The files hold no engine container, or none that says it.',
    remedy:
      'Give all engines one `--block-size`; in precise mode the same as `tokenProcessorConfig.blockSize`, one `PYTHONHASHSEED`, and `--prefix-caching-hash-algo sha256_cbor`.',
  },
  'engine.replicas': {
    question:
      'Are there two ready engines or more, each on the accelerator that was asked for?',
    matters:
      'With one replica there is nothing to choose between: prefixes hit, and the picker adds nothing.',
    reads:
      'Pods and their states, the Deployment, the number of replicas asked for, and where readable the Nodes.',
    pass: 'All replicas asked for are ready.',
    warn: 'Only one is asked for, or some are not ready.',
    fail: 'Engines crash, find no node, are too few, or run on another accelerator.',
    inconclusive: 'Engines are starting, or pods may not be read.',
    skipped: 'The files give no number of replicas.',
    remedy:
      "Read the container's last words, add nodes of the accelerator, or correct the node selector.",
  },
};
