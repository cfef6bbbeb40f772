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

import type { Entity } from '@backstage/catalog-model';
import { LLM_INFERENCE_SERVICES_ANNOTATION } from 'backstage-plugin-prefix-caching-common';

/** A component that two services belong to. */
export const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    namespace: 'default',
    name: 'qwen-3b-chat',
    annotations: {
      [LLM_INFERENCE_SERVICES_ANNOTATION]:
        'llm-serving/qwen-3b-gpu,llm-serving/qwen-3b-tpu',
      'backstage.io/source-location':
        'url:https://git.example.com/assist/qwen-3b-chat/-/tree/main/',
    },
  },
  spec: { type: 'model-server', lifecycle: 'production', owner: 'team-assist' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-assist' },
    { type: 'partOf', targetRef: 'system:default/assistant' },
  ],
};

/** The group that owns it, with a way to reach it. */
export const ownerGroup: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    namespace: 'default',
    name: 'team-assist',
    links: [
      {
        url: 'https://chat.example.com/assist-llm',
        title: '#assist-llm',
        type: 'chat',
      },
    ],
  },
  spec: {
    type: 'team',
    children: [],
    profile: { email: 'assist@example.com' },
  },
};

/** The same component before anyone linked a service to it. */
export const entityWithoutServices: Entity = {
  ...entity,
  metadata: { namespace: 'default', name: 'qwen-3b-chat' },
};
