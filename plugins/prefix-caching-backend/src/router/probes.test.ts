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
import {
  PROBE_ANNOTATION,
  type ProbeReport,
  type TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import type { Finding } from 'backstage-plugin-prefix-caching-common/core';
import type { ManualClock, Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import {
  entityPath,
  startExamples,
  startPlugin,
} from '../__testUtils__/startPlugin';

function probedEntity(name: string, services: string, optsIn = true) {
  const entity = claimingEntity(name, services);
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        ...(optsIn && { [PROBE_ANNOTATION]: 'enabled' }),
      },
    },
  };
}

const QUIET = 'qwen-8b-batch';

/** `a` names what belongs to the other; `shy` has not opted in. */
const entities = [
  probedEntity(QUIET, 'sandbox/llm-serving/qwen-8b-batch'),
  probedEntity('qwen-3b-chat', 'sandbox/llm-serving/qwen-3b-gpu'),
  probedEntity('a', 'sandbox/llm-serving/qwen-8b-batch'),
  probedEntity('shy', 'sandbox/llm-serving/qwen-8b-batch', false),
];

describe('…/probes', () => {
  let sandbox: Sandbox;
  let clock: ManualClock;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  beforeEach(async () => {
    ({ sandbox, clock } = await startExamples());
    plugin = await startPlugin({
      clusters: { sandbox: sandbox.api.url },
      entities,
      prefixCaching: {
        probe: {
          gateways: [{ cluster: 'sandbox', url: `${sandbox.api.url}/gateway` }],
        },
      },
    });
  });
  afterEach(async () => {
    await plugin.stop();
    await sandbox.close();
  });

  async function targetOf(name: string): Promise<string> {
    const { body } = await plugin.run(name);
    return body.targets[0].targetId;
  }
  const probe = async (name = QUIET) =>
    plugin.post(`${entityPath(name)}/probes`, {
      targetId: await targetOf(name),
    });
  const look = async (name = QUIET) =>
    plugin.get(`${entityPath(name)}/probes?targetId=${await targetOf(name)}`);

  /** Changes the engines' arguments or the picker's, and waits for the new pods. */
  async function change(
    deployment: string,
    edit: (args: string[]) => string[],
  ) {
    const podsBefore = await podsOf();
    const url = `${sandbox.api.url}/apis/apps/v1/namespaces/llm-serving/deployments/${deployment}`;
    const headers = {
      authorization: 'Bearer sandbox-admin',
      'content-type': 'application/merge-patch+json',
    };
    const { spec } = (await (await fetch(url, { headers })).json()) as {
      spec: { template: { spec: { containers: { args: string[] }[] } } };
    };
    const [main] = spec.template.spec.containers;
    main.args = edit(main.args);
    const { status } = await fetch(url, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ spec }),
    });
    expect(status).toBe(200);
    clock.advance(120);
    // Until the watches have told of the new pods, and those were read.
    for (;;) {
      const pods = await podsOf();
      if (pods.length === 3 && pods.some(pod => !podsBefore.includes(pod))) {
        return;
      }
    }
  }

  /** The two engines and the picker, once all of them are read. */
  async function podsOf(): Promise<string[]> {
    const { body } = await plugin.run(QUIET);
    const [{ engines, router }] = body.targets as TargetReport[];
    return [...engines, ...(router ? [router] : [])].flatMap(
      ({ pod, metrics }) => (pod && metrics ? [pod] : []),
    );
  }

  function findingOf(body: {
    targets: { verification: { findings: Finding[] } }[];
  }) {
    return body.targets[0].verification.findings.find(
      ({ check }) => check === 'routing.probe',
    );
  }

  it('says what a probe costs, proves with it that routing works, and keeps what it showed', async () => {
    const before = await plugin.run(QUIET);
    expect(before.body.permissions.probe).toBe(true);
    expect(findingOf(before.body)?.verdict).toBe('skipped');
    const offered = await look();
    expect(offered.body).toEqual({
      offer: {
        targetId: expect.any(String),
        possible: true,
        requests: 17,
        promptTokens: expect.any(Number),
        outputTokens: 17,
        prefixes: 7,
        url: `${sandbox.api.url}/gateway/llm-serving/qwen-8b-batch`,
      },
      results: [],
    });

    const { status, body } = await probe();
    expect(status).toBe(200);
    const { results, offer } = body as ProbeReport;
    expect(results).toEqual([
      {
        at: expect.any(String),
        by: 'user:default/mock',
        outcome: 'hit',
        summary:
          'All 7 repeats were answered from cache: routing by prefix is proved, with no other traffic.',
        evidence: 'cached-tokens',
        replicas: 2,
        prefixes: 7,
        prefixTokens: expect.any(Number),
        affine: 7,
        hits: 7,
        controlMissed: true,
        largeBodyHit: true,
        timeToFirstToken: {
          cold: expect.any(Number),
          warm: expect.any(Number),
        },
        requests: 17,
        promptTokens: expect.any(Number),
        durationMs: expect.any(Number),
      },
    ]);
    expect(plugin.audited).toHaveBeenCalledWith(
      'success',
      'probe-run',
      expect.objectContaining({ entityRef: `component:default/${QUIET}` }),
    );
    expect(offer).toMatchObject({
      possible: false,
      reason: expect.stringContaining('the next probe may run at'),
      nextAt: expect.any(String),
    });

    const tab = await plugin.get(entityPath(QUIET));
    expect(findingOf(tab.body)).toMatchObject({
      verdict: 'pass',
      summary: 'A repeated prefix came back from the cache.',
    });
    const again = await probe();
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain('the next probe may run at');
  });

  it('sees a cache that is off', async () => {
    await change('qwen-8b-batch-kserve', args => [
      ...args,
      '--no-enable-prefix-caching',
    ]);
    const { body } = await probe();
    expect(body.results[0]).toMatchObject({ outcome: 'miss', hits: 0 });
    const tab = await plugin.get(entityPath(QUIET));
    expect(findingOf(tab.body)).toMatchObject({ verdict: 'fail' });
  });

  it('cannot tell where the cache is too small', async () => {
    await change('qwen-8b-batch-kserve', args => [
      ...args,
      '--num-gpu-blocks-override=10',
    ]);
    const { body } = await probe();
    expect(body.results[0]).toMatchObject({
      outcome: 'inconclusive',
      summary: expect.stringContaining('cache holds 160 tokens, fewer'),
    });
  });

  it('finds routing at fault where the picker ignores prefixes', async () => {
    await change('qwen-8b-batch-kserve-router-scheduler', args =>
      args.map(arg =>
        arg.includes('EndpointPickerConfig')
          ? `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins: [{ type: queue-scorer }]
schedulingProfiles:
  - name: default
    plugins: [{ pluginRef: queue-scorer, weight: 2 }]
`
          : arg,
      ),
    );
    const { body } = await probe();
    expect(body.results[0]).toMatchObject({ outcome: 'routing-at-fault' });
  });

  it('takes other traffic for what it is', async () => {
    // Requests of others, while the probe waits for its answers.
    let stop = false;
    const others = (async () => {
      while (!stop) {
        clock.advance(1);
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
    })();
    const { body } = await probe('qwen-3b-chat');
    stop = true;
    await others;
    expect(body.results[0].summary).not.toContain('proved');
    expect(['hit', 'inconclusive', 'routing-at-fault']).toContain(
      body.results[0].outcome,
    );
  });

  it.each([
    [
      'a',
      'llm-serving/qwen-8b-batch is only probed for the entity that it names in its annotation prefix-caching/entity-ref; it does not name component:default/a.',
    ],
    [
      'shy',
      'component:default/shy has not opted in: give it the annotation prefix-caching/probe: enabled.',
    ],
  ])('sends nothing for %s', async (name, reason) => {
    const offered = await look(name);
    expect(offered.body.offer).toMatchObject({ possible: false, reason });
    const { status, body } = await probe(name);
    expect(status).toBe(403);
    expect(body.error.message).toBe(reason);
    expect(plugin.audited).toHaveBeenCalledWith(
      'fail',
      'probe-run',
      expect.anything(),
    );
  });

  it('wants its permission, and offers nothing without', async () => {
    plugin.denied.push('prefix-caching.probe.run');
    const { status, body } = await probe();
    expect(status).toBe(403);
    expect(body.error.message).toContain('prefix-caching.probe.run');
    expect((await look()).body).toEqual({ results: [] });
  });

  it('sends one probe where two are asked for at once', async () => {
    const answers = await Promise.all([probe(), probe()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await look()).body.results).toHaveLength(1);
  });
});

describe('a probe that gets no answer', () => {
  const STATUS = 'http://qwen.example.com/llm/qwen';
  let cluster: FakeCluster;
  let gateway: FakeCluster;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  const pod = (name: string) => ({
    metadata: {
      name,
      namespace: 'llm',
      labels: {
        'app.kubernetes.io/name': 'qwen',
        'app.kubernetes.io/part-of': 'llminferenceservice',
        'app.kubernetes.io/component': 'llminferenceservice-workload',
        'kserve.io/component': 'workload',
      },
    },
    spec: { containers: [{ name: 'main' }] },
    status: {
      phase: 'Running',
      podIP: '10.0.0.9',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  });

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    gateway = await FakeCluster.start();
    cluster.answerList(
      '/apis/serving.kserve.io/v1alpha2/llminferenceservices',
      [
        {
          metadata: {
            name: 'qwen',
            namespace: 'llm',
            annotations: {
              'prefix-caching/entity-ref': 'component:default/own',
            },
          },
          spec: { model: { name: 'Qwen/Qwen3-8B' } },
          status: { url: STATUS },
        },
      ],
    );
    cluster.answerList('/api/v1/pods', [pod('qwen-0'), pod('qwen-1')]);
    plugin = await startPlugin({
      clusters: { fake: cluster.url },
      entities: [probedEntity('own', 'fake/llm/qwen')],
      prefixCaching: {
        probe: {
          gateways: [
            { cluster: 'fake', url: gateway.url, token: 'gateway-token' },
          ],
        },
      },
    });
  });
  afterEach(async () => {
    await plugin.stop();
    await gateway.stop();
    await cluster.stop();
  });

  async function probe() {
    const { body } = await plugin.run('own');
    const { targetId } = body.targets[0];
    return plugin.post(`${entityPath('own')}/probes`, { targetId });
  }

  it.each([
    ['401', { status: 401, body: 'secret prompt' }, 'it wants another token'],
    ['404', { status: 404, body: {} }, 'no route leads to this service'],
    ['503', { status: 503, body: {} }, 'no replica could be reached'],
    ['HTML', { type: 'text/html', body: '<html>' }, 'no stream of completions'],
    [
      'a redirect',
      (_: unknown, response: http.ServerResponse) => {
        response.writeHead(302, { location: cluster.url });
        response.end();
      },
      'answered 302',
    ],
    [
      'too much',
      { body: 'data: {}\n'.repeat(50_000) },
      'far more than the one token',
    ],
    [
      'half an answer',
      (_: unknown, response: http.ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('data: {"choices":[{}]}\n');
        setImmediate(() => response.destroy());
      },
      'broke off its answer',
    ],
  ])(
    'says that the gateway answered %s, and may be run again',
    async (_, answer, words) => {
      gateway.answer('/llm/qwen/v1/completions', answer);
      const { status, body } = await probe();
      expect(status).toBe(503);
      expect(body.error.message).toContain(
        'The probe of llm/qwen ended at request 1 of 17: 127.0.0.1:',
      );
      expect(body.error.message).toContain(words);
      expect(body.error.message).not.toContain('secret prompt');

      // By the name that its route is for, with the gateway's own token.
      const [request] = gateway.requests;
      expect(request.headers).toMatchObject({
        host: 'qwen.example.com',
        authorization: 'Bearer gateway-token',
      });
      expect((await probe()).status).toBe(503);
      expect(gateway.requests).toHaveLength(2);
    },
  );

  it('is not tried where the gateway is gone', async () => {
    await gateway.stop();
    const { status, body } = await probe();
    expect(status).toBe(503);
    expect(body.error.message).toContain('ECONNREFUSED');
    gateway = await FakeCluster.start();
  });

  it('tells what answers without any figure as not told', async () => {
    gateway.answer('/llm/qwen/v1/completions', {
      type: 'text/event-stream',
      body: 'data: {"choices":[{"text":"x"}]}\n\ndata: [DONE]\n\n',
    });
    const { status, body } = await probe();
    expect(status).toBe(200);
    expect(body.results[0]).toMatchObject({
      outcome: 'inconclusive',
      evidence: 'time',
      requests: 17,
      summary: expect.stringContaining('--enable-prompt-tokens-details'),
    });
  });
});
