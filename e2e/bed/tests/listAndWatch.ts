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
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { mockServices } from '@backstage/backend-test-utils';
import {
  OBSERVED_KINDS,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import type {
  ClusterClient,
  ClusterMirror,
  ClusterRegistry,
} from '../../../plugins/prefix-caching-backend/src/clusters';
import {
  ObjectLister,
  PAGE_SIZE,
} from '../../../plugins/prefix-caching-backend/src/clusters/ObjectLister';
import type { Bed } from '../src/Bed';
import type { ApiObject } from '../src/ClusterApi';
import { clusterRegistry } from '../src/clusterRegistry';
import { compact } from '../src/etcd';
import { CLUSTER } from '../src/clusterConfig';
import { until } from '../src/until';

const NAMESPACE = 'many';
const POLICIES = 2 * PAGE_SIZE + 101;
const ALWAYS: Parameters<ClusterMirror['list']>[1] = {
  fallbackNamespaces: [],
  maxAgeMs: Infinity,
  hurry: true,
};
const kind = OBSERVED_KINDS.find(
  each => each.kind === 'NetworkPolicy',
) as ObservedKind;
const COLLECTION = '/apis/networking.k8s.io/v1/networkpolicies';

function policy(name: string): ApiObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: NAMESPACE, name },
    spec: { podSelector: { matchLabels: { app: 'nobody' } } },
  };
}

/** How the plugin lists and follows, against a server with a history of its own. */
export function listAndWatch(bed: () => Bed) {
  let registry: ClusterRegistry;
  let client: ClusterClient;
  let mirror: ClusterMirror;

  /** Names as the mirror knows them; empty while it says that it cannot read. */
  async function known(): Promise<Set<string>> {
    const { objects, gaps, staleSince } = await mirror.list(kind, ALWAYS);
    return gaps.length > 0 || staleSince !== undefined
      ? new Set()
      : new Set(
          objects
            .filter(({ metadata }) => metadata.namespace === NAMESPACE)
            .map(({ metadata }) => metadata.name),
        );
  }

  /** Requests for the collection since then, as the audit log has them. */
  function requests(verb: 'list' | 'watch', from: number) {
    return bed()
      .apiServer.audit()
      .slice(from)
      .filter(
        event => event.verb === verb && event.requestURI.startsWith(COLLECTION),
      );
  }

  before(async () => {
    const { api } = bed();
    await api.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    const names = Array.from({ length: POLICIES }, (_, i) => `policy-${i}`);
    while (names.length > 0) {
      await Promise.all(
        names.splice(0, 20).map(name => api.apply(policy(name))),
      );
    }
    registry = clusterRegistry(bed(), bed().adminToken);
    const credentials = await mockServices.auth().getOwnServiceCredentials();
    const own = await registry.clientFor(CLUSTER, credentials);
    const shared = await registry.mirrorFor(CLUSTER);
    assert.ok(!('what' in own) && !('what' in shared));
    client = own;
    mirror = shared;
  });

  after(async () => {
    registry?.stop();
    // Nobody in the bed empties a namespace that is deleted.
    await bed().api.request(
      `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies`,
      { method: 'DELETE' },
    );
  });

  it(`reads ${POLICIES} objects in pages of ${PAGE_SIZE}`, async () => {
    const from = bed().apiServer.audit().length;
    assert.equal((await known()).size, POLICIES);
    const pages = requests('list', from);
    assert.equal(pages.length, 3);
    assert.deepEqual(
      pages.map(({ requestURI }) => /continue=/.test(requestURI)),
      [false, true, true],
    );
  });

  it('follows changes without listing again', async () => {
    const { api } = bed();
    const from = bed().apiServer.audit().length;
    await api.apply(policy('created'));
    await until('a created object is known', async () =>
      (await known()).has('created'),
    );
    await api.remove(policy('created'));
    await until('a deleted object is gone', async () => {
      const names = await known();
      return names.size === POLICIES && !names.has('created');
    });
    assert.deepEqual(requests('list', from), []);
  });

  it('starts a list over whose pages the server has forgotten', async () => {
    const from = bed().apiServer.audit().length;
    let pages = 0;
    const lister = ObjectLister.create(CLUSTER, async path => {
      if (++pages === 2) {
        // Something has to happen for there to be a past, and the server
        // keeps some of it in memory, too.
        await bed().api.apply(policy('later'));
        await bed().api.remove(policy('later'));
        await compact();
        await bed().apiServer.restart();
      }
      const answer = await until('the API server answers', async () => {
        const { status, text } = await bed().api.request(path);
        return [200, 410].includes(status) && { status, text };
      });
      return {
        ok: true,
        status: answer.status,
        contentType: 'application/json',
        body: answer.text,
      };
    });
    const reading = await lister.read(kind, {});
    assert.ok(reading.ok, JSON.stringify(reading));
    assert.equal(
      reading.objects.filter(({ metadata }) => metadata.namespace === NAMESPACE)
        .length,
      POLICIES,
    );
    const expired = requests('list', from).filter(
      ({ responseStatus }) => responseStatus?.code === 410,
    );
    assert.equal(expired.length, 1, 'the server has to have answered 410');
  });

  it('says where a watch begins before what the server remembers', async () => {
    const end = await client.watchCollection(kind, {
      version: 'v1',
      resourceVersion: '1',
      timeoutSeconds: 60,
      signal: AbortSignal.timeout(120_000),
      onOpen: () => {},
      onChange: () => {},
    });
    assert.deepEqual(end, { end: 'gone' });
  });

  it('goes on by itself after the API server was away and its history with it', async () => {
    const { api, apiServer } = bed();
    const from = apiServer.audit().length;
    await apiServer.stop();
    await until('it says that it cannot read', async () => {
      const { gaps, staleSince } = await mirror.list(kind, ALWAYS);
      return gaps.length > 0 || staleSince !== undefined;
    });
    await apiServer.start();
    await api.apply(policy('meanwhile'));
    await compact();
    await until('it knows what happened meanwhile', async () => {
      const names = await known();
      return names.has('meanwhile') && names.size === POLICIES + 1;
    });
    await until('it watches again', async () =>
      requests('watch', from).some(
        ({ responseStatus }) => responseStatus?.code === 200,
      ),
    );
  });

  it('reads a server that is only starting, and believes no refusal of its first seconds', async () => {
    const { apiServer } = bed();
    await apiServer.stop();
    const early = clusterRegistry(bed(), bed().adminToken);
    try {
      const its = await early.mirrorFor(CLUSTER);
      assert.ok(!('what' in its));
      const starting = apiServer.start();
      const names = await until('everything is read', async () => {
        const { objects, gaps } = await its.list(kind, ALWAYS);
        return (
          gaps.length === 0 &&
          objects.filter(({ metadata }) => metadata.namespace === NAMESPACE)
        );
      });
      await starting;
      assert.equal(names.length, POLICIES + 1);
    } finally {
      early.stop();
    }
  });
}
