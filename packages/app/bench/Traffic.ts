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

import type { Page } from '@playwright/test';
import { setTimeout } from 'node:timers/promises';

/** What a page wants of itself, it wants within this time. */
const QUIET_MS = 2_000;

/** One answer that came over the network. */
export interface Transfer {
  url: string;
  /** As it was sent: with headers, and compressed where it was. */
  bytes: number;
  /** When all of it was there, in milliseconds since 1970. */
  at: number;
}

/** What a page transfers, counted by the browser itself, over a network of some latency. */
export class Traffic {
  readonly #transfers: Transfer[];

  static async of(page: Page, latencyMs: number): Promise<Traffic> {
    const session = await page.context().newCDPSession(page);
    const urls = new Map<string, string>();
    const transfers: Transfer[] = [];
    let clockOffset = 0;
    session.on('Network.requestWillBeSent', ({ timestamp, wallTime }) => {
      clockOffset = wallTime - timestamp;
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (!response.fromDiskCache) urls.set(requestId, response.url);
    });
    session.on(
      'Network.loadingFinished',
      ({ requestId, encodedDataLength, timestamp }) => {
        const url = urls.get(requestId);
        if (url !== undefined)
          transfers.push({
            url,
            bytes: encodedDataLength,
            at: (timestamp + clockOffset) * 1000,
          });
      },
    );
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    return new Traffic(transfers);
  }

  private constructor(transfers: Transfer[]) {
    this.#transfers = transfers;
  }

  /** All of it, as soon as nothing has come for a while. */
  async quiet(): Promise<Transfer[]> {
    let before = -1;
    while (before !== this.#transfers.length) {
      before = this.#transfers.length;
      await setTimeout(QUIET_MS);
    }
    return this.taken();
  }

  /** All that is through by now. */
  taken(): Transfer[] {
    return [...this.#transfers];
  }
}
