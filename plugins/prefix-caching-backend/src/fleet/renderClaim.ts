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

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ENTITY_REF_ANNOTATION,
  KUBERNETES_CLUSTER_ANNOTATION,
  LLM_INFERENCE_SERVICES_ANNOTATION,
} from 'backstage-plugin-prefix-caching-common';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import { Document } from 'yaml';

export interface ClaimOptions {
  target: Target;
  model?: string;
  accelerator?: { name: string };
  /** What the service says it belongs to, as it is written there. */
  entityRef?: string;
  /** Entity ref of who is most likely to own it. */
  owner?: string;
}

/** To be replaced by whoever registers the entity, where nobody can be named. */
const NO_OWNER = 'group:default/owner-of-this-service';

/**
 * The text of a `catalog-info.yaml` with one component that claims one
 * service, in the shape the template's has.
 */
export function renderClaim(options: ClaimOptions): string {
  const { target, model, accelerator, owner } = options;
  const { cluster, namespace, name } = target;
  const identity = identityOf(options);
  const document = new Document(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: identity.name,
        ...(identity.namespace !== 'default' && {
          namespace: identity.namespace,
        }),
        description: `${model ?? name}${
          accelerator ? ` on ${accelerator.name}` : ''
        }, served by LLMInferenceService ${namespace}/${name}.`,
        annotations: {
          [LLM_INFERENCE_SERVICES_ANNOTATION]: `${namespace}/${name}`,
          'backstage.io/kubernetes-id': identity.name,
          'backstage.io/kubernetes-namespace': namespace,
          [KUBERNETES_CLUSTER_ANNOTATION]: cluster,
        },
        tags: ['model-server', 'prefix-caching'],
      },
      spec: {
        type: 'model-server',
        lifecycle: 'production',
        owner: owner ?? NO_OWNER,
      },
    },
    { schema: 'yaml-1.1', merge: false, aliasDuplicateObjects: false },
  );
  document.commentBefore = [
    ' A claim. The service proves it with the annotation',
    ` ${ENTITY_REF_ANNOTATION}: ${stringifyEntityRef({
      kind: 'component',
      ...identity,
    })}`,
    ` and the label backstage.io/kubernetes-id: ${identity.name}.`,
    ...(owner
      ? [' The owner is that of another service of its namespace: check it.']
      : [' Name the owner.']),
  ].join('\n');
  return document.toString({ lineWidth: 0 });
}

/** As the service says, if it names a component; else it is called like the service. */
function identityOf({ entityRef, target }: ClaimOptions): {
  namespace: string;
  name: string;
} {
  try {
    const { kind, namespace, name } = parseEntityRef(entityRef ?? '', {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    if (kind === 'component') {
      return { namespace, name };
    }
  } catch {
    // A text that is no entity ref names nothing.
  }
  return { namespace: 'default', name: target.name };
}
