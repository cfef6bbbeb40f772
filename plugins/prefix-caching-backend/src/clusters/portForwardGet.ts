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

import { duplexPair, Writable, type Duplex } from 'node:stream';
import type { GapReason } from 'backstage-plugin-prefix-caching-common/core';
import { httpGet } from './httpGet';
import type { RequestLimits } from './limits';
import { checkedName } from './paths';
import type { HttpResult, PodAddress } from './types';

export interface ForwardingCluster {
  name: string;
  /** Without a trailing slash. */
  server: string;
  skipTLSVerify: boolean;
  /** PEM. */
  ca?: string;
  token?: string;
}

export interface PortForwardOptions extends RequestLimits {
  maxBytes: number;
  path: string;
  /** For the pod. Never the cluster's own: the pod is a tenant's. */
  bearerToken: string;
  signal?: AbortSignal;
}

/** One GET to a pod's port, over a port-forward opened and closed for it. */
export async function portForwardGet(
  cluster: ForwardingCluster,
  address: PodAddress,
  options: PortForwardOptions,
): Promise<HttpResult> {
  const pod = checkedName(address.pod);
  const [near, far] = duplexPair();
  // Both ends are torn down when either side closes; the result says why.
  near.on('error', () => {});
  far.on('error', () => {});

  let refusal = '';
  const errors = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      // The channel opens with the port alone, which leaves nothing to say.
      if (chunk.length > 0) {
        refusal += chunk;
        near.destroy();
      }
      callback();
    },
  });

  const opened = await openForward(cluster, address, far, errors, options);
  if (!('close' in opened)) {
    near.destroy();
    far.destroy();
    return { ok: false, ...opened };
  }
  try {
    const result = await httpGet(
      new URL(`${address.scheme}://${pod}:${address.port}${options.path}`),
      {
        ...options,
        stream: near,
        // An EPP that serves its metrics over TLS signs its certificate itself.
        tls: { rejectUnauthorized: false },
        headers: {
          Accept: 'text/plain',
          Authorization: `Bearer ${options.bearerToken}`,
          Connection: 'close',
        },
      },
    );
    return !result.ok && refusal
      ? {
          ok: false,
          reason: 'unreachable',
          message: `port ${address.port} of pod ${pod}: ${refusal.trim()}`,
        }
      : result;
  } finally {
    opened.close();
    near.destroy();
    far.destroy();
  }
}

type Failure = { reason: GapReason; message: string; status?: number };

async function openForward(
  cluster: ForwardingCluster,
  address: PodAddress,
  stream: Duplex,
  errors: Writable,
  options: PortForwardOptions,
): Promise<{ close(): void } | Failure> {
  // Loaded on first use: it is ESM only and costs about 80 MB.
  const { KubeConfig, PortForward } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      {
        name: cluster.name,
        server: cluster.server,
        skipTLSVerify: cluster.skipTLSVerify,
        caData: cluster.ca && Buffer.from(cluster.ca).toString('base64'),
      },
    ],
    users: [{ name: 'portal', token: cluster.token }],
    contexts: [{ name: 'portal', user: 'portal', cluster: cluster.name }],
    currentContext: 'portal',
  });

  const opening = new PortForward(config).portForward(
    checkedName(address.namespace),
    checkedName(address.pod),
    [address.port],
    stream,
    errors,
    stream,
  );
  let timer: NodeJS.Timeout | undefined;
  let giveUp = () => {};
  const deadline = new Promise<'late'>(resolve => {
    giveUp = () => resolve('late');
    timer = setTimeout(giveUp, options.connectTimeoutMs);
    options.signal?.addEventListener('abort', giveUp);
  });
  try {
    const socket = await Promise.race([opening, deadline]);
    if (socket === 'late') {
      opening.then(closeSocket, () => {});
      return {
        reason: 'timeout',
        message: `no port-forward within ${options.connectTimeoutMs / 1000} s`,
      };
    }
    if (typeof socket !== 'function') {
      // Without this a pod that dies would be waited for until the deadline.
      socket.addEventListener('close', () => stream.end());
    }
    return { close: () => closeSocket(socket) };
  } catch (error) {
    return refusalOf(error);
  } finally {
    clearTimeout(timer);
    // A run has one signal for all its scrapes; listeners would pile up on it.
    options.signal?.removeEventListener('abort', giveUp);
  }
}

type PortForwardSocket = Awaited<
  ReturnType<import('@kubernetes/client-node').PortForward['portForward']>
>;

function closeSocket(socket: PortForwardSocket): void {
  (typeof socket === 'function' ? socket() : socket)?.close();
}

/** A refused upgrade says its status in the text of the error alone. */
function refusalOf(error: unknown): Failure {
  const message =
    error && typeof error === 'object' && 'message' in error
      ? String(error.message)
      : String(error);
  const status = Number(/server response: (\d{3})/.exec(message)?.[1]);
  switch (status) {
    case 401:
      return { reason: 'unauthorized', message, status };
    case 403:
      return { reason: 'forbidden', message, status };
    default:
      return { reason: 'unreachable', message, ...(status && { status }) };
  }
}
