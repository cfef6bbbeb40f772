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

import { containerFlags, listAt, textAt } from '../kubernetes';
import { engineContainers, imageOf, pickerContainers } from '../observation';
import type { FoundContainer, Observation } from '../observation';
import { isOlderThan } from '../platforms/versions';
import { imageVersion } from './engineBlocks';
import type { EngineBlock } from './engineBlocks';
import { engineRelease } from './engineRelease';
import { listed } from './judgement';
import type { PickerBlock } from './pickerBlock';

/** A setting that must be equal in engines and picker, and is not. */
export interface Disagreement {
  summary: string;
  actual: string;
  remedy: string;
}

/** The only algorithm whose hashes a picker can compute itself (epp.md §9). */
const SHARED_ALGORITHM = 'sha256_cbor';

function looksAt(observation: Observation): FoundContainer[] {
  const containers = engineContainers(observation);
  const running = containers.filter(found => found.running);
  return running.length > 0 ? running : containers.slice(0, 1);
}

function seedOf({ container }: FoundContainer): string | undefined {
  const flag = containerFlags(container).value('hash-seed');
  const variable = listAt(container, 'env').find(
    entry => textAt(entry, 'name') === 'PYTHONHASHSEED',
  );
  return flag ?? textAt(variable, 'value');
}

function blockDisagreement(
  engines: readonly EngineBlock[],
  { tokens }: PickerBlock,
): Disagreement[] {
  const other = engines.filter(
    engine => engine.tokens !== undefined && engine.tokens !== tokens,
  );
  return other.slice(0, 1).map(first => ({
    summary: `Engines hash blocks of ${first.tokens} tokens, and the Endpoint Picker blocks of ${tokens}.`,
    actual: `${listed(other.map(({ where }) => where))}: ${
      first.source
    }; picker ${tokens}`,
    remedy: `Start the engines with --block-size ${tokens}, or set tokenProcessorConfig.blockSize to ${first.tokens}.`,
  }));
}

function seedDisagreement(
  containers: readonly FoundContainer[],
  { hashSeed }: PickerBlock,
): Disagreement[] {
  const seeds = [...new Set(containers.map(seedOf))];
  const wanted = hashSeed ?? seeds[0];
  if (seeds.every(seed => seed === wanted)) return [];
  return [
    {
      summary: hashSeed
        ? 'Engines and Endpoint Picker hash blocks with different seeds.'
        : 'The engines hash blocks with different seeds.',
      actual: `PYTHONHASHSEED ${listed(
        seeds.map(seed => seed ?? 'not set'),
      )} in engines${hashSeed ? `, hashSeed ${hashSeed} in the picker` : ''}`,
      remedy: `Set PYTHONHASHSEED=${
        wanted ?? seeds.find(seed => seed !== undefined)
      } in every engine.`,
    },
  ];
}

/** Only vLLM takes these; its simulator publishes events without. */
function eventDisagreement({
  container,
  where,
}: FoundContainer): Disagreement[] {
  if (engineRelease(container).engine !== 'vllm') return [];
  const flags = containerFlags(container);
  const algorithm = flags.value('prefix-caching-hash-algo') ?? 'sha256';
  if (algorithm !== SHARED_ALGORITHM) {
    return [
      {
        summary: `Engines hash blocks with ${algorithm}, which the Endpoint Picker cannot follow.`,
        actual: `${where}: ${algorithm}`,
        remedy: `Start the engines with --prefix-caching-hash-algo ${SHARED_ALGORITHM}.`,
      },
    ];
  }
  return flags.has('kv-events-config')
    ? []
    : [
        {
          summary:
            'The engines tell the Endpoint Picker nothing of their caches.',
          actual: `${where}: no --kv-events-config`,
          remedy:
            "Start the engines with --kv-events-config, endpoint tcp://<the picker's Service>:5557.",
        },
      ];
}

/** From this release of llm-d's picker on it knows an engine by address and port (kserve#5432). */
const PORT_IN_TOPIC_FROM = '0.7';

/** Whether the running picker takes no topic without a port; undefined where its release is not known. */
function wantsPort(observation: Observation): boolean | undefined {
  const [picker] = pickerContainers(observation);
  const version = imageVersion(picker?.container);
  const counts = /llm-d-(router|inference-scheduler)/.test(
    imageOf(picker?.container) ?? '',
  );
  return counts && version !== undefined
    ? !isOlderThan(version, PORT_IN_TOPIC_FROM)
    : undefined;
}

/** Events are published under `kv@<address>[:<port>]@<model>`. */
function topicDisagreement(
  observation: Observation,
  { container, where }: FoundContainer,
): Disagreement[] {
  const events = containerFlags(container).value('kv-events-config') ?? '';
  const [, topic, address] =
    /"topic"\s*:\s*"(kv@([^"@]*)@[^"]*)"/.exec(events) ?? [];
  if (address === undefined || address.includes(':')) return [];
  return wantsPort(observation)
    ? [
        {
          summary:
            'The Endpoint Picker cannot tell whose cache the events speak of.',
          actual: `${where}: topic ${topic} names no port`,
          remedy: `Name the port in the topic of --kv-events-config: kv@${address}:8000@…, as the picker asks from ${PORT_IN_TOPIC_FROM} on.`,
        },
      ]
    : [];
}

/**
 * What keeps a picker that follows the engines' KV-cache events from matching
 * them: then nothing fails, and the prefix score of every engine is 0.
 */
export function disagreements(
  observation: Observation,
  engines: readonly EngineBlock[],
  picker: PickerBlock,
): Disagreement[] {
  if (picker.mode !== 'precise') return [];
  const containers = looksAt(observation);
  return [
    ...blockDisagreement(engines, picker),
    ...seedDisagreement(containers, picker),
    ...containers.flatMap(eventDisagreement).slice(0, 1),
    ...containers
      .flatMap(found => topicDisagreement(observation, found))
      .slice(0, 1),
  ];
}
