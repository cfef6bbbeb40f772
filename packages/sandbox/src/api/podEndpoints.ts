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

import type { KubeObject } from './objects';

/** A request to a port of a pod, as pods/proxy and port-forward bring it. */
export interface PodRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface PodResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a container wrote, and when: ISO 8601. */
export interface LogLine {
  at: string;
  text: string;
}

/** What listens inside the pods. */
export interface PodEndpoints {
  /** Undefined when nothing listens on that port of that pod. */
  handle(
    pod: KubeObject,
    port: number,
    request: PodRequest,
  ): PodResponse | undefined;
  /** Lines written so far, oldest first; calls back for each later one until stopped. */
  log(pod: KubeObject, container?: string): LogLine[];
  followLog(pod: KubeObject, onLine: (line: LogLine) => void): () => void;
}
