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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, ResponseError } from '@backstage/errors';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import type { LiveVerdict } from './liveVerdict';

export interface WaitForVerdictOptions {
  entityRef: string;
  /** Has the entity verified, or reads its last verification. */
  look: () => Promise<EntityReport>;
  read: (report: EntityReport) => LiveVerdict;
  logger: Pick<LoggerService, 'info' | 'warn'>;
  signal?: AbortSignal;
  deadlineMs: number;
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  now: () => number;
}

/** Looks in a row that must agree: one bad scrape decides nothing. */
const AGREEING_LOOKS = 2;

/** Between two looks; the portal's own interval where it lies between. */
const MIN_PAUSE_MS = 5_000;
const MAX_PAUSE_MS = 30_000;

/** A word now and then, so that a log that stands still is none that hangs. */
const HEARTBEAT_MS = 60_000;

/**
 * Looks again and again until a verdict is settled and said twice, or the time
 * is up, which ends as `inconclusive` with what was seen last.
 *
 * @throws AbortError as soon as the task is cancelled.
 * @throws Error for a refusal, which waiting does not mend.
 */
export async function waitForVerdict(
  options: WaitForVerdictOptions,
): Promise<LiveVerdict> {
  const { entityRef, look, read, logger, signal, wait, now } = options;
  const startedAt = now();
  const deadline = startedAt + options.deadlineMs;
  let agreeing = 0;
  let last: LiveVerdict | undefined;
  let said = '';
  let saidAt = startedAt;
  const say = (line: string) => {
    if (line !== said || now() - saidAt >= HEARTBEAT_MS) {
      const minutes = Math.floor((now() - startedAt) / 60_000);
      logger.info(minutes > 0 ? `[${minutes} min] ${line}` : line);
      said = line;
      saidAt = now();
    }
  };

  for (;;) {
    signal?.throwIfAborted();
    let pause = MIN_PAUSE_MS;
    try {
      const report = await look();
      const seen = read(report);
      agreeing =
        seen.settled && seen.verdict === last?.verdict
          ? agreeing + 1
          : Number(seen.settled);
      last = seen;
      say(seen.lines.join('; '));
      if (agreeing >= AGREEING_LOOKS) {
        return seen;
      }
      pause = Math.min(
        Math.max(report.intervalSeconds * 1_000, MIN_PAUSE_MS),
        MAX_PAUSE_MS,
      );
    } catch (error) {
      agreeing = 0;
      say(reasonToWait(error, entityRef, signal));
    }
    if (now() + pause > deadline) {
      const minutes = Math.round(options.deadlineMs / 60_000);
      logger.warn(
        `No settled verdict for ${entityRef} within ${minutes} minutes.`,
      );
      return {
        settled: false,
        verdict: 'inconclusive',
        lines: last?.lines ?? [`${entityRef} was not verified.`],
        faults: last?.faults ?? [],
      };
    }
    await wait(pause, signal);
  }
}

/** What time may mend, in a sentence; the rest ends the waiting. */
function reasonToWait(
  error: unknown,
  entityRef: string,
  signal: AbortSignal | undefined,
): string {
  if (signal?.aborted) {
    throw error;
  }
  if (error instanceof ResponseError) {
    const { message } = error.body.error;
    switch (error.statusCode) {
      case 404:
        return `${entityRef} is not in the catalog yet, or the portal has no prefix-caching back end: ${message}`;
      case 400:
      case 401:
      case 403:
        throw new Error(
          `The prefix-caching back end refused to verify ${entityRef} (${error.statusCode}): ${message}`,
          { cause: error },
        );
      default:
        return `The prefix-caching back end answered ${error.statusCode}: ${message}`;
    }
  }
  const reason =
    isError(error) && isError(error.cause) ? error.cause.message : `${error}`;
  return `The prefix-caching back end could not be reached: ${reason}`;
}
