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

import { at, isRecord, textAt } from '../kubernetes';
import { imageOf, pickerContainers } from '../observation';
import type { Observation } from '../observation';
import type { EndpointPickerConfig } from '../picker-config';
import { isOlderThan } from '../platforms/versions';
import { imageVersion } from './engineBlocks';
import { declaredPickerConfig, livePickerConfig } from './livePickerConfig';

/** In which pieces an Endpoint Picker compares prompts. @public */
export interface PickerBlock {
  /** `precise`: it follows the engines' own events; `approximate`: it remembers its own picks. */
  mode: 'precise' | 'approximate';
  /** Tokens of one piece, where they can be told. */
  tokens?: number;
  /** As the configuration says it, before any floor. */
  configured?: number;
  /** Seed of the block hashes, where the configuration gives one. */
  hashSeed?: string;
  /** Block hashes it remembers for each engine. */
  indexCapacity?: number;
  source: string;
}

/** Characters that stand for a token in the estimate of every release (epp.md §3.2). */
const CHARACTERS_PER_TOKEN = 4;
/** Smallest piece from llm-d-router 0.9 on: its minBlockSizeTokens. */
const FLOOR = { from: '0.9', tokens: 64 };
const DEFAULT_TOKENS = 16;

const PRECISE = /^precise-prefix-cache-(producer|scorer)$/;
const APPROXIMATE = /^(approx-prefix-cache-producer|prefix-cache-scorer)$/;

/** Whether the picker is of llm-d's newer line; its former home counted to 1.5 without a floor. */
function hasFloor(observation: Observation): boolean {
  const [picker] = pickerContainers(observation);
  const version = imageVersion(picker?.container);
  return (
    version !== undefined &&
    /llm-d-(router|inference-scheduler)/.test(
      imageOf(picker.container) ?? '',
    ) &&
    !isOlderThan(version, FLOOR.from)
  );
}

function firstNumber(
  parameters: unknown,
  ...names: string[]
): number | undefined {
  return names
    .map(name => at(parameters, name))
    .find((value): value is number => typeof value === 'number' && value > 0);
}

function precise(
  config: EndpointPickerConfig,
  source: string,
): PickerBlock | undefined {
  const plugin = config.plugins.find(({ type }) => PRECISE.test(type));
  if (!plugin) return undefined;
  const processor =
    at(plugin.parameters, 'tokenProcessorConfig') ??
    at(plugin.parameters, 'indexerConfig', 'tokenProcessorConfig');
  const tokens =
    firstNumber(processor, 'blockSizeTokens', 'blockSize') ?? DEFAULT_TOKENS;
  const seed = isRecord(processor) ? processor.hashSeed : undefined;
  return {
    mode: 'precise',
    tokens,
    configured: tokens,
    hashSeed: seed === undefined ? undefined : String(seed),
    source: `${source}, ${plugin.name}`,
  };
}

/** The picker's blocks, from the configuration it runs with, else the declared one. @public */
export function pickerBlock(observation: Observation): PickerBlock | undefined {
  const found =
    livePickerConfig(observation) ?? declaredPickerConfig(observation);
  if (!found?.config) return undefined;
  const { config, source } = found;
  const followsEngines = precise(config, source);
  if (followsEngines) return followsEngines;
  const plugins = config.plugins.filter(({ type }) => APPROXIMATE.test(type));
  if (plugins.length === 0) return undefined;
  const parameters = plugins
    .map(plugin => plugin.parameters)
    .find(each => each !== undefined);
  const characters = firstNumber(parameters, 'hashBlockSize', 'blockSize');
  const configured =
    firstNumber(parameters, 'blockSizeTokens') ??
    (characters === undefined ? undefined : characters / CHARACTERS_PER_TOKEN);
  const floored = hasFloor(observation);
  const tokens = configured ?? DEFAULT_TOKENS;
  return {
    mode: 'approximate',
    configured,
    tokens: floored ? Math.max(FLOOR.tokens, tokens) : configured,
    indexCapacity: firstNumber(parameters, 'lruCapacityPerServer'),
    source: floored
      ? `${textAt(plugins[0], 'type')} compares ${Math.max(
          FLOOR.tokens,
          tokens,
        )} tokens at a time, its least from llm-d-router ${FLOOR.from} on`
      : source,
  };
}
