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

import { containerFlags } from 'backstage-plugin-prefix-caching-common/core';

/**
 * From here on the picker writes which endpoint a request was sent to, and the
 * endpoints' scores. Source: gateway-api-inference-extension v1.5.0,
 * `pkg/common/observability/logging`: default 2, verbose 3, debug 4.
 */
const DEFAULT_VERBOSITY = 2;
const SHOWS_ENDPOINTS = 3;
const SHOWS_SCORES = 4;

const SCORES_ELSEWHERE =
  'Releases that know --emit-endpoint-scores give scores to the gateway instead, for its access log.';

/** How much a picker writes; `undefined` where its flag is no number. */
export function verbosityOf(container: unknown): number | undefined {
  const flags = containerFlags(container);
  const value = flags.value('v') ?? flags.value('zap-log-level');
  if (value === undefined) return DEFAULT_VERBOSITY;
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Which verbosity or flag shows more; `undefined` where all there is is shown. */
export function verbosityAdvice(verbosity: number | undefined) {
  if (verbosity === undefined) {
    return `The picker's verbosity can't be told from its arguments. The endpoint of each request shows from --v=${SHOWS_ENDPOINTS}, scores from --v=${SHOWS_SCORES}.`;
  }
  if (verbosity >= SHOWS_SCORES) {
    return undefined;
  }
  const endpoints =
    verbosity >= SHOWS_ENDPOINTS
      ? ''
      : ` the endpoint of each request shows from --v=${SHOWS_ENDPOINTS},`;
  return `At verbosity ${verbosity}${
    endpoints ? ',' : ''
  }${endpoints} scores show from --v=${SHOWS_SCORES}, where the picker also writes bodies of failed requests into the cluster's own log. ${SCORES_ELSEWHERE}`;
}
