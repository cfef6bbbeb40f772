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

import { at, textAt } from '../kubernetes';
import { PLATFORMS, shadowServiceName } from '../platforms';
import type { PlatformChoice } from '../platforms';
import { referencePlan } from './__fixtures__/plans';
import { all, file } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';

function hosts(platform: PlatformChoice): (string | undefined)[] {
  return all(renderDeployment(referencePlan(platform)))
    .filter(({ kind }) => kind === 'DestinationRule')
    .map(({ spec }) =>
      textAt(spec, 'host')?.replace('.rhaii-inference.svc.cluster.local', ''),
    );
}

const PICKERS = ['gpu', 'tpu'].map(name => `qwen-3b-${name}-svc-epp-service`);
const EVERYTHING = ['gpu', 'tpu'].flatMap(name => [
  `qwen-3b-${name}-svc-epp-service`,
  shadowServiceName(`qwen-3b-${name}-svc-inference-pool`),
  `qwen-3b-${name}-svc-kserve-workload-svc`,
]);

describe('destination rules', () => {
  it.each<[string, PlatformChoice, string[]]>([
    ['the platform writes them', 'rhaii-3.4-ea1', []],
    ['TLS does not exist, and the picker serves it', 'kserve-0.16', PICKERS],
    ['TLS does not exist, and the picker serves it', 'kserve-0.17', PICKERS],
    ['TLS is off, and the picker serves it', 'kserve-0.20', PICKERS],
    ['TLS is on', { id: 'kserve-0.18', tls: true }, EVERYTHING],
    ['TLS is on', { id: 'kserve-0.19', tls: true }, EVERYTHING],
    ['TLS is on', { id: 'kserve-0.20', tls: true }, EVERYTHING],
    ['the platform writes them', 'odh-0.20', []],
    ['the picker is told to serve none', { id: 'odh-0.20', tls: false }, []],
    ['the picker is told to serve none', { id: 'xks-0.20', tls: false }, []],
  ])('where %s on %j', (_, platform, expected) => {
    expect(hosts(platform)).toEqual(expected);
  });

  it('speak TLS without a certificate to verify, and ask the pool for the right name', () => {
    const files = renderDeployment(
      referencePlan({ id: 'kserve-0.20', tls: true }),
    );
    const { objects } = file(files, 'deploy/destination-rules.yaml');
    for (const { spec } of objects) {
      expect(at(spec, 'trafficPolicy', 'tls')).toMatchObject({
        mode: 'SIMPLE',
        insecureSkipVerify: true,
      });
    }
    expect(textAt(objects[1].spec, 'trafficPolicy', 'tls', 'sni')).toBe(
      'qwen-3b-gpu-svc-kserve-workload-svc.rhaii-inference.svc.cluster.local',
    );
  });

  it('are explained for every platform', () => {
    for (const { id } of PLATFORMS) {
      const readme = file(
        renderDeployment(referencePlan(id)),
        'README.md',
      ).content;
      expect(readme.includes('deploy/destination-rules.yaml')).toBe(
        hosts(id).length > 0,
      );
    }
  });
});
