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

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { Thresholds } from 'backstage-plugin-prefix-caching-common/core';
import { readMetrics } from './readMetrics';
import { readProbe } from './readProbe';
import { readRetention } from './readRetention';
import { checkKeys, isObject, readChoice } from './rules';
import { readTables } from './readTables';
import type { PrefixCachingConfig } from './types';

const ROOT = 'prefixCaching';

/** Below this, runs would overlap and a cluster would be polled without gain. */
const MIN_INTERVAL_MS = 5_000;

/**
 * Reads and checks the whole `prefixCaching` section, so that a mistake stops
 * the start rather than a run in the night.
 *
 * @throws InputError with the path of the mistake and the allowed values.
 */
export function readConfig(root: Config): PrefixCachingConfig {
  const value: unknown = root.getOptional(ROOT) ?? {};
  checkKeys(ROOT, value, [
    'clusters',
    'transport',
    'clusterWatch',
    'schedule',
    'metrics',
    'probe',
    'accelerators',
    'models',
    'thresholds',
    'responsible',
    'ownerAnnotations',
    'retention',
    'requireBackReference',
  ]);
  const config = root.getOptionalConfig(ROOT);
  return {
    clusters: config?.getOptionalStringArray('clusters'),
    transport: readChoice(config, `${ROOT}.transport`, 'transport', [
      'auto',
      'direct',
      'kubernetes-plugin',
    ]),
    clusterWatch: config?.getOptionalBoolean('clusterWatch') ?? true,
    schedule: readSchedule(config),
    metrics: readMetrics(config),
    probe: readProbe(config),
    tables: readTables(isObject(value) ? value : {}),
    thresholds: readThresholds(config),
    responsible: readResponsible(config),
    retention: readRetention(config),
    requireBackReference: readChoice(
      config,
      `${ROOT}.requireBackReference`,
      'requireBackReference',
      ['sensitive', 'none', 'all'],
    ),
  };
}

function readSchedule(
  config: Config | undefined,
): PrefixCachingConfig['schedule'] {
  checkKeys(`${ROOT}.schedule`, config?.getOptional('schedule'), [
    'frequency',
    'timeout',
    'initialDelay',
    'confirmAfter',
  ]);
  const frequency = readDuration(config, 'schedule.frequency', { seconds: 60 });
  const interval = durationToMilliseconds(frequency);
  if (interval < MIN_INTERVAL_MS) {
    throw new InputError(
      `${ROOT}.schedule.frequency is ${interval / 1000} s; expected at least ${
        MIN_INTERVAL_MS / 1000
      } s`,
    );
  }
  return {
    frequency,
    timeout: readDuration(config, 'schedule.timeout', { minutes: 3 }),
    initialDelay: readDuration(config, 'schedule.initialDelay', { seconds: 3 }),
    intervalSeconds: interval / 1000,
    confirmAfter: readConfirmAfter(config),
  };
}

function readConfirmAfter(config: Config | undefined): number {
  const runs = config?.getOptionalNumber('schedule.confirmAfter') ?? 2;
  if (!Number.isInteger(runs) || runs < 1 || runs > 100) {
    throw new InputError(
      `${ROOT}.schedule.confirmAfter is ${runs}; expected a number of runs from 1 to 100`,
    );
  }
  return runs;
}

function readDuration(
  config: Config | undefined,
  key: string,
  fallback: HumanDuration,
): HumanDuration {
  if (!config?.has(key)) {
    return fallback;
  }
  try {
    return readDurationFromConfig(config, { key });
  } catch (error) {
    throw new InputError(
      `${ROOT}.${key} is no duration; expected an object such as { seconds: 30 }, or a text such as '30s' or 'PT30S'`,
      error,
    );
  }
}

const RATIOS = ['hitRatioPoor', 'hitRatioGood', 'predictionGap'] as const;
const AMOUNTS = ['minimumQueryTokens', 'staleAfterSeconds'] as const;

function readThresholds(config: Config | undefined): Partial<Thresholds> {
  const path = `${ROOT}.thresholds`;
  checkKeys(path, config?.getOptional('thresholds'), [...RATIOS, ...AMOUNTS]);
  const thresholds: Partial<Thresholds> = {};
  for (const key of [...RATIOS, ...AMOUNTS]) {
    const value = config?.getOptionalNumber(`thresholds.${key}`);
    if (value === undefined) {
      continue;
    }
    const isRatio = RATIOS.some(ratio => ratio === key);
    if (value < 0 || (isRatio && value > 1)) {
      throw new InputError(
        `${path}.${key} is ${value}; expected ${
          isRatio ? 'a ratio from 0 to 1' : '0 or more'
        }`,
      );
    }
    thresholds[key] = value;
  }
  const { hitRatioPoor = 0.3, hitRatioGood = 0.6 } = thresholds;
  if (hitRatioPoor > hitRatioGood) {
    throw new InputError(
      `${path}.hitRatioPoor is ${hitRatioPoor}; expected at most hitRatioGood, which is ${hitRatioGood}`,
    );
  }
  return thresholds;
}

function readResponsible(
  config: Config | undefined,
): PrefixCachingConfig['responsible'] {
  const path = `${ROOT}.responsible`;
  const value = config?.getOptional('responsible');
  checkKeys(path, value, ['platform']);
  const platform = config?.getOptionalString('responsible.platform');
  if (!isObject(value) || platform === undefined) {
    return {};
  }
  try {
    return {
      platform: stringifyEntityRef(
        parseEntityRef(platform, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        }),
      ),
    };
  } catch (error) {
    throw new InputError(
      `${path}.platform is '${platform}'; expected an entity ref such as 'group:default/platform'`,
      error,
    );
  }
}
