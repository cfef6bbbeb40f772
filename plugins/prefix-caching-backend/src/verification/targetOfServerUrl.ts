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

import type { TargetReference } from './parseTargetAnnotation';

/** What KServe appends to a service's name for its workload Service. */
const WORKLOAD_SUFFIX = '-kserve-workload-svc';

/**
 * The LLMInferenceService behind a cluster-internal address,
 * `<name>-kserve-workload-svc.<namespace>.svc[.<domain>]`.
 *
 * The KServe connector for Backstage writes no other trace of it.
 */
export function targetOfServerUrl(
  serverUrl: string,
): TargetReference | undefined {
  let host: string;
  try {
    host = new URL(serverUrl).hostname;
  } catch {
    return undefined;
  }
  const [service, namespace, svc] = host.split('.');
  if (svc !== 'svc' || !service || !namespace) {
    return undefined;
  }
  const name = service.endsWith(WORKLOAD_SUFFIX)
    ? service.slice(0, -WORKLOAD_SUFFIX.length)
    : service;
  return { namespace, name };
}
