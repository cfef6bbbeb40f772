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

import type { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { SignalApi } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import { brokenReport, healthyReport } from '../__fixtures__';
import { useEntityReport } from './useEntityReport';

/** The fixtures' interval is ten seconds; none of these tests waits for it. */
const INTERVAL = healthyReport.intervalSeconds * 1000;

function renderFeed(respond: () => Response, signals?: SignalApi) {
  let requests = 0;
  const client = new PrefixCachingClient({
    discoveryApi: { getBaseUrl: async () => 'http://backend' },
    fetchApi: {
      fetch: async () => {
        requests += 1;
        return respond();
      },
    },
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider
      apis={[
        [prefixCachingApiRef, client],
        ...(signals ? [[signalApiRef, signals] as const] : []),
      ]}
    >
      {children}
    </TestApiProvider>
  );
  const { result } = renderHook(
    () => useEntityReport('component:default/qwen-3b-chat'),
    { wrapper },
  );
  return { feed: () => result.current, requests: () => requests };
}

/** Lets time pass, and what it brings about happen. */
const pass = (milliseconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds));

function hidePage(hidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    value: hidden,
  });
  return act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
    await jest.advanceTimersByTimeAsync(0);
  });
}

describe('useEntityReport', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(document, 'hidden');
  });

  it('asks once per interval, not while the page is hidden, and at once when it is back', async () => {
    const { feed, requests } = renderFeed(() => Response.json(healthyReport));
    await pass(0);
    expect(feed().report).toEqual(healthyReport);
    expect(requests()).toBe(1);
    await pass(INTERVAL);
    expect(requests()).toBe(2);

    await hidePage(true);
    await pass(10 * INTERVAL);
    expect(requests()).toBe(2);

    await hidePage(false);
    expect(requests()).toBe(3);
    await pass(INTERVAL);
    expect(requests()).toBe(4);
  });

  it('keeps the last report when a timed refresh fails, until one succeeds or is refused', async () => {
    let respond = () => Response.json(brokenReport);
    const refuse = (status: number, name: string) => () =>
      Response.json(
        {
          error: { name, message: 'No' },
          response: { statusCode: status },
        },
        { status },
      );
    const { feed } = renderFeed(() => respond());
    await pass(0);
    const { receivedAt } = feed();

    respond = refuse(503, 'ServiceUnavailableError');
    await pass(INTERVAL);
    expect(feed()).toMatchObject({ report: brokenReport, receivedAt });
    expect(feed().error?.message).toContain('503');

    respond = () => Response.json(healthyReport);
    await pass(INTERVAL);
    expect(feed().report).toEqual(healthyReport);
    expect(feed().error).toBeUndefined();

    // Whoever may no longer read it no longer sees the old one.
    respond = refuse(403, 'NotAllowedError');
    await pass(INTERVAL);
    expect(feed().report).toBeUndefined();
    expect(feed().error).toBeDefined();
  });

  it('asks when a verification is signalled, and then seldom by itself', async () => {
    const listeners = new Map<string, () => void>();
    const signals: SignalApi = {
      subscribe: (channel, onMessage) => {
        // What a signal says is not used: the back end decides who sees what.
        const message: Parameters<typeof onMessage>[0] = JSON.parse('{}');
        listeners.set(channel, () => onMessage({ ...message }));
        return { unsubscribe: () => listeners.delete(channel) };
      },
    };
    const { requests } = renderFeed(
      () => Response.json(healthyReport),
      signals,
    );
    await pass(0);
    expect([...listeners.keys()]).toEqual([
      'prefix-caching:component:default/qwen-3b-chat',
    ]);
    // No signal has come through yet, so that none can be relied on.
    await pass(INTERVAL);
    expect(requests()).toBe(2);

    const signal = listeners.values().next().value;
    act(() => signal?.());
    await pass(0);
    expect(requests()).toBe(3);
    await pass(3 * INTERVAL);
    expect(requests()).toBe(3);
    act(() => signal?.());
    await pass(0);
    expect(requests()).toBe(4);

    await hidePage(true);
    act(() => signal?.());
    await pass(0);
    expect(requests()).toBe(4);
  });
});
