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

import { md5Hex } from './md5';

const LONGEST = 63;
const HEAD = LONGEST - 32;

/**
 * The name KServe's controllers give an object generated for `parent`.
 *
 * Plain concatenation while it fits Kubernetes' 63 characters; otherwise the
 * beginning of the parent, the MD5 of the whole parent, and the suffix.
 * Source: `ChildName` in knative.dev/pkg/kmeta, which KServe calls.
 *
 * @public
 */
export function childName(parent: string, suffix: string): string {
  if (parent.length + suffix.length <= LONGEST) {
    return parent + suffix;
  }
  if (suffix.length >= HEAD) {
    const cut = parent.slice(0, HEAD) + md5Hex(parent + suffix);
    return cut + suffix.slice(0, Math.max(0, LONGEST - cut.length));
  }
  return parent.slice(0, HEAD - suffix.length) + md5Hex(parent) + suffix;
}

/**
 * The names of what KServe creates for the LLMInferenceService `name`.
 *
 * Source: KServe's llmisvc controller, v0.16 to v0.20 (the same in all).
 *
 * @public
 */
export function generatedNames(name: string): GeneratedNames {
  return {
    workload: childName(name, '-kserve'),
    workloadService: childName(name, '-kserve-workload-svc'),
    picker: childName(name, '-kserve-router-scheduler'),
    pickerService: childName(name, '-epp-service'),
    pool: childName(name, '-inference-pool'),
    route: childName(name, '-kserve-route'),
  };
}

/** The names KServe gives to what it creates for a service. @public */
export interface GeneratedNames {
  /** Deployment of the engine. */
  workload: string;
  workloadService: string;
  /** Deployment of the Endpoint Picker. */
  picker: string;
  pickerService: string;
  pool: string;
  route: string;
}
