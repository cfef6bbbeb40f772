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

export * from './types';
export { findScorer, isPrefixScorer, PREFIX_FILTERS, SCORERS } from './scorers';
export type { PluginDescription, ScorerDescription } from './scorers';
export { finalScoreFormula, scoreEndpoints } from './scoreEndpoints';
export { assumePrefixMatch, endpointFigures } from './endpointFigures';
export type { EngineFigures, RouterFigures } from './endpointFigures';
export { rankEndpoints } from './rankEndpoints';
export type { RankedEndpoint, Ranking } from './rankEndpoints';
export { unknownScorers, whatIf, withWeights } from './whatIf';
export type { WeighedOutcome, WhatIfOutcome } from './whatIf';
export { affinityMargin } from './affinityMargin';
export type { AffinityAssumptions, AffinityMargin } from './affinityMargin';
export type {
  EndpointPickerConfig,
  PickerPlugin,
  SchedulingProfile,
  ScorerReference,
} from '../picker-config/types';
