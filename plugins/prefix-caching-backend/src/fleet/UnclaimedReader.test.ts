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

import { FakeCluster } from '../__testUtils__/FakeCluster';
import { answering, FakeCollection } from '../__testUtils__/FakeCollection';
import { ManualTiming } from '../__testUtils__/ManualTiming';
import { ClusterMirror } from '../clusters';
import { DirectClusterClient } from '../clusters/DirectClusterClient';
import { UnclaimedReader } from './UnclaimedReader';

const SERVICES = '/apis/serving.kserve.io/v1alpha2/llminferenceservices';

describe('UnclaimedReader', () => {
  let cluster: FakeCluster;
  let services: FakeCollection;
  let mirror: ClusterMirror;
  let reader: UnclaimedReader;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    services = FakeCollection.on(cluster, SERVICES);
    services.items = ['chat', 'sum'].map(name => ({
      metadata: { name, namespace: 'llm' },
      spec: {},
    }));
    mirror = ClusterMirror.create({
      client: DirectClusterClient.create({
        name: 'lab',
        url: new URL(cluster.url),
        skipTLSVerify: true,
        inCluster: false,
      }),
      timing: new ManualTiming(),
    });
    reader = UnclaimedReader.create({
      claims: {
        recent: async () => [
          {
            target: { cluster: 'lab', namespace: 'llm', name: 'chat' },
            entities: [
              { entityRef: 'component:default/chat', owner: 'group:default/a' },
            ],
          },
        ],
      },
      clusters: {
        known: async () => ({ names: ['lab', 'far'] }),
        mirrorFor: async name =>
          name === 'lab'
            ? mirror
            : {
                what: 'cluster',
                reason: 'unreachable',
                message: 'Cluster far is not reached.',
              },
      },
    });
  });
  afterEach(async () => {
    mirror.stop();
    await cluster.stop();
  });

  it('asks a cluster once, however many look, and says what it could not read', async () => {
    const reports = await Promise.all([reader.report(), reader.report()]);
    reports.push(await reader.report());
    for (const { items, gaps } of reports) {
      expect(items).toEqual([
        expect.objectContaining({
          cluster: 'lab',
          namespace: 'llm',
          name: 'sum',
          // The only team with services in this namespace.
          catalogInfo: expect.stringContaining('owner: group:default/a'),
        }),
      ]);
      expect(gaps).toEqual([
        { cluster: 'far', message: 'Cluster far is not reached.' },
      ]);
    }
    expect(services.lists).toBe(1);
  });

  it('reads the namespaces it knows of where it may not list the whole cluster', async () => {
    services.onList = answering(403);
    const own = FakeCollection.on(
      cluster,
      SERVICES.replace('llminf', 'namespaces/llm/llminf'),
    );
    own.items = services.items;
    const { items } = await reader.report();
    expect(items.map(({ name }) => name)).toEqual(['sum']);
    expect([services.lists, own.lists]).toEqual([1, 1]);
  });
});
