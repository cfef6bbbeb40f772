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

import type { HttpFailure } from '../../clusters';
import type { PrometheusServer } from './types';

/** What to do about a Prometheus that gave no answer. */
export function remedyOf(
  server: PrometheusServer,
  { reason, status, message }: HttpFailure,
  body: string,
): string | undefined {
  const { cluster, url, token } = server;
  const setting = `prefixCaching.metrics.prometheus of cluster ${cluster}`;
  if (/no org id|tenant/i.test(body)) {
    return `Set the tenant's header in ${setting}, such as headers: { X-Scope-OrgID: … }`;
  }
  switch (status) {
    case 401:
      return token === undefined
        ? `Set token in ${setting}: it asks for one`
        : `Renew token in ${setting}: it is not accepted`;
    case 403:
      return `Let the token's account query it: on OpenShift bind it to the ClusterRole cluster-monitoring-view; behind another kube-rbac-proxy grant what its configuration asks for`;
    case 404:
      return `Check url in ${setting}: ${url.href.replace(
        /\/$/,
        '',
      )}/api/v1/query should be that of Prometheus`;
    case 400:
    case 422:
      return `Check matchers and labels in ${setting}: the query was refused`;
    case 500:
      return `See the logs of ${url.host}: it failed on its own. Where kube-rbac-proxy stands before it, bind that one's service account to the ClusterRole system:auth-delegator, so that it may check tokens`;
    default:
  }
  if (/certificate|self.signed|altname/i.test(message)) {
    return `Set tls.caFile in ${setting} to the CA that signed the certificate of ${url.host}`;
  }
  return reason === 'unreachable' || reason === 'timeout'
    ? `Check that the portal's back end reaches ${url.host}, and url in ${setting}`
    : undefined;
}
