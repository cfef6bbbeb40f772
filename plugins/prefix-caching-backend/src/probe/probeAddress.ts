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

import { isIP } from 'node:net';
import type { Target } from 'backstage-plugin-prefix-caching-common/core';
import type { ProbeGateway } from '../config';

/** Where a probe's requests go. */
export interface ProbeAddress {
  /** Of the OpenAI-compatible API, without a trailing slash. */
  url: URL;
  /** The host that the gateway routes by, where it is reached by another. */
  host?: string;
  token?: string;
  tls: ProbeGateway['tls'];
}

/**
 * Where a service is probed: by the address its status gives, which a tenant
 * may have chosen, at a gateway that the configuration knows.
 *
 * @param statusUrl - as `status.url` has it
 * @returns why it cannot be probed, where nothing leads there.
 */
export function probeAddress(
  { cluster, namespace, name }: Target,
  statusUrl: string | undefined,
  gateways: readonly ProbeGateway[],
): ProbeAddress | { impossible: string } {
  const gateway = gateways.find(
    each =>
      each.cluster === cluster && (each.namespace ?? namespace) === namespace,
  );
  if (!gateway) {
    return {
      impossible: `No gateway of cluster ${cluster} is configured for probes: set prefixCaching.probe.gateways.`,
    };
  }
  if (!statusUrl || !URL.canParse(statusUrl)) {
    return {
      impossible: `${namespace}/${name} has no address in its status yet.`,
    };
  }
  const told = new URL(statusUrl);
  const { url, hosts, token, tls } = gateway;
  const path = told.pathname.replace(/\/$/, '');
  if (url) {
    const base = new URL(url);
    base.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
    // Neither routes nor certificates are for a number: then it is by the configured name.
    const isNumber = isIP(told.hostname.replace(/^\[|\]$/g, '')) > 0;
    return { url: base, ...(!isNumber && { host: told.host }), token, tls };
  }
  const { hostname } = told;
  const isAllowed = (hosts ?? []).some(host =>
    host.startsWith('.') ? hostname.endsWith(host) : hostname === host,
  );
  if (!isAllowed || !/^https?:$/.test(told.protocol)) {
    return {
      impossible: `The address of ${namespace}/${name} names the host ${hostname}, which prefixCaching.probe.gateways does not allow.`,
    };
  }
  told.pathname = path;
  told.search = '';
  told.hash = '';
  told.username = '';
  told.password = '';
  return { url: told, token, tls };
}
