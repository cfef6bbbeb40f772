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

import type { ResolvedPlan } from './resolvedPlan';

function tokenText({ plan, serviceAccount }: ResolvedPlan): string[] {
  const { tokenSecret } = plan.model;
  if (!tokenSecret) {
    return serviceAccount
      ? [
          `The model is downloaded by the ServiceAccount \`${serviceAccount}\`, which has to exist and to list the Secret with the credentials.`,
        ]
      : [];
  }
  const create = `The model is downloaded with a token. Create the Secret once; its value belongs in no repository:

\`\`\`sh
kubectl -n ${plan.namespace} create secret generic ${tokenSecret} --from-literal=HF_TOKEN="$HF_TOKEN"
\`\`\``;
  return plan.model.serviceAccount
    ? [
        create,
        `Add it to the account that is there already:

\`\`\`sh
kubectl -n ${plan.namespace} patch serviceaccount ${serviceAccount} -p '{"secrets": [{"name": "${tokenSecret}"}]}'
\`\`\``,
      ]
    : [create];
}

function sourceText({ model }: ResolvedPlan): string[] {
  switch (model.uri.split('://')[0]) {
    case 'pvc':
      return [
        'The model is read from a PersistentVolumeClaim in the same namespace. With several replicas it has to be mountable on several nodes (ReadOnlyMany or ReadWriteMany).',
      ];
    case 'oci':
      return [
        "The model is an image. The cluster has to allow model images (KServe's storageInitializer setting `enableModelcar`), and the nodes have to be able to pull it.",
      ];
    case 's3':
      return [
        'The model is read from object storage. The ServiceAccount of the pods has to list a Secret with the credentials and the endpoint as KServe describes for S3.',
      ];
    default:
      return [];
  }
}

/** Where the model comes from and what that needs beforehand. */
export function modelSection(resolved: ResolvedPlan): string {
  const { model, plan } = resolved;
  const pull = plan.imagePullSecrets?.length
    ? [
        `Images are pulled with ${plan.imagePullSecrets
          .map(name => `\`${name}\``)
          .join(', ')}; ${
          plan.imagePullSecrets.length > 1
            ? 'these Secrets have'
            : 'this Secret has'
        } to exist in ${plan.namespace}.`,
      ]
    : [];
  return [
    '## Model',
    `\`${model.name}\`, from \`${model.uri}\`.`,
    ...sourceText(resolved),
    ...tokenText(resolved),
    ...pull,
  ].join('\n\n');
}
