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
import { it } from 'node:test';
import { renderDeployment, type DeploymentPlan } from 'prefix-caching-core';
import type { Bed } from '../src/Bed';
import type { ApiObject } from '../src/ClusterApi';
import { installCustomResources, type Release } from '../src/customResources';

const NAMESPACE = 'rhaii-inference';

/** One plan for the whole of what a template can ask for. */
function plan(platform: string): DeploymentPlan {
  return {
    name: 'qwen-3b',
    namespace: NAMESPACE,
    owner: 'group:default/team-assist',
    lifecycle: 'production',
    dataClass: 'confidential',
    tenancy: 'multi',
    model: { id: 'llama-3.1-8b-instruct', tokenSecret: 'hf-token' },
    imagePullSecrets: ['registry-credentials'],
    platform,
    gateway: { namespace: 'opendatahub', name: 'inference-gateway' },
    argoCd: { repoUrl: 'https://gitlab.example.com/a/b.git', path: 'deploy' },
    replicas: 3,
    networkPolicies: true,
    accelerators: [
      { id: 'nvidia-l4' },
      { id: 'nvidia-h100' },
      { id: 'tpu-v6e', topology: '2x2' },
      { id: 'simulator' },
    ],
  };
}

/** What the catalog and Argo CD read is no object of this cluster. */
function isOfTheCluster({
  apiVersion,
  kind,
}: {
  apiVersion: string;
  kind: string;
}) {
  return (
    !/^(backstage\.io|argoproj\.io|kustomize\.config\.k8s\.io|monitoring\.coreos\.com)\//.test(
      apiVersion,
    ) && kind !== 'Kustomization'
  );
}

/** Everything the template renders, as the real API server takes it. */
export function renderedManifests(bed: () => Bed, releases: Release[]) {
  for (const release of releases) {
    it(release, async () => {
      const { api } = bed();
      await installCustomResources(api, release);
      await api.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: NAMESPACE },
      });
      const objects = renderDeployment(plan(release))
        .flatMap(file => file.objects ?? [])
        .filter(isOfTheCluster);
      assert.ok(objects.length >= 5, `only ${objects.length} objects`);
      for (const object of objects) {
        await api.apply(object as unknown as ApiObject, { dryRun: true });
      }
      const [service] = objects.filter(
        object => object.kind === 'LLMInferenceService',
      );
      await assert.rejects(
        api.apply(
          {
            ...(service as unknown as ApiObject),
            spec: { ...(service.spec as object), replicaz: 1 },
          },
          { dryRun: true },
        ),
        /replicaz/,
        'a field that does not exist has to be refused',
      );
    });
  }
}
