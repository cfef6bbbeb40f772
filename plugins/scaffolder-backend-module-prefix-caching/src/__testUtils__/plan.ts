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

/** A plan with one accelerator, as a template's step gives it. */
export const plan = {
  name: 'assistant',
  namespace: 'llm-serving',
  owner: 'group:default/team-assist',
  model: { id: 'qwen2.5-3b-instruct' },
  platform: 'kserve-0.20',
  accelerators: [{ id: 'nvidia-t4', maxModelLen: 4096 }],
  replicas: 2,
};

/** What the back end makes of it, reduced to what the action reads. */
export const renderedFiles = [
  {
    path: 'catalog-info.yaml',
    content: 'kind: Component\n',
    objects: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'assistant', namespace: 'default' },
      },
    ],
  },
  {
    path: 'deploy/assistant-gpu-svc.yaml',
    content: 'kind: LLMInferenceService\n',
    objects: [
      {
        apiVersion: 'serving.kserve.io/v1alpha2',
        kind: 'LLMInferenceService',
        metadata: { name: 'assistant-gpu-svc', namespace: 'llm-serving' },
      },
    ],
  },
  { path: 'README.md', content: '# assistant\n', objects: [] },
];
