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

import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Delivered hit ratios below which reuse is poor, and from which it is good. */
export interface HitRatioThresholds {
  poor: number;
  good: number;
}

/** The ratios that the back end judges by: `prefixCaching.thresholds`, with its own defaults. */
export function useThresholds(): HitRatioThresholds {
  const config = useApi(configApiRef);
  const ratio = (name: string) =>
    config.getOptionalNumber(`prefixCaching.thresholds.${name}`);
  return {
    poor: ratio('hitRatioPoor') ?? 0.3,
    good: ratio('hitRatioGood') ?? 0.6,
  };
}
