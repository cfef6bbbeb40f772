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

import type { ProbeGateway } from '../config';
import { probeAddress } from './probeAddress';

const target = { cluster: 'gke', namespace: 'llm', name: 'qwen' };
const tls = { rejectUnauthorized: true };
const STATUS = 'http://10.0.0.9:8080/llm/qwen';

function address(gateway: Partial<ProbeGateway>, status?: string) {
  return probeAddress(target, status ?? STATUS, [
    { cluster: 'gke', tls, ...gateway },
  ]);
}

describe('probeAddress', () => {
  it('goes to the gateway that is configured, by the path and host of the service', () => {
    expect(
      address(
        { url: new URL('https://llm.example.com/edge/'), token: 't' },
        'http://models.test:8080/llm/qwen',
      ),
    ).toEqual({
      url: new URL('https://llm.example.com/edge/llm/qwen'),
      host: 'models.test:8080',
      token: 't',
      tls,
    });
  });

  it.each([STATUS, 'http://[2001:db8::9]:8080/llm/qwen'])(
    'keeps the name of the gateway where the service has a number: %s',
    status => {
      const url = new URL('https://llm.example.com/');
      expect(address({ url }, status)).toEqual({
        url: new URL('https://llm.example.com/llm/qwen'),
        token: undefined,
        tls,
      });
    },
  );

  it.each([
    ['a host that is allowed', ['10.0.0.9'], STATUS],
    ['one of a domain', ['.example.com'], 'https://qwen.example.com/'],
  ])("goes to the service's own address at %s", (_name, hosts, status) => {
    expect(address({ hosts }, status)).toEqual({
      url: new URL(status.replace(/\/$/, '')),
      token: undefined,
      tls,
    });
  });

  it.each([
    ['https://169.254.169.254/latest'],
    ['https://example.com/'],
    ['https://badexample.com/'],
    ['https://qwen.example.com.evil.test/'],
    ['file:///etc/passwd'],
  ])('does not go to %s', status => {
    expect(address({ hosts: ['.example.com'] }, status)).toEqual({
      impossible: expect.stringContaining(
        'prefixCaching.probe.gateways does not allow',
      ),
    });
  });

  it('takes nobody along who is named in an address', () => {
    const found = address(
      { hosts: ['.example.com'] },
      'https://user:password@qwen.example.com/a?b=c#d',
    );
    expect(found).toMatchObject({
      url: new URL('https://qwen.example.com/a'),
    });
  });

  it.each([
    ['another cluster', { cluster: 'eks' }],
    ['another namespace', { namespace: 'other' }],
  ])('knows no gateway of %s', (_name, gateway) => {
    expect(address({ hosts: ['10.0.0.9'], ...gateway })).toEqual({
      impossible:
        'No gateway of cluster gke is configured for probes: set prefixCaching.probe.gateways.',
    });
  });

  it.each([undefined, '', 'not a URL'])('waits for an address: %s', status => {
    expect(
      probeAddress(target, status, [{ cluster: 'gke', hosts: [], tls }]),
    ).toEqual({ impossible: 'llm/qwen has no address in its status yet.' });
  });
});
