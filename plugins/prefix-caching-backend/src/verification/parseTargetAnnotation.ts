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

import { LLM_INFERENCE_SERVICES_ANNOTATION } from 'backstage-plugin-prefix-caching-common';
import type { Finding } from 'backstage-plugin-prefix-caching-common/core';
import { problemFinding } from './problems';

/** One entry of the annotation; the cluster may be left to a default. */
export interface TargetReference {
  cluster?: string;
  namespace: string;
  name: string;
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Parses `[<cluster>/]<namespace>/<name>[,…]`; what is malformed is a finding. */
export function parseTargetAnnotation(value: string): {
  references: TargetReference[];
  problems: Finding[];
} {
  const references: TargetReference[] = [];
  const problems: Finding[] = [];
  const entries = value
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean);
  if (entries.length === 0) {
    problems.push(malformed('', 'it is empty'));
  }
  for (const entry of entries) {
    // A cluster's own name may hold slashes, as an ARN does.
    const parts = entry.split('/');
    const name = parts.pop() ?? '';
    const namespace = parts.pop() ?? '';
    const cluster = parts.join('/');
    if (!DNS_LABEL.test(name) || !DNS_LABEL.test(namespace)) {
      problems.push(
        malformed(
          entry,
          namespace
            ? 'its namespace or name is no Kubernetes name'
            : 'it names no namespace',
        ),
      );
    } else {
      references.push({ ...(cluster && { cluster }), namespace, name });
    }
  }
  return { references, problems };
}

function malformed(entry: string, why: string): Finding {
  return problemFinding({
    check: 'entity.annotation',
    verdict: 'fail',
    summary: `The annotation ${LLM_INFERENCE_SERVICES_ANNOTATION} holds '${printable(
      entry,
    )}', which names no LLMInferenceService: ${why}.`,
    expected:
      '[<cluster>/]<namespace>/<name>, several separated by commas, in lower-case letters, digits and dashes',
    actual: printable(entry) || 'nothing',
    remedy: `Correct the annotation in the entity's catalog-info.yaml, for example to 'llm-prod/qwen-gpu-svc'.`,
  });
}

/** An annotation may hold anything; what is shown is one short line. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 120);
}
