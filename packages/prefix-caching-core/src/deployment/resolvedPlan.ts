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

import type { Accelerator, DeviceChoice, NodePlatform } from '../accelerators';
import type { FitAssessment, ModelFacts } from '../models';
import type { PlatformProfile } from '../platforms';
import type { DeploymentPlan } from './types';

/** One LLMInferenceService with every default filled in. */
export interface ResolvedService {
  name: string;
  accelerator: Accelerator;
  choice: DeviceChoice;
  tensorParallel: number;
  dtype: string;
  /** Absent where neither plan nor model table says one. */
  maxModelLen?: number;
  gpuMemoryUtilization: number;
  maxNumSeqs?: number;
  /** Further engine arguments, as the engine is to get them. */
  args: readonly string[];
  /** Where routes of several services would be merged otherwise. */
  hostname?: string;
  /** The Gateway its requests come in by: its own, or the one of all services. */
  gateway: { namespace: string; name: string };
  /** Absent where the model's facts are not known. */
  fit?: FitAssessment;
}

/** A plan with the tables' rows it names and every default filled in. */
export interface ResolvedPlan {
  plan: DeploymentPlan;
  profile: PlatformProfile;
  nodePlatform: NodePlatform;
  facts?: ModelFacts;
  model: { uri: string; name: string };
  /** The account that downloads the model, where one is needed. */
  serviceAccount?: string;
  /** Of all services, where they have none of their own. */
  gateway: { namespace: string; name: string };
  /** Whether each service has a Gateway of its own, which is rendered with it. */
  ownGateways: boolean;
  /** `component:<namespace>/<name>`. */
  entityRef: string;
  services: ResolvedService[];
}
