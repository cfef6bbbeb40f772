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
import { DirectClusterClient } from '../clusters/DirectClusterClient';
import type { MetricsToken } from '../config';
import { MetricsReader } from './MetricsReader';
import { TokenProvider } from './TokenProvider';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SECRET = '/api/v1/namespaces/monitoring/secrets/reader';
const TOKEN_REQUEST =
  '/api/v1/namespaces/monitoring/serviceaccounts/reader/token';
const secret: MetricsToken = {
  cluster: 'lab',
  secret: { namespace: 'monitoring', name: 'reader', key: 'token' },
};
const account: MetricsToken = {
  cluster: 'lab',
  serviceAccount: { namespace: 'monitoring', name: 'reader' },
};

function secretOf(value: string) {
  return { body: { data: { token: Buffer.from(value).toString('base64') } } };
}

describe('TokenProvider', () => {
  let cluster: FakeCluster;
  let now = NOW;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    now = NOW;
  });
  afterEach(() => cluster.stop());

  const client = () =>
    DirectClusterClient.create({
      name: 'lab',
      url: new URL(cluster.url),
      token: 'cluster-token',
      skipTLSVerify: true,
      inCluster: false,
    });
  const providerOf = (...tokens: MetricsToken[]) =>
    TokenProvider.create({ tokens, now: () => now });
  const asked = () => cluster.requests.map(({ path }) => path);

  it('prefers the token of the namespace, and has none for other clusters', async () => {
    const provider = providerOf(
      { cluster: 'other', token: 'other' },
      { cluster: 'lab', token: 'all' },
      { cluster: 'lab', namespace: 'llm', token: 'own' },
    );
    expect((await provider.tokenFor(client(), 'llm')).token).toBe('own');
    expect((await provider.tokenFor(client(), 'else')).token).toBe('all');
    expect(await providerOf().tokenFor(client(), 'llm')).toEqual({});
    expect(asked()).toEqual([]);
  });

  it('reads exactly the Secret that is named, once a minute', async () => {
    cluster.answer(SECRET, secretOf('first\n'));
    const provider = providerOf(secret);
    const [one, two] = await Promise.all([
      provider.tokenFor(client(), 'llm'),
      provider.tokenFor(client(), 'llm'),
    ]);
    expect([one.token, two.token]).toEqual(['first', 'first']);
    cluster.answer(SECRET, secretOf('second'));
    now += 59_000;
    expect((await provider.tokenFor(client(), 'llm')).token).toBe('first');
    now += 2_000;
    expect((await provider.tokenFor(client(), 'llm')).token).toBe('second');
    expect(asked()).toEqual([SECRET, SECRET]);
  });

  it('asks for a token of the account, and for the next before it expires', async () => {
    const bodies: string[] = [];
    let issued = 0;
    cluster.answer(TOKEN_REQUEST, (request, response) => {
      request.on('data', chunk => bodies.push(String(chunk)));
      request.on('end', () => {
        issued += 1;
        response.end(
          JSON.stringify({
            kind: 'TokenRequest',
            status: {
              token: `issued-${issued}`,
              expirationTimestamp: new Date(now + 3_600_000).toISOString(),
            },
          }),
        );
      });
    });
    const provider = providerOf(account);
    const token = async () => (await provider.tokenFor(client(), 'llm')).token;
    expect(await token()).toBe('issued-1');
    now += 47 * 60_000;
    expect(await token()).toBe('issued-1');
    now += 2 * 60_000;
    expect(await token()).toBe('issued-2');
    expect(JSON.parse(bodies[0])).toMatchObject({
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    });
    expect(JSON.parse(bodies[0]).spec).not.toHaveProperty('audiences');
  });

  it.each([
    [
      'a Secret that may not be read',
      secret,
      { status: 403, body: { message: 'secrets "reader" is forbidden' } },
      'forbidden',
      'resources: ["secrets"], resourceNames: ["reader"], verbs: ["get"]',
    ],
    ['no such Secret', secret, undefined, 'not-configured', 'Create it'],
    [
      'a Secret without the key',
      secret,
      { body: { data: { other: 'c2VjcmV0' } } },
      'invalid',
      'Check the key',
    ],
    [
      'a Secret of something else',
      secret,
      secretOf('not a token'),
      'invalid',
      'printable characters',
    ],
    [
      'an account whose tokens may not be had',
      account,
      { status: 403, body: {} },
      'forbidden',
      'resources: ["serviceaccounts/token"], resourceNames: ["reader"], verbs: ["create"]',
    ],
    [
      'an answer without a token',
      account,
      { body: { status: {} } },
      'invalid',
      '',
    ],
  ] as const)(
    'names what is missing: %s',
    async (_, entry, answer, reason, remedy) => {
      if (answer) {
        cluster.answer(SECRET, answer);
        cluster.answer(TOKEN_REQUEST, answer);
      }
      const reader = MetricsReader.create({
        tokens: [entry],
        portForward: true,
        now: () => now,
      });
      const { gap, reading } = await reader.read(client(), {
        role: 'router',
        namespace: 'llm',
        pod: 'epp-0',
        port: 9090,
        scheme: 'http',
        path: '/metrics',
        authenticated: true,
      });
      expect(reading).toBeUndefined();
      expect(gap).toMatchObject({ what: 'metrics/router', reason });
      expect(gap?.message).toContain('for want of a token');
      expect(gap?.remedy ?? '').toContain(remedy);
      // Neither what a Secret holds nor the cluster's own token is repeated.
      expect(JSON.stringify(gap)).not.toMatch(
        /not a token|c2VjcmV0|cluster-token/,
      );
      // The status is of the API server, and no refusal of the picker.
      expect(gap?.status).toBeUndefined();
    },
  );
});
