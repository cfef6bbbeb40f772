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

import type {
  Gap,
  GapReason,
} from 'backstage-plugin-prefix-caching-common/core';
import { failureOf, rbacRule } from '../clusters';
import type { HttpFailure, HttpResult } from '../clusters';
import type { Scrape, ScrapeRequest, ScrapeSource } from './types';

const METRICS_RULE = '{ nonResourceURLs: ["/metrics"], verbs: ["get"] }';
const PORT_FORWARD_RULE = rbacRule('', 'pods/portforward', ['create', 'get']);

/** No way leads to the endpoint: what is missing, and where to set it. */
export function noWayGap(request: ScrapeRequest): Gap {
  const { client, endpoint, token } = request;
  const where = `namespace ${endpoint.namespace} of cluster ${client.name}`;
  if (token === undefined) {
    return gapOf(request, {
      reason: 'not-configured',
      message: `The Endpoint Picker ${endpoint.pod} answers its metrics only to a token, and none is configured for ${where}`,
      remedy: `Add an entry { cluster: ${client.name}, namespace: ${endpoint.namespace}, token } (or secret, or serviceAccount) to prefixCaching.metrics.tokens, of an account with ${METRICS_RULE}`,
    });
  }
  return gapOf(request, {
    reason: 'not-configured',
    message:
      client.transport === 'direct'
        ? `There is a token for the Endpoint Picker ${endpoint.pod}, but no way to send it: port-forwards are off, and the portal does not run in cluster ${client.name}`
        : `There is a token for the Endpoint Picker ${endpoint.pod}, but cluster ${client.name} is reached through the Kubernetes plugin's proxy, which carries no port-forward and drops the token`,
    remedy:
      client.transport === 'direct'
        ? `Set prefixCaching.metrics.portForward to true and grant the portal's account ${PORT_FORWARD_RULE} in namespace ${endpoint.namespace}`
        : `List cluster ${client.name} in kubernetes.clusterLocatorMethods as type 'config' with authProvider 'serviceAccount', so that the back end reaches it directly, and set prefixCaching.metrics.portForward to true`,
  });
}

/** The answer to a scrape, where it is no exposition. */
export function scrapeFailureGap(
  source: ScrapeSource,
  request: ScrapeRequest,
  result: HttpResult,
): Gap | undefined {
  const failure = failureOf(result);
  if (!failure) {
    return undefined;
  }
  const { endpoint } = request;
  const fromEndpoint = result.ok && source.source !== 'pod-proxy';
  return gapOf(request, {
    reason: reasonOf(failure.reason, fromEndpoint),
    message: `The metrics of ${endpoint.role} ${endpoint.pod} could not be read by ${source.source}: ${failure.message}`,
    remedy:
      failure.remedy ??
      (fromEndpoint
        ? remedyAtEndpoint(request, failure.status)
        : remedyAtApiServer(source, request, failure.status)),
    // A status is the endpoint's own verdict on the token, never the API server's.
    ...(fromEndpoint && { status: failure.status }),
  });
}

function reasonOf(reason: GapReason, fromEndpoint: boolean): GapReason {
  // A 404 of an endpoint is about its path, not about a missing CRD.
  if (reason === 'not-installed') {
    return 'invalid';
  }
  // "Unauthorized" is for an endpoint that turns its token down; the API
  // server never saw that one.
  return reason === 'unauthorized' && !fromEndpoint ? 'forbidden' : reason;
}

function remedyAtEndpoint(
  { client, endpoint, origin }: ScrapeRequest,
  status?: number,
): string | undefined {
  switch (status) {
    case 401:
      return `Renew the token for cluster ${client.name}, ${origin}: the Endpoint Picker does not accept it`;
    case 403:
      return `Bind the token's account to a ClusterRole with ${METRICS_RULE}`;
    case 500:
      return `Bind the service account of pod ${endpoint.namespace}/${endpoint.pod} to the ClusterRole system:auth-delegator, so that the Endpoint Picker may check tokens; where it is bound, renew the token: some releases answer 500 to one that is not valid`;
    default:
      return undefined;
  }
}

function remedyAtApiServer(
  source: ScrapeSource,
  { client, endpoint }: ScrapeRequest,
  status?: number,
): string | undefined {
  if (status === 403) {
    const rule =
      source.source === 'port-forward'
        ? PORT_FORWARD_RULE
        : rbacRule('', 'pods/proxy', ['get']);
    return `Grant the portal's account on ${client.name} in namespace ${endpoint.namespace}: ${rule}`;
  }
  return status === 401
    ? `Renew the token of cluster ${client.name} in kubernetes.clusterLocatorMethods`
    : undefined;
}

/** A token is configured and cannot be had. */
export function tokenGap(request: ScrapeRequest, failure: HttpFailure): Gap {
  const { endpoint } = request;
  return gapOf(request, {
    // "Unauthorized" is for an endpoint that turns a token down.
    reason: failure.reason === 'unauthorized' ? 'forbidden' : failure.reason,
    message: `The metrics of ${endpoint.role} ${endpoint.pod} could not be read for want of a token: ${failure.message}`,
    remedy: failure.remedy,
  });
}

/**
 * What Prometheus failed to give, beside what the endpoint itself gave. Where
 * neither gave anything, one gap says why of both.
 */
export function withPrometheusFailure(
  direct: Scrape,
  { absent, failure }: { absent: boolean; failure: HttpFailure },
): Scrape {
  const { endpoint, gap } = direct;
  const { reason, message, remedy, status } = failure;
  if (!gap) {
    // That Prometheus does not scrape everything is how it is set up.
    return absent
      ? direct
      : {
          ...direct,
          note: { what: 'prometheus', reason, message, remedy, status },
        };
  }
  return {
    endpoint,
    gap: {
      ...gap,
      message: `${gap.message}; ${message}`,
      remedy: [gap.remedy, remedy].filter(Boolean).join('; or: ') || undefined,
    },
  };
}

/** The gap of one endpoint. */
export function gapOf(
  { endpoint }: ScrapeRequest,
  gap: Pick<Gap, 'reason' | 'message' | 'remedy' | 'status'>,
): Gap {
  return {
    what: `metrics/${endpoint.role}`,
    namespace: endpoint.namespace,
    endpoint: endpoint.pod,
    ...gap,
  };
}
