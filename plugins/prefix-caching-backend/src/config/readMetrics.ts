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

import { readFileSync } from 'node:fs';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { PrometheusServer } from '../metrics/prometheus';
import { checkKeys } from './rules';
import type { MetricsToken, PrefixCachingConfig } from './types';

const PATH = 'prefixCaching.metrics';
const KINDS = ['token', 'secret', 'serviceAccount'] as const;

/** How metrics are read: `prefixCaching.metrics`. */
export function readMetrics(
  config: Config | undefined,
): PrefixCachingConfig['metrics'] {
  checkKeys(PATH, config?.getOptional('metrics'), [
    'tokens',
    'portForward',
    'prometheus',
  ]);
  const tokens = config?.getOptionalConfigArray('metrics.tokens') ?? [];
  const servers = config?.getOptionalConfigArray('metrics.prometheus') ?? [];
  const prometheus = servers.map((entry, index) =>
    readServer(entry, `${PATH}.prometheus[${index}]`),
  );
  for (const [index, { cluster }] of prometheus.entries()) {
    if (prometheus.findIndex(each => each.cluster === cluster) !== index) {
      throw new InputError(
        `${PATH}.prometheus[${index}].cluster is '${cluster}' a second time; expected one Prometheus per cluster`,
      );
    }
  }
  return {
    tokens: tokens.map((entry, index) =>
      readEntry(entry, `${PATH}.tokens[${index}]`),
    ),
    portForward: config?.getOptionalBoolean('metrics.portForward') ?? false,
    prometheus,
  };
}

function readEntry(entry: Config, path: string): MetricsToken {
  checkKeys(path, entry.get(), ['cluster', 'namespace', ...KINDS]);
  const kinds = KINDS.filter(kind => entry.has(kind));
  if (kinds.length !== 1) {
    throw new InputError(
      `${path} has ${
        kinds.length ? kinds.join(' and ') : 'no token'
      }; expected exactly one of ${KINDS.join(', ')}`,
    );
  }
  const common = {
    cluster: entry.getString('cluster'),
    namespace: entry.getOptionalString('namespace'),
  };
  switch (kinds[0]) {
    case 'secret':
      checkKeys(`${path}.secret`, entry.get('secret'), [
        'namespace',
        'name',
        'key',
      ]);
      return {
        ...common,
        secret: {
          namespace: readName(entry, path, 'secret.namespace'),
          name: readName(entry, path, 'secret.name'),
          key: entry.getOptionalString('secret.key') ?? 'token',
        },
      };
    case 'serviceAccount':
      checkKeys(`${path}.serviceAccount`, entry.get('serviceAccount'), [
        'namespace',
        'name',
        'audience',
      ]);
      return {
        ...common,
        serviceAccount: {
          namespace: readName(entry, path, 'serviceAccount.namespace'),
          name: readName(entry, path, 'serviceAccount.name'),
          audience: entry.getOptionalString('serviceAccount.audience'),
        },
      };
    default:
      return { ...common, token: readToken(path, entry.getString('token')) };
  }
}

/** Without the token in the message: a start's errors are logged. */
function readToken(path: string, value: string): string {
  const token = value.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(
      `${path}.token is no bearer token; expected printable characters without spaces`,
    );
  }
  return token;
}

function readName(entry: Config, path: string, key: string): string {
  const name = entry.getString(key);
  if (name.length > 253 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) {
    throw new InputError(
      `${path}.${key} is '${name}'; expected a Kubernetes name`,
    );
  }
  return name;
}

function readServer(entry: Config, path: string): PrometheusServer {
  checkKeys(path, entry.get(), [
    'cluster',
    'url',
    'token',
    'headers',
    'tls',
    'matchers',
    'labels',
    'scrapeInterval',
  ]);
  checkKeys(`${path}.tls`, entry.getOptional('tls'), [
    'caFile',
    'caData',
    'skipVerify',
  ]);
  checkKeys(`${path}.labels`, entry.getOptional('labels'), [
    'namespace',
    'pod',
  ]);
  const url = entry.getString('url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(
      `${path}.url is '${url}'; expected one such as https://thanos-querier.monitoring.svc:9091`,
    );
  }
  const token = entry.getOptionalString('token');
  return {
    cluster: entry.getString('cluster'),
    url: new URL(url),
    token: token === undefined ? undefined : readToken(path, token),
    headers: readHeaders(entry, path),
    tls: {
      ca: readCa(entry, path),
      rejectUnauthorized: !(
        entry.getOptionalBoolean('tls.skipVerify') ?? false
      ),
    },
    matchers: readLabels(entry, path, 'matchers'),
    labels: {
      namespace: 'namespace',
      pod: 'pod',
      ...readLabelNames(entry, path),
    },
    scrapeIntervalSeconds: readInterval(entry, path),
  };
}

/** Header values may be secret, so that no message quotes them. */
function readHeaders(entry: Config, path: string): Record<string, string> {
  const headers = textsOf(entry, path, 'headers');
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) {
      throw new InputError(
        `${path}.headers.${name} is no header; expected a name of letters, digits and '-', and printable characters`,
      );
    }
  }
  return headers;
}

function readLabels(
  entry: Config,
  path: string,
  key: string,
): Record<string, string> {
  const labels = textsOf(entry, path, key);
  for (const label of Object.keys(labels)) {
    checkLabel(`${path}.${key}.${label}`, label);
  }
  return labels;
}

function readLabelNames(entry: Config, path: string): Record<string, string> {
  const names = textsOf(entry, path, 'labels');
  for (const [key, label] of Object.entries(names)) {
    checkLabel(`${path}.labels.${key}`, label);
  }
  return names;
}

function checkLabel(path: string, label: string): void {
  if (!/^[a-zA-Z_]\w*$/.test(label)) {
    throw new InputError(
      `${path}: '${label}' is no label; expected letters, digits and '_'`,
    );
  }
}

function textsOf(
  entry: Config,
  path: string,
  key: string,
): Record<string, string> {
  const value: unknown = entry.getOptional(key) ?? {};
  const isTexts =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(each => typeof each === 'string');
  if (!isTexts) {
    throw new InputError(`${path}.${key} must be an object of texts`);
  }
  return value as Record<string, string>;
}

function readCa(entry: Config, path: string): string | undefined {
  const data = entry.getOptionalString('tls.caData');
  const file = entry.getOptionalString('tls.caFile');
  if (data !== undefined) {
    return Buffer.from(data, 'base64').toString('utf8');
  }
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `${path}.tls.caFile cannot be read: expected the path of a PEM file`,
      error,
    );
  }
}

const DEFAULT_INTERVAL_SECONDS = 30;

function readInterval(entry: Config, path: string): number {
  if (!entry.has('scrapeInterval')) {
    return DEFAULT_INTERVAL_SECONDS;
  }
  let seconds: number;
  try {
    const duration = readDurationFromConfig(entry, { key: 'scrapeInterval' });
    seconds = durationToMilliseconds(duration) / 1000;
  } catch (error) {
    throw new InputError(
      `${path}.scrapeInterval is no duration; expected one such as '30s'`,
      error,
    );
  }
  if (seconds < 1 || seconds > 3600) {
    throw new InputError(
      `${path}.scrapeInterval is ${seconds} s; expected 1 s to 1 h`,
    );
  }
  return seconds;
}
