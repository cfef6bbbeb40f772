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

import { createBackendModule } from '@backstage/backend-plugin-api';
import { prefixCachingExtensionPoint } from 'backstage-plugin-prefix-caching-node';
import { enginePods, findPlatform, listAt, textAt } from 'prefix-caching-core';
import type { Check, PlatformProfile } from 'prefix-caching-core';

const REGISTRY = 'registry.acme.example/';

/** Engines run images of the company's registry only. */
export const imageRegistry: Check = {
  id: 'acme.image-registry',
  component: 'engine',
  requirement: 'advice',
  title: 'Images come from our registry',
  expected: `every container's image begins with ${REGISTRY}`,
  responsible: 'owner',
  judge: ({ observation }) => {
    const pods = enginePods(observation);
    if (pods.length === 0) {
      return {
        verdict: observation.source === 'cluster' ? 'inconclusive' : 'skipped',
        summary: 'No engine pod was seen.',
        actual: '0 pods',
      };
    }
    const images = pods
      .flatMap(pod => listAt(pod.spec, 'containers'))
      .map(container => textAt(container, 'image') ?? 'none');
    const foreign = [...new Set(images)].filter(
      image => !image.startsWith(REGISTRY),
    );
    return foreign.length > 0
      ? {
          verdict: 'warn',
          summary: 'An engine runs an image from outside our registry.',
          actual: foreign.join(', '),
          remedy: `Mirror the image to ${REGISTRY} and name it there.`,
        }
      : {
          verdict: 'pass',
          summary: 'All images come from our registry.',
          actual: [...new Set(images)].join(', '),
        };
  },
  commands: ({ target }) => [
    {
      purpose: 'the images of the engines',
      command: `kubectl get pods -n ${target.namespace} -l app.kubernetes.io/name=${target.name} -o wide`,
    },
  ],
};

/** Our own build of KServe 0.20: TLS everywhere, behind our edge gateway. */
export const acmePlatform: PlatformProfile = {
  ...findPlatform('kserve-0.20'),
  id: 'acme-kserve-0.20',
  name: 'Acme KServe 0.20',
  tls: true,
  gateway: { namespace: 'edge', name: 'inference' },
  source: 'the platform team of Acme',
};

export default createBackendModule({
  pluginId: 'prefix-caching',
  moduleId: 'acme',
  register(env) {
    env.registerInit({
      deps: { prefixCaching: prefixCachingExtensionPoint },
      async init({ prefixCaching }) {
        prefixCaching.addCheck(imageRegistry);
        prefixCaching.addPlatformProfile(acmePlatform);
      },
    });
  },
});
