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

import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { checkKeys, isObject } from './rules';
import type { Retention } from './types';

const PATH = 'prefixCaching.retention';
const KEYS = ['changes', 'samples', 'hourlyMeans'] as const;

const DEFAULTS: Retention = {
  changes: { days: 365 },
  samples: { hours: 48 },
  hourlyMeans: { days: 30 },
};

const HOUR_MS = 3_600_000;

/**
 * How long things are kept: a duration is that of changes of verdicts, an
 * object says it for each.
 */
export function readRetention(config: Config | undefined): Retention {
  const value = config?.getOptional('retention');
  if (!config || value === undefined) {
    return DEFAULTS;
  }
  if (!isObject(value) || !KEYS.some(key => key in value)) {
    return { ...DEFAULTS, changes: readDuration(config, 'retention', PATH) };
  }
  checkKeys(PATH, value, KEYS);
  const retention = { ...DEFAULTS };
  for (const key of KEYS) {
    if (key in value) {
      const path = `${PATH}.${key}`;
      retention[key] = readDuration(config, `retention.${key}`, path);
    }
  }
  const samples = durationToMilliseconds(retention.samples);
  if (samples < 2 * HOUR_MS) {
    throw new InputError(
      `${PATH}.samples is ${
        samples / HOUR_MS
      } h; expected at least 2 h, since hourly means are made of them`,
    );
  }
  if (durationToMilliseconds(retention.hourlyMeans) < samples) {
    throw new InputError(
      `${PATH}.hourlyMeans is shorter than ${PATH}.samples; expected at least as long`,
    );
  }
  return retention;
}

function readDuration(
  config: Config,
  key: string,
  path: string,
): HumanDuration {
  try {
    return readDurationFromConfig(config, { key });
  } catch (error) {
    throw new InputError(
      `${path} is no duration; expected an object such as { hours: 48 }, or a text such as '48h' or 'PT48H'`,
      error,
    );
  }
}
