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

import type { ClusterReport } from 'backstage-plugin-prefix-caching-common';
import type { Sandbox } from 'sandbox';
import { claimingEntity } from '../__testUtils__/createVerifier';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { API, startExamples, startPlugin } from '../__testUtils__/startPlugin';

describe('GET /clusters', () => {
  let sandbox: Sandbox;
  let away: FakeCluster;
  let narrow: FakeCluster;
  let plugin: Awaited<ReturnType<typeof startPlugin>>;

  beforeAll(async () => {
    ({ sandbox } = await startExamples());
    away = await FakeCluster.start();
    narrow = await FakeCluster.start();
    narrow.answer('/version', { body: { gitVersion: 'v1.33.0' } });
    narrow.answer(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      (request, response) => {
        let text = '';
        request.on('data', chunk => {
          text += chunk;
        });
        request.on('end', () => {
          const { spec } = JSON.parse(text);
          const { namespace, resource } = spec.resourceAttributes;
          // One namespace only, and no EnvoyFilters there.
          const allowed = namespace === 'llm' && resource !== 'envoyfilters';
          response.writeHead(201, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ status: { allowed } }));
        });
      },
    );
    plugin = await startPlugin({
      clusters: {
        sandbox: sandbox.api.url,
        away: away.url,
        narrow: narrow.url,
      },
      entities: [
        claimingEntity('qwen-3b-chat', 'sandbox/llm-serving/qwen-3b-gpu'),
        claimingEntity('elsewhere', 'narrow/llm/qwen'),
      ],
    });
    await away.stop();
  });
  afterAll(async () => {
    await plugin.stop();
    await sandbox.close();
    await narrow.stop();
  });

  async function clusters(): Promise<Record<string, ClusterReport>> {
    const { status, body } = await plugin.get(`${API}/clusters`);
    expect(status).toBe(200);
    return Object.fromEntries(
      body.items.map((report: ClusterReport) => [report.name, report]),
    );
  }

  it('says what may be read, which checks need it, and how to grant the rest', async () => {
    const { sandbox: report } = await clusters();
    expect(report).toMatchObject({
      transport: 'direct',
      reachable: true,
      versions: { kubernetes: 'v1.34.1+sandbox' },
      checkedAt: expect.any(String),
    });
    const right = (verb: string, resource: string) =>
      report.rights.find(
        each => each.verb === verb && each.resource === resource,
      );
    expect(right('list', 'llminferenceservices')).toMatchObject({
      allowed: true,
      required: true,
      group: 'serving.kserve.io',
    });
    expect(right('watch', 'pods')).toMatchObject({ allowed: true, checks: [] });
    // The sandbox's account may only create it, and get is wanted as well.
    expect(right('get', 'pods/portforward')).toMatchObject({
      allowed: true,
      required: false,
    });
    expect(right('list', 'envoyfilters')).toMatchObject({
      checks: ['gateway.request-body'],
    });
  });

  it('says namespace by namespace where the whole cluster may not be read', async () => {
    const { narrow: report } = await clusters();
    const of = (resource: string) =>
      report.rights.filter(
        each => each.resource === resource && each.verb === 'list',
      );
    expect(of('pods')).toEqual([
      expect.objectContaining({ namespace: 'llm', allowed: true }),
    ]);
    expect(of('envoyfilters')).toEqual([
      expect.objectContaining({
        namespace: 'llm',
        allowed: false,
        remedy:
          'Grant the portal\'s account on narrow in a Role in namespace llm: { apiGroups: ["networking.istio.io"], resources: ["envoyfilters"], verbs: ["list"] }',
      }),
    ]);
    // Nodes are in no namespace: only a ClusterRole grants them.
    expect(of('nodes')).toEqual([
      expect.objectContaining({
        allowed: false,
        remedy: expect.stringContaining('in a ClusterRole'),
      }),
    ]);
  });

  it('says that a cluster is away, and blanks no other', async () => {
    const { away: report, sandbox: other } = await clusters();
    expect(report).toMatchObject({ reachable: false, rights: [], kinds: [] });
    expect(report.message).toContain('ECONNREFUSED');
    expect(other.reachable).toBe(true);
  });

  it('asks each cluster once a minute, however many look', async () => {
    await clusters();
    const before = narrow.requests.length;
    await Promise.all([clusters(), clusters()]);
    expect(narrow.requests).toHaveLength(before);
  });

  it('shows how current each kind is, and the releases that run', async () => {
    expect((await plugin.run('qwen-3b-chat')).status).toBe(200);
    const { sandbox: report } = await clusters();
    expect(report.versions).toMatchObject({ istio: expect.any(String) });
    expect(report.kinds).toContainEqual({
      resource: 'llminferenceservices.serving.kserve.io',
      via: 'watch',
      objects: expect.any(Number),
      asOf: expect.stringMatching(/Z$/),
    });
    expect(
      report.kinds.find(
        ({ resource }) =>
          resource === 'inferencepools.inference.networking.x-k8s.io',
      )?.problem,
    ).toContain('HTTP 404');
  });

  it('is for those who may', async () => {
    plugin.denied.push('prefix-caching.cluster.read');
    const { status, body } = await plugin.get(`${API}/clusters`);
    expect(status).toBe(403);
    expect(body.error.message).toContain('prefix-caching.cluster.read');
    plugin.denied.pop();
  });
});
