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

import {
  OBSERVED_KINDS,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { FakeCluster } from '../../__testUtils__/FakeCluster';
import { answering, FakeCollection } from '../../__testUtils__/FakeCollection';
import { ManualTiming } from '../../__testUtils__/ManualTiming';
import { DirectClusterClient } from '../DirectClusterClient';
import { DEFAULT_WATCH_LIMITS } from '../limits';
import { ProxyClusterClient } from '../ProxyClusterClient';
import { ClusterMirror, type MirrorListOptions } from './ClusterMirror';

const limits = {
  connectTimeoutMs: 3_000,
  totalTimeoutMs: 3_000,
  maxListBytes: 1_000_000,
};
const watchLimits = {
  ...DEFAULT_WATCH_LIMITS,
  silenceMs: 50,
  maxEventBytes: 300_000,
};

function kindOf(kind: string): ObservedKind {
  const found = OBSERVED_KINDS.find(row => row.kind === kind);
  if (!found) throw new Error(`${kind} is not observed`);
  return found;
}

function pod(name: string, more: object = {}) {
  return { metadata: { name, namespace: 'llm' }, spec: {}, ...more };
}

/** Until something holds; what takes longer than 20 seconds does not hold. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds() && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  expect(holds()).toBe(true);
}

describe('ClusterMirror', () => {
  let cluster: FakeCluster;
  let pods: FakeCollection;
  let timing: ManualTiming;
  let mirror: ClusterMirror;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    pods = FakeCollection.on(cluster, '/api/v1/pods');
    pods.items = [pod('a'), pod('b')];
    timing = new ManualTiming();
    mirror = mirrorOf();
  });
  afterEach(async () => {
    mirror.stop();
    await cluster.stop();
  });

  function mirrorOf(options: { watch?: boolean; staleMs?: number } = {}) {
    const client = DirectClusterClient.create(
      {
        name: 'lab',
        url: new URL(cluster.url),
        skipTLSVerify: true,
        inCluster: false,
      },
      { limits, watchLimits },
    );
    return ClusterMirror.create({ client, timing, watchLimits, ...options });
  }

  const list = (options: Partial<MirrorListOptions> = {}) =>
    mirror.list(kindOf('Pod'), {
      fallbackNamespaces: [],
      maxAgeMs: 10_000,
      ...options,
    });
  const names = async (options: Partial<MirrorListOptions> = {}) =>
    (await list(options)).objects.map(({ metadata }) => metadata.name).sort();
  const described = () =>
    mirror.describe().find(({ resource }) => resource === 'pods');

  it('lists once, then follows, for everybody who asks', async () => {
    await Promise.all([names(), names(), names()]);
    await until(() => pods.watching === 1);
    pods.tell('ADDED', pod('c'));
    pods.tell('MODIFIED', pod('a', { spec: { nodeName: 'n1' } }));
    pods.tell('DELETED', pod('b'));
    pods.tell('BOOKMARK', {});
    const bookmark = String(pods.resourceVersion);
    await until(() => described()?.objects === 2);

    expect(await names()).toEqual(['a', 'c']);
    const { objects, gaps, staleSince } = await list();
    expect(gaps).toEqual([]);
    expect(staleSince).toBeUndefined();
    expect(objects.find(({ metadata }) => metadata.name === 'a')?.spec).toEqual(
      { nodeName: 'n1' },
    );
    expect(pods.lists).toBe(1);
    expect(pods.watchedFrom).toEqual(['100']);
    expect(cluster.requests[1].path).toMatch(
      /watch=true&allowWatchBookmarks=true&resourceVersion=100&timeoutSeconds=480$/,
    );
    expect(cluster.requests[1].headers['accept-encoding']).toBe('identity');

    // A bookmark alone tells how far to go back after the end.
    pods.closeWatches();
    await until(() => timing.pauses.length === 1);
    timing.release(1);
    await until(() => pods.watchedFrom.length === 2);
    expect(pods.watchedFrom[1]).toBe(bookmark);
    expect(pods.lists).toBe(1);
  });

  describe('when a list fails', () => {
    it.each([
      ['401', answering(401), 'unauthorized', 1_000],
      ['403', answering(403), 'forbidden', 300_000],
      ['404', answering(404), 'not-installed', 300_000],
      ['409', answering(409), 'invalid', 1_000],
      ['410', answering(410), 'invalid', 1_000],
      [
        '429 with Retry-After',
        answering(429, {}, { 'retry-after': '7' }),
        'timeout',
        7_000,
      ],
      ['500', answering(500, 'etcd'), 'unreachable', 1_000],
      ['garbage', answering(200, '\u0000<html>'), 'invalid', 1_000],
      [
        'half an answer',
        (_: unknown, response: import('node:http').ServerResponse) => {
          response.writeHead(200, { 'content-length': '1000' });
          response.write('{"items":[');
          setTimeout(() => response.destroy(), 10);
        },
        'unreachable',
        1_000,
      ],
      ['nothing', () => {}, 'timeout', 1_000],
    ] as const)(
      '%s leaves a gap, and is tried again later',
      async (_name, respond, reason, pause) => {
        pods.onList = respond;
        const { objects, gaps } = await list();
        expect(objects).toEqual([]);
        expect(gaps).toEqual([
          expect.objectContaining({ what: 'Pod', reason }),
        ]);
        expect(described()).toMatchObject({
          resource: 'pods',
          via: 'list',
          problem: expect.any(String),
        });
        // Others who ask cause no request.
        const before = cluster.requests.length;
        await Promise.all([list(), list(), list()]);
        expect(cluster.requests).toHaveLength(before);

        await until(() => timing.pauses.length === 1);
        expect(timing.pauses).toEqual([pause]);
        pods.onList = undefined;
        timing.release(1);
        await until(() => pods.watching === 1);
        expect(await names()).toEqual(['a', 'b']);
        expect(described()?.problem).toBeUndefined();
      },
    );

    it('makes ever longer pauses, up to a minute', async () => {
      pods.onList = answering(500);
      timing.budget = 8;
      await list();
      await until(() => timing.pauses.length === 9);
      expect(timing.pauses).toEqual(
        [1, 2, 4, 8, 16, 32, 60, 60, 60].map(seconds => seconds * 1000),
      );
      expect(pods.lists).toBe(9);
    });

    it('tries again at once for somebody who waits, but not every second', async () => {
      pods.onList = answering(500);
      await list();
      pods.onList = undefined;
      expect((await list({ hurry: true })).gaps).toHaveLength(1);
      timing.advance(5_000);
      expect((await list({ hurry: true })).gaps).toEqual([]);
    });

    it('makes nobody wait longer than they want', async () => {
      pods.onList = () => {};
      const { gaps } = await list({ signal: AbortSignal.timeout(50) });
      expect(gaps).toEqual([
        expect.objectContaining({
          reason: 'timeout',
          message:
            'pods could not be listed in cluster lab: the first list has not ended yet',
        }),
      ]);
    });
  });

  describe('when a watch fails', () => {
    beforeEach(async () => {
      await list();
      await until(() => pods.watching === 1);
    });

    it('goes on where it was after a broken connection, and tells the age meanwhile', async () => {
      pods.tell('ADDED', pod('c'));
      await until(() => described()?.objects === 3);
      const asOf = timing.now();
      pods.say('{"type":"ADDED","obj');
      pods.breakWatches();
      await until(() => timing.pauses.length === 1);
      timing.advance(60_000);
      expect(await list()).toMatchObject({ gaps: [], staleSince: asOf });
      expect(await names()).toEqual(['a', 'b', 'c']);
      expect(described()).toMatchObject({
        asOf: new Date(asOf).toISOString(),
        problem: expect.any(String),
      });

      // What is older than two minutes decides nothing any more.
      timing.advance(61_000);
      expect(await list()).toMatchObject({
        objects: [],
        gaps: [{ what: 'Pod', reason: 'unreachable' }],
      });

      timing.release(1);
      await until(() => pods.watchedFrom.length === 2);
      expect(pods.watchedFrom[1]).toBe('101');
      await until(() => described()?.problem === undefined);
      expect(await names()).toEqual(['a', 'b', 'c']);
      expect(pods.lists).toBe(1);
    });

    it('lets what was read count for less where it is told so', async () => {
      mirror.stop();
      mirror = mirrorOf({ staleMs: 30_000 });
      await list();
      await until(() => pods.watching === 1);
      pods.breakWatches();
      await until(() => timing.pauses.length === 1);
      timing.advance(29_000);
      expect(await names()).toEqual(['a', 'b']);
      timing.advance(2_000);
      expect(await list()).toMatchObject({
        objects: [],
        gaps: [{ what: 'Pod', reason: 'unreachable' }],
      });
    });

    it.each([
      [
        '410 in the stream',
        () =>
          pods.say({
            type: 'ERROR',
            object: { code: 410, message: 'too old' },
          }),
      ],
      [
        '410 as the answer',
        () => {
          pods.onWatch = answering(410);
          pods.closeWatches();
        },
      ],
      ['garbage in the stream', () => pods.say('<html>\n')],
      [
        'an error in the stream',
        () => pods.say({ type: 'ERROR', object: { code: 500 } }),
      ],
      [
        '500 as the answer',
        () => {
          pods.onWatch = answering(500);
          pods.closeWatches();
        },
      ],
    ])('lists anew after %s', async (_name, fail) => {
      pods.items = [pod('b'), pod('d')];
      timing.budget = 2;
      fail();
      await until(() => pods.lists >= 2);
      await until(() => described()?.objects === 2);
      expect(await names()).toEqual(['b', 'd']);
      expect(Math.min(...timing.pauses)).toBeGreaterThanOrEqual(1_000);
    });

    it('does not run in circles when every watch is closed at once', async () => {
      pods.onWatch = answering(200, '');
      timing.budget = 6;
      pods.closeWatches();
      await until(() => timing.pauses.length === 7);
      expect(timing.pauses).toEqual(
        [1, 2, 4, 8, 16, 32, 60].map(seconds => seconds * 1000),
      );
      expect(pods.lists).toBe(1);
      const { gaps, staleSince } = await list();
      expect(gaps).toEqual([]);
      expect(staleSince).toBeDefined();
    });

    it('makes a short pause after a watch that ended as agreed', async () => {
      timing.advance(300_000);
      pods.closeWatches();
      await until(() => timing.pauses.length === 1);
      expect(timing.pauses[0]).toBeLessThanOrEqual(1_000);
      expect((await list()).staleSince).toBeUndefined();
    });

    it('notices silence where bookmarks were heard before', async () => {
      pods.tell('BOOKMARK', {});
      await until(() => described()?.problem !== undefined);
      expect(described()?.problem).toContain('was silent for 0.05 s');
    });

    it('lists instead where watching is refused', async () => {
      pods.onWatch = answering(403);
      pods.closeWatches();
      await until(() => timing.pauses.length === 1);
      timing.release(1);
      await until(
        () => described()?.problem?.includes('it may not be watched') === true,
      );
      expect(described()?.via).toBe('list');
      expect(pods.lists).toBe(2);
      expect(await names()).toEqual(['a', 'b']);
      pods.items = [pod('z')];
      expect(await names()).toEqual(['a', 'b']);
      timing.advance(10_000);
      expect(await names()).toEqual(['z']);
      expect(pods.watchedFrom).toHaveLength(2);
    });

    it('takes an event that is far too large for a broken watch', async () => {
      pods.say({ type: 'ADDED', object: pod('x'.repeat(400_000)) });
      await until(() => described()?.problem !== undefined);
      expect(described()?.problem).toContain('more than 300000 bytes at once');
    });
  });

  it('survives objects that violate their schema', async () => {
    pods.items = [
      pod('a', { spec: 'x', status: [] }),
      null as unknown as object,
      { metadata: 'none' },
      { metadata: { name: 7 } },
      {
        metadata: {
          name: 'odd',
          labels: { ok: 'yes', bad: { a: 1 } },
          annotations: 'none',
          ownerReferences: ['x', { name: 'owner' }],
        },
      },
    ];
    const { objects } = await list();
    expect(objects).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', namespace: 'llm' },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'odd',
          labels: { ok: 'yes' },
          ownerReferences: [
            { apiVersion: '', kind: '', name: 'owner', uid: '' },
          ],
        },
      },
    ]);
    await until(() => pods.watching === 1);
    pods.tell('ADDED', { metadata: { name: ['no'] } });
    pods.tell('ADDED', pod('later'));
    await until(() => described()?.objects === 3);
  });

  it('reads 5,000 pods in ten pages, and leaves an annotation of 100 kB out', async () => {
    const big = { note: 'x'.repeat(100_000), kept: 'yes' };
    pods.items = Array.from({ length: 5_000 }, (_, index) => ({
      metadata: {
        name: `p${index}`,
        namespace: 'llm',
        ...(index === 0 && { annotations: big }),
      },
      spec: {},
    }));
    const { objects, gaps } = await list();
    expect(gaps).toEqual([]);
    expect(objects).toHaveLength(5_000);
    expect(objects[0].metadata.annotations).toEqual({ kept: 'yes' });
    expect(pods.lists).toBe(10);
  });

  it('asks for smaller pages where one is too large', async () => {
    pods.items = Array.from({ length: 60 }, (_, index) =>
      pod(`p${index}`, { spec: { text: 'x'.repeat(20_000) } }),
    );
    expect((await list()).objects).toHaveLength(60);
    expect(pods.lists).toBe(4);
  });

  it('reads by namespace what may not be read everywhere', async () => {
    pods.onList = answering(403);
    const open = FakeCollection.on(cluster, '/api/v1/namespaces/open/pods');
    open.items = [pod('a')];
    const closed = FakeCollection.on(cluster, '/api/v1/namespaces/closed/pods');
    closed.onList = answering(403);
    const fallbackNamespaces = ['open', 'closed'];
    const { objects, gaps } = await list({ fallbackNamespaces });
    expect(objects).toHaveLength(1);
    expect(gaps).toEqual([
      expect.objectContaining({ namespace: 'closed', reason: 'forbidden' }),
    ]);
    await until(() => open.watching === 1);
    await list({ fallbackNamespaces });
    expect(open.lists + closed.lists + pods.lists).toBe(3);
    expect(mirror.namespaces).toEqual(['closed', 'open']);
  });

  it('opens no watch where the configuration forbids it', async () => {
    mirror = mirrorOf({ watch: false });
    expect(await names()).toEqual(['a', 'b']);
    expect(await names()).toEqual(['a', 'b']);
    expect(pods.lists).toBe(1);
    timing.advance(10_000);
    await names();
    expect(pods.lists).toBe(2);
    expect(pods.watchedFrom).toEqual([]);
  });

  it('leaves no connection behind', async () => {
    await list();
    await until(() => pods.watching === 1);
    mirror.stop();
    await until(() => pods.watching === 0);
    expect((await list()).gaps).toEqual([
      expect.objectContaining({
        message: 'pods could not be listed in cluster lab: the back end stops',
      }),
    ]);
    expect(cluster.requests).toHaveLength(2);
  });

  describe("through the Kubernetes plugin's proxy", () => {
    const services =
      '/proxy/apis/serving.kserve.io/v1alpha2/llminferenceservices';

    async function followed(hold: boolean) {
      const proxied = FakeCollection.on(cluster, services);
      proxied.items = [pod('qwen')];
      proxied.onWatch = (_request, response) => {
        const line = `${JSON.stringify({
          type: 'ADDED',
          object: pod('qwen'),
        })}\n`;
        if (hold) {
          // Nothing comes through before the answer is complete.
          timing.advance(6_000);
          response.end(line);
        } else {
          response.write(line);
        }
      };
      mirror = ClusterMirror.create({
        client: ProxyClusterClient.create({
          name: 'lab',
          kubernetesUrl: cluster.url,
          getToken: async () => 'plugin-token',
          limits,
          watchLimits,
        }),
        timing,
        watchLimits,
      });
      const kind = kindOf('LLMInferenceService');
      await mirror.list(kind, { fallbackNamespaces: [], maxAgeMs: 10_000 });
      await until(() => proxied.watchedFrom.length >= (hold ? 1 : 2));
      return proxied;
    }

    it('watches where a trial comes through', async () => {
      const proxied = await followed(false);
      expect(proxied.watchedFrom).toEqual(['0', '100']);
      await until(() => mirror.describe()[0].via === 'watch');
    });

    it('lists where the trial is held back', async () => {
      const proxied = await followed(true);
      timing.advance(10_000);
      await mirror.list(kindOf('LLMInferenceService'), {
        fallbackNamespaces: [],
        maxAgeMs: 10_000,
      });
      expect(proxied.watchedFrom).toEqual(['0']);
      expect(proxied.lists).toBe(2);
      expect(mirror.describe()[0].via).toBe('list');
    });
  });
});
