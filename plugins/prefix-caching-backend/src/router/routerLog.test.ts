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

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  PrefixCachingClient,
  type RouterLogEvent,
  type RouterLogReport,
} from 'backstage-plugin-prefix-caching-common';
import type { ManualClock, Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import {
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

const QWEN = 'qwen-3b-chat';

/** `a` names what belongs to the other; `odd` is on a cluster that refuses. */
const entities = [
  claimingEntity(QWEN, 'sandbox/llm-serving/qwen-3b-gpu'),
  claimingEntity('a', 'sandbox/llm-serving/qwen-3b-gpu'),
];

describe('GET …/router-log', () => {
  let sandbox: Sandbox;
  let clock: ManualClock;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;
  let targetId: string;

  beforeAll(async () => {
    ({ sandbox, clock } = await startExamples());
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
    });
    const { body } = await plugin.run(QWEN);
    targetId = body.targets[0].targetId;
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    plugin.audited.mockClear();
    plugin.denied.length = 0;
  });

  const read = (query = '', name = QWEN) =>
    plugin.get(`${entityPath(name)}/router-log?targetId=${targetId}${query}`);

  it('gives the last lines, what they tell, and what would show more', async () => {
    const tab = await plugin.get(entityPath(QWEN));
    expect(tab.body.permissions.routerLog).toBe(true);
    const { status, body } = await read('&lines=20');
    expect(status).toBe(200);
    const { pod, lines, truncated, advice } = body as RouterLogReport;
    expect(pod).toMatch(/^qwen-3b-gpu-kserve-router-scheduler-/);
    expect(lines).toHaveLength(20);
    expect(truncated).toBe(true);
    expect(lines.at(-1)).toEqual({
      at: expect.stringMatching(/^2026-11-22T10:00:\d\d\.000Z$/),
      level: 'info',
      text: expect.stringMatching(
        /^EPP sent request body response\(s\) to proxy modelName=\S+ targetModelName=\S+$/,
      ),
      decision: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(advice).toMatch(/^At verbosity 2, .* from --v=3, .* from --v=4/);
    expect(plugin.audited).toHaveBeenCalledWith(
      'success',
      'router-log-read',
      expect.objectContaining({ targetId, lines: 20 }),
    );
  });

  it('shows endpoint and scores of a picker that writes them', async () => {
    const deployments = '/apis/apps/v1/namespaces/llm-serving/deployments';
    const name = 'qwen-3b-gpu-kserve-router-scheduler';
    const headers = {
      Authorization: 'Bearer sandbox-admin',
      'Content-Type': 'application/merge-patch+json',
    };
    const url = `${sandbox.api.url}${deployments}/${name}`;
    const { spec } = (await (await fetch(url, { headers })).json()) as {
      spec: { template: { spec: { containers: { args?: string[] }[] } } };
    };
    const [main] = spec.template.spec.containers;
    main.args = [...(main.args ?? []), '--v=4'];
    const patched = await fetch(url, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ spec }),
    });
    expect(patched.status).toBe(200);
    clock.advance(60);

    let report: RouterLogReport;
    do {
      await plugin.run(QWEN);
      report = (await read('&lines=200')).body;
      // Until the watches have told of the new pod.
    } while (report.advice || !report.lines?.length);
    const decisions = report.lines.flatMap(({ decision }) => decision ?? []);
    const scored = decisions.filter(({ scores }) => scores);
    const engines = /^qwen-3b-gpu-kserve-[a-z0-9-]+$/;
    expect(scored.length).toBeGreaterThan(0);
    for (const { scores = {} } of scored) {
      for (const [pod, score] of Object.entries(scores)) {
        expect(pod).toMatch(engines);
        expect(score).toBeGreaterThanOrEqual(0);
      }
    }
    const chosen = decisions.flatMap(({ endpoint }) => endpoint ?? []);
    expect(chosen.length).toBeGreaterThan(0);
    // An address, told as the pod that has it.
    for (const endpoint of chosen) expect(endpoint).toMatch(engines);
  });

  it('follows what is written, until nobody listens', async () => {
    const { port } = plugin.server.address() as AddressInfo;
    const client = new PrefixCachingClient({
      discoveryApi: {
        getBaseUrl: async () => `http://127.0.0.1:${port}/api/prefix-caching`,
      },
      fetchApi: { fetch },
    });
    const stop = new AbortController();
    const events: RouterLogEvent[] = [];
    let told = () => {};
    const following = client.followRouterLog(
      { kind: 'component', namespace: 'default', name: QWEN },
      { targetId, lines: 1 },
      event => {
        events.push(event);
        told();
      },
      { signal: stop.signal },
    );
    const until = (length: number) =>
      new Promise<void>(resolve => {
        told = () => events.length >= length && resolve();
        told();
      });
    await until(2);
    expect(events[0]).toMatchObject({ pod: expect.any(String) });
    expect(events[1]).toMatchObject({ line: { text: expect.any(String) } });
    const before = events.length;
    clock.advance(5);
    await until(before + 3);
    stop.abort();
    await expect(following).rejects.toThrow(/abort/i);
    // The back end has let go of it too.
    while (plugin.audited.mock.calls.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(plugin.audited).toHaveBeenCalledWith(
      'success',
      'router-log-read',
      expect.objectContaining({ follow: true }),
    );
  });

  it.each(['', '&follow=true'])(
    'gives nothing to an entity that the service does not name%s',
    async follow => {
      const { status, body } = await read(follow, 'a');
      expect(status).toBe(403);
      expect(body.error.message).toBe(
        'The router log of llm-serving/qwen-3b-gpu is only given to the entity that the service names in its annotation prefix-caching/entity-ref; it does not name component:default/a.',
      );
      expect(plugin.audited).toHaveBeenCalledWith(
        'fail',
        'router-log-read',
        expect.objectContaining({ entityRef: 'component:default/a' }),
      );
    },
  );

  it('wants its permission', async () => {
    plugin.denied.push('prefix-caching.router-log.read');
    const { status, body } = await read();
    expect(status).toBe(403);
    expect(body.error.message).toBe(
      'You may not read the router log of component:default/qwen-3b-chat: ask for the permission prefix-caching.router-log.read',
    );
    const report = await plugin.get(entityPath(QWEN));
    expect(report.body.permissions.routerLog).toBe(false);
  });

  it.each(['&lines=0', '&lines=501', '&lines=x', '&follow=maybe'])(
    'refuses %s',
    async query => {
      expect((await read(query)).status).toBe(400);
    },
  );

  it('knows the targets of the entity alone', async () => {
    const { status } = await plugin.get(
      `${entityPath(QWEN)}/router-log?targetId=none`,
    );
    expect(status).toBe(404);
  });
});

describe('a router log that cannot be had', () => {
  const SERVICE = {
    metadata: {
      name: 'qwen',
      namespace: 'llm',
      annotations: { 'prefix-caching/entity-ref': 'component:default/own' },
    },
    spec: {},
  };
  let cluster: FakeCluster;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    cluster.answerList(
      '/apis/serving.kserve.io/v1alpha2/llminferenceservices',
      [SERVICE],
    );
    plugin = await startPlugin({
      clusters: { fake: cluster.url },
      entities: [claimingEntity('own', 'fake/llm/qwen')],
    });
  });
  afterEach(async () => {
    await plugin.stop();
    await cluster.stop();
  });

  const POD = 'qwen-kserve-router-scheduler-0';

  function withPicker() {
    cluster.answerList('/api/v1/pods', [
      {
        metadata: {
          name: POD,
          namespace: 'llm',
          labels: {
            'app.kubernetes.io/name': 'qwen',
            'app.kubernetes.io/part-of': 'llminferenceservice',
            'app.kubernetes.io/component':
              'llminferenceservice-router-scheduler',
          },
        },
        spec: { containers: [{ name: 'main' }] },
        status: {
          phase: 'Running',
          podIP: '10.0.0.9',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
    ]);
  }

  async function read(follow = '') {
    const { body } = await plugin.run('own');
    return plugin.get(
      `${entityPath('own')}/router-log?targetId=${
        body.targets[0].targetId
      }${follow}`,
    );
  }

  it('says that there is no picker', async () => {
    const { status, body } = await read();
    expect(status).toBe(404);
    expect(body.error.message).toContain('saw no pod of an Endpoint Picker');
  });

  const LOG = `/api/v1/namespaces/llm/pods/${POD}/log`;
  it.each([
    [
      403,
      503,
      "Grant the portal's account get of pods/log in namespace llm of cluster fake.",
    ],
    [404, 404, `Pod llm/${POD} is gone: verify again`],
    [500, 503, `The log of pod llm/${POD} could not be read: HTTP 500`],
  ])('says what a cluster answered with %s', async (answered, given, text) => {
    withPicker();
    cluster.answer(LOG, { status: answered, body: { message: 'no' } });
    for (const follow of ['', '&follow=true']) {
      const { status, body } = await read(follow);
      expect(body.error.message).toContain(text);
      expect(status).toBe(given);
    }
  });

  it('asks for fewer lines where they are long', async () => {
    withPicker();
    const tails: (string | null)[] = [];
    cluster.answer(
      LOG,
      (request: http.IncomingMessage, response: http.ServerResponse) => {
        const tail = new URL(request.url ?? '', cluster.url).searchParams.get(
          'tailLines',
        );
        tails.push(tail);
        response.end(`${'x'.repeat(100_000)}\n`.repeat(Number(tail)));
      },
    );
    const { body } = await read();
    expect(tails).toEqual(['100', '13']);
    expect(body.lines).toHaveLength(13);
    expect(body.truncated).toBe(true);
  });
});
