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
export * from './accelerator';
export * from './asked';
export * from './backends';
export * from './configMapNames';
export * from './containers';
export * from './ObjectIndex';
export * from './observedKinds';
export * from './observeManifests';
export * from './observeTarget';
export * from './parts';
export * from './phaseOf';
export * from './podStates';
export * from './probe';
export * from './scrapePlan';
