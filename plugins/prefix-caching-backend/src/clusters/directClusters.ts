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

import { existsSync } from 'node:fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A cluster whose credential the portal's own config holds. */
export interface DirectCluster {
  name: string;
  url: URL;
  /** None where the pod's own account, or nobody, is asked. */
  token?: string;
  tokenFile?: string;
  ca?: string;
  caFile?: string;
  skipTLSVerify: boolean;
  inCluster: boolean;
}

const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The clusters of `kubernetes.clusterLocatorMethods` that can be reached
 * without the Kubernetes plugin: `localKubectlProxy`, and `config` entries
 * whose auth provider is `serviceAccount` (a token, or the pod's own account
 * where there is none).
 */
export function readDirectClusters(
  config: Config,
  options: { serviceAccountDir?: string } = {},
): DirectCluster[] {
  const directory = options.serviceAccountDir ?? SERVICE_ACCOUNT_DIR;
  const clusters: DirectCluster[] = [];
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  for (const method of methods) {
    const type = method.getString('type');
    if (type === 'localKubectlProxy') {
      clusters.push({
        name: 'local',
        url: new URL('http://127.0.0.1:8001'),
        skipTLSVerify: false,
        inCluster: false,
      });
    }
    if (type === 'config') {
      for (const entry of method.getConfigArray('clusters')) {
        const cluster = readCluster(entry, directory);
        if (cluster) {
          clusters.push(cluster);
        }
      }
    }
  }
  return clusters;
}

function readCluster(
  entry: Config,
  serviceAccountDir: string,
): DirectCluster | undefined {
  const provider =
    entry.getOptional<Record<string, string>>('authMetadata')?.[
      'kubernetes.io/auth-provider'
    ] ?? entry.getOptionalString('authProvider');
  if (provider !== 'serviceAccount' && provider !== 'localKubectlProxy') {
    return undefined;
  }
  const token = entry.getOptionalString('serviceAccountToken')?.trim();
  const inClusterCa = `${serviceAccountDir}/ca.crt`;
  const inCluster =
    provider === 'serviceAccount' && !token && existsSync(inClusterCa);
  if (provider === 'serviceAccount' && !token && !inCluster) {
    return undefined;
  }
  const caData = entry.getOptionalString('caData');
  return {
    name: entry.getString('name'),
    url: readUrl(entry),
    token,
    tokenFile: inCluster ? `${serviceAccountDir}/token` : undefined,
    ca: caData && Buffer.from(caData, 'base64').toString('utf8'),
    caFile:
      entry.getOptionalString('caFile') ??
      (inCluster ? inClusterCa : undefined),
    skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify') ?? false,
    inCluster,
  };
}

function readUrl(entry: Config): URL {
  const url = entry.getString('url');
  if (!URL.canParse(url)) {
    throw new InputError(
      `kubernetes.clusterLocatorMethods: the url of cluster '${entry.getString(
        'name',
      )}' is '${url}'; expected one such as https://10.0.0.1:6443`,
    );
  }
  return new URL(url);
}
