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

import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { checkKeys } from './rules';
import type { ProbeConfig, ProbeGateway } from './types';

const PATH = 'prefixCaching.probe';

/** More often, a probe would be traffic of its own. */
const MIN_INTERVAL_MS = 60_000;

/** Which services may be probed, and how their gateways are reached: `prefixCaching.probe`. */
export function readProbe(config: Config | undefined): ProbeConfig {
  checkKeys(PATH, config?.getOptional('probe'), ['interval', 'gateways']);
  const intervalMs = config?.has('probe.interval')
    ? durationToMilliseconds(
        readDurationFromConfig(config, { key: 'probe.interval' }),
      )
    : 10 * 60_000;
  if (intervalMs < MIN_INTERVAL_MS) {
    throw new InputError(
      `${PATH}.interval is ${
        intervalMs / 1000
      } seconds; expected at least a minute`,
    );
  }
  const gateways = config?.getOptionalConfigArray('probe.gateways') ?? [];
  return {
    intervalMs,
    gateways: gateways.map((entry, index) =>
      readGateway(entry, `${PATH}.gateways[${index}]`),
    ),
  };
}

function readGateway(entry: Config, path: string): ProbeGateway {
  checkKeys(path, entry.get(), [
    'cluster',
    'namespace',
    'url',
    'hosts',
    'token',
    'caData',
    'skipTLSVerify',
  ]);
  const url = entry.getOptionalString('url');
  const hosts = entry.getOptionalStringArray('hosts');
  if ((url === undefined) === (hosts === undefined)) {
    throw new InputError(
      `${path} has ${
        url === undefined ? 'neither url nor hosts' : 'both url and hosts'
      }; expected one of them: where the gateway is, or which hosts a service's own address may name`,
    );
  }
  const caData = entry.getOptionalString('caData');
  return {
    cluster: entry.getString('cluster'),
    namespace: entry.getOptionalString('namespace'),
    ...(url !== undefined && { url: urlOf(url, `${path}.url`) }),
    ...(hosts && { hosts }),
    token: entry.getOptionalString('token'),
    tls: {
      ...(caData && { ca: Buffer.from(caData, 'base64').toString('utf8') }),
      rejectUnauthorized: !(entry.getOptionalBoolean('skipTLSVerify') ?? false),
    },
  };
}

function urlOf(text: string, path: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new InputError(
      `${path} is '${text}'; expected the URL of a gateway, as in https://gateway.example.com`,
    );
  }
  return url;
}
