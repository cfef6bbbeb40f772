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

import {
  ENTITY_REF_ANNOTATION,
  LLM_INFERENCE_SERVICES_ANNOTATION,
} from 'backstage-plugin-prefix-caching-common';
import type {
  Finding,
  Target,
} from 'backstage-plugin-prefix-caching-common/core';
import type { BackReferenceRule } from '../config';
import type { VerificationRecord } from '../database';
import { problemFinding } from '../verification';

/** The service does not say that it belongs to the entity. */
export function backReferenceProblem(
  target: Target,
  entityRef: string,
  record: Pick<VerificationRecord, 'entityRef'>,
  rule: BackReferenceRule,
): Finding {
  const { namespace, name } = target;
  const withheld = {
    none: '',
    sensitive: ' Its arguments and environment are not shown here.',
    all: ' Nothing of it is shown here.',
  }[rule];
  return problemFinding({
    check: 'ownership.back-reference',
    verdict: 'warn',
    summary: `LLMInferenceService ${namespace}/${name} does not name ${entityRef} back.${withheld}`,
    expected: `${ENTITY_REF_ANNOTATION}: ${entityRef}`,
    actual: record.entityRef ? 'it names another entity' : 'no such annotation',
    remedy: `Whoever owns the service adds the annotation '${ENTITY_REF_ANNOTATION}: ${entityRef}' to it.`,
    command: {
      purpose: 'Show what the service says it belongs to',
      command: `kubectl get llminferenceservice ${name} -n ${namespace} -o jsonpath='{.metadata.annotations}'`,
    },
  });
}

/** More than one entity names the target. */
export function sharedClaimProblem(
  target: Target,
  visible: readonly string[],
  count: number,
): Finding {
  const { namespace, name } = target;
  const hidden = count - visible.length;
  const others = [
    ...visible,
    ...(hidden > 0 ? [`${hidden} that you may not see`] : []),
  ].join(', ');
  return problemFinding({
    check: 'ownership.back-reference',
    verdict: 'warn',
    summary: `${namespace}/${name} is claimed by ${count} other ${
      count === 1 ? 'entity' : 'entities'
    } too: ${others}.`,
    expected: 'one entity per LLMInferenceService',
    actual: `${count + 1} entities`,
    remedy: `Keep the annotation ${LLM_INFERENCE_SERVICES_ANNOTATION} only on the entity that the service names back.`,
  });
}
