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

/**
 * On a catalog entity: the LLMInferenceServices it claims, as
 * `[<cluster>/]<namespace>/<name>`, separated by commas. A claim, not a proof.
 *
 * @public
 */
export const LLM_INFERENCE_SERVICES_ANNOTATION =
  'serving.kserve.io/llm-inference-services';

/**
 * On an entity: the cluster of targets that name none. Backstage's own key.
 *
 * @public
 */
export const KUBERNETES_CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';

/**
 * On an entity: `enabled` lets its services be probed by those who may.
 *
 * @public
 */
export const PROBE_ANNOTATION = 'prefix-caching/probe';

/**
 * On an LLMInferenceService: the entity it belongs to, as
 * `component:<namespace>/<name>`. The proof of an entity's claim.
 *
 * @public
 */
export const ENTITY_REF_ANNOTATION = 'prefix-caching/entity-ref';
