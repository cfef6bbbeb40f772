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

import type { KubeObject, LogLine } from '../api';
import type { Clock } from '../clock';

const KEPT_LINES = 500;

interface Log {
  lines: LogLine[];
  followers: Set<(line: LogLine) => void>;
}

/** What the pods have written, by pod. */
export class PodLogs {
  readonly #clock: Clock;
  readonly #logs = new Map<string, Log>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  lines(pod: KubeObject): LogLine[] {
    return this.#of(pod).lines;
  }

  write(pod: KubeObject, text: string, at = this.#clock.now()): void {
    const log = this.#of(pod);
    const line = { at: new Date(at).toISOString(), text };
    log.lines.push(line);
    if (log.lines.length > KEPT_LINES) log.lines.shift();
    for (const follower of [...log.followers]) follower(line);
  }

  follow(pod: KubeObject, onLine: (line: LogLine) => void): () => void {
    const { followers } = this.#of(pod);
    followers.add(onLine);
    return () => followers.delete(onLine);
  }

  #of(pod: KubeObject): Log {
    const key = pod.metadata.uid ?? '';
    const log = this.#logs.get(key) ?? { lines: [], followers: new Set() };
    this.#logs.set(key, log);
    return log;
  }
}
