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

import type { DeploymentPlan } from 'prefix-caching-core';
import { OTHER_MODEL } from '../formModel';
import type { ModelValues } from '../formModel';

/** The form's values under the template's names; a script may leave out most. */
export type FormValues = Partial<
  Omit<DeploymentPlan, 'model' | 'platform' | 'argoCd' | 'networkPolicies'>
> &
  ModelValues & {
    platform?: string;
    istio?: string;
    tls?: 'auto' | 'on' | 'off';
    tokenSecret?: string;
    serviceAccount?: string;
    networkPolicies?: 'auto' | 'yes' | 'no';
    argoCd?: boolean;
    repoUrl?: string;
    publishTo?: 'new' | 'existing';
    targetPath?: string;
  };

/** The template's rule for `auto`: advice for what is exposed or here to stay. */
function wantsPolicies(form: FormValues): boolean {
  const { networkPolicies, lifecycle, tenancy, dataClass } = form;
  return (
    networkPolicies === 'yes' ||
    (networkPolicies !== 'no' &&
      (lifecycle === 'production' ||
        tenancy === 'multi' ||
        dataClass === 'sensitive' ||
        dataClass === 'regulated'))
  );
}

function argoCdOf(form: FormValues): DeploymentPlan['argoCd'] {
  if (!form.argoCd || !form.repoUrl) {
    return undefined;
  }
  const [host, query] = form.repoUrl.split('?');
  const repository = new URLSearchParams(query);
  const { publishTo, targetPath } = form;
  const folder =
    publishTo === 'existing' && targetPath && targetPath !== '.'
      ? `${targetPath}/`
      : '';
  return {
    repoUrl: `https://${host}/${repository.get('owner')}/${repository.get(
      'repo',
    )}`,
    path: `${folder}deploy`,
  };
}

/** The platform, with what the cluster's differs in. */
function platformOf({ platform = '', istio, tls }: FormValues) {
  const stated = tls === 'on' || tls === 'off';
  return istio || stated
    ? { id: platform, istio, tls: stated ? tls === 'on' : undefined }
    : platform;
}

/**
 * The plan that the template's render step makes of the form's values, so that
 * what is shown is what will be written. A test holds the two together.
 */
export function planOfForm(form: FormValues): DeploymentPlan {
  const other = form.model === OTHER_MODEL;
  return {
    name: form.name ?? '',
    owner: form.owner ?? '',
    system: form.system,
    lifecycle: form.lifecycle,
    description: form.description,
    model: {
      id: other ? undefined : form.model,
      uri: other ? form.modelUri : undefined,
      name: other ? form.modelName : undefined,
      config: other ? form.modelConfig : undefined,
      weightsGib: other ? form.modelWeightsGib : undefined,
      tokenSecret: form.tokenSecret,
      serviceAccount: form.serviceAccount,
    },
    platform: platformOf(form),
    namespace: form.namespace ?? '',
    accelerators: form.accelerators ?? [],
    replicas: form.replicas ?? 0,
    dataClass: form.dataClass,
    tenancy: form.tenancy,
    networkPolicies: wantsPolicies(form),
    monitoring: form.monitoring,
    cluster: form.cluster,
    nodePlatform: form.nodePlatform,
    gateway: form.gateway,
    isolation: form.isolation,
    overlays: form.overlays?.length ? form.overlays : undefined,
    scorers: form.scorers?.length ? form.scorers : undefined,
    imagePullSecrets: form.imagePullSecrets,
    argoCd: argoCdOf(form),
  };
}
