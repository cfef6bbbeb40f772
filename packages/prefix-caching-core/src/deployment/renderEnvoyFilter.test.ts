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

import { at, listAt, textAt } from '../kubernetes';
import { referencePlan } from './__fixtures__/plans';
import { all, file } from './__fixtures__/renderedFiles';
import { renderDeployment } from '.';

const EXT_PROC = 'envoy.filters.http.ext_proc';

describe('the reference document’s EnvoyFilter', () => {
  const files = renderDeployment({
    ...referencePlan('rhaii-3.4-ea1'),
    envoyFilter: true,
  });
  const rendered = file(files, 'deploy/envoy-filter.yaml');
  const [filter] = rendered.objects;
  const patches = listAt(filter.spec, 'configPatches');

  it('is not rendered unless asked for', () => {
    const usual = renderDeployment(referencePlan('rhaii-3.4-ea1'));
    expect(all(usual).map(({ kind }) => kind)).not.toContain('EnvoyFilter');
    expect(file(usual, 'README.md').content).toContain(
      'No EnvoyFilter is rendered',
    );
  });

  it('acts on this gateway’s proxies alone', () => {
    expect(filter.metadata.namespace).toBe('opendatahub');
    expect(at(filter.spec, 'workloadSelector', 'labels')).toEqual({
      'gateway.networking.k8s.io/gateway-name': 'inference-gateway',
    });
    expect(patches.map(patch => textAt(patch, 'match', 'context'))).toEqual(
      patches.map(() => 'GATEWAY'),
    );
  });

  it('patches each route that ends at a pool, by the name Istio gives it', () => {
    expect(
      patches.map(patch =>
        textAt(patch, 'match', 'routeConfiguration', 'vhost', 'route', 'name'),
      ),
    ).toEqual([
      'rhaii-inference.qwen-3b-gpu-svc-kserve-route.0',
      'rhaii-inference.qwen-3b-gpu-svc-kserve-route.1',
      'rhaii-inference.qwen-3b-tpu-svc-kserve-route.0',
      'rhaii-inference.qwen-3b-tpu-svc-kserve-route.1',
    ]);
  });

  it('keeps each service’s own picker, and streams the body to it', () => {
    const overrides = patches.map(patch =>
      at(
        patch,
        'patch',
        'value',
        'typed_per_filter_config',
        EXT_PROC,
        'overrides',
      ),
    );
    expect(
      overrides.map(it =>
        textAt(it, 'grpc_service', 'envoy_grpc', 'cluster_name'),
      ),
    ).toEqual(
      ['gpu', 'gpu', 'tpu', 'tpu'].map(
        name =>
          `outbound|9002||qwen-3b-${name}-svc-epp-service.rhaii-inference.svc.cluster.local`,
      ),
    );
    for (const override of overrides) {
      expect(at(override, 'processing_mode', 'request_body_mode')).toBe(
        'FULL_DUPLEX_STREAMED',
      );
    }
  });

  it('comes with a warning, in the file and in the README', () => {
    expect(rendered.content).toMatch(/^# WARNING: not needed\./);
    expect(file(files, 'README.md').content).toContain(
      '**`deploy/envoy-filter.yaml` was asked for and is not needed.**',
    );
  });
});
