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

/** A flag that vLLM no longer knows: giving it ends the start with "unrecognized arguments". */
export interface RemovedFlag {
  /** Without dashes. */
  name: string;
  /** First release without it. */
  removedIn: string;
  /** What makes it needless, after a colon. */
  instead: string;
  source: string;
}

export const REMOVED_FLAGS: readonly RemovedFlag[] = [
  {
    name: 'disable-log-requests',
    removedIn: '0.12.0',
    instead: 'requests are not logged by default',
    source: 'vllm-project/vllm#29402, opendatahub-io/kserve#1005',
  },
];
