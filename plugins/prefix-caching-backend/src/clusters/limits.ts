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

/** Deadlines and sizes of everything that is read from a cluster. */
export interface RequestLimits {
  connectTimeoutMs: number;
  /** For one page of a list, or one scrape. */
  totalTimeoutMs: number;
  /** Of one page of a list. */
  maxListBytes: number;
}

export const DEFAULT_LIMITS: RequestLimits = {
  connectTimeoutMs: 3_000,
  totalTimeoutMs: 15_000,
  maxListBytes: 64 * 1024 * 1024,
};

/** Deadlines and sizes of a watch. */
export interface WatchLimits {
  /** The server closes a watch after a random time between these. */
  minSeconds: number;
  maxSeconds: number;
  /** How much longer than agreed a watch may stay open. */
  graceMs: number;
  /**
   * Silence after which a watch counts as dead, where the server is known to
   * send bookmarks: about one a minute.
   */
  silenceMs: number;
  /** Of one event; etcd stores no object above 1.5 MiB. */
  maxEventBytes: number;
}

export const DEFAULT_WATCH_LIMITS: WatchLimits = {
  minSeconds: 240,
  maxSeconds: 480,
  graceMs: 15_000,
  silenceMs: 180_000,
  maxEventBytes: 8 * 1024 * 1024,
};

/** How long what was read of a cluster counts while it cannot be read again, at most. */
export const MAX_STALE_MS = 120_000;

/** Of one line of a log; what is longer is no line anybody reads. */
export const MAX_LOG_LINE_BYTES = 1024 * 1024;

/** Watches of one cluster; what is beyond is listed again for each run. */
export const MAX_WATCHES = 100;

/**
 * Connections to one host. Each watch holds one; other requests are limited
 * where they are made.
 */
export const MAX_SOCKETS = MAX_WATCHES + 28;
