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

import { isRecord } from 'backstage-plugin-prefix-caching-common/core';
import type { HttpFailure } from './gaps';
import { checkedName } from './paths';

/** One key of one Secret. */
export interface SecretKey {
  namespace: string;
  name: string;
  key: string;
}

/** A service account whose tokens may be asked for. */
export interface TokenAccount {
  namespace: string;
  name: string;
  /** Who shall accept the token; the API server where absent. */
  audience?: string;
}

/** A token, and when it stops being one. */
export interface IssuedToken {
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** A request to the API server that is answered with one object. */
export type ObjectRequest = (
  path: string,
  options: { body?: string; signal?: AbortSignal },
) => Promise<{ object: Record<string, unknown> } | HttpFailure>;

/** An hour; the API server may give less. */
const LIFETIME_SECONDS = 3600;

/**
 * The value of one key of one Secret, by name: Secrets are never listed, and
 * only one that the portal's own configuration names is ever asked for. No
 * message holds anything of it.
 */
export async function readSecret(
  request: ObjectRequest,
  { namespace, name, key }: SecretKey,
  signal?: AbortSignal,
): Promise<{ value: string } | HttpFailure> {
  const what = `Secret ${namespace}/${name}`;
  const answer = await request(
    `/api/v1/namespaces/${checkedName(namespace)}/secrets/${checkedName(name)}`,
    { signal },
  );
  if ('reason' in answer) {
    return refused(answer, what, {
      resource: 'secrets',
      name,
      namespace,
      verb: 'get',
    });
  }
  const { data } = answer.object;
  const value = isRecord(data) && Object.hasOwn(data, key) && data[key];
  if (typeof value !== 'string') {
    return {
      reason: 'invalid',
      message: `${what} has no key '${key}'`,
      remedy: `Check the key that is configured for ${what}`,
    };
  }
  return { value: Buffer.from(value, 'base64').toString('utf8').trim() };
}

/** A short-lived token of one service account that the configuration names. */
export async function requestToken(
  request: ObjectRequest,
  { namespace, name, audience }: TokenAccount,
  signal?: AbortSignal,
): Promise<IssuedToken | HttpFailure> {
  const what = `A token of service account ${namespace}/${name}`;
  const answer = await request(
    `/api/v1/namespaces/${checkedName(namespace)}/serviceaccounts/${checkedName(
      name,
    )}/token`,
    {
      signal,
      body: JSON.stringify({
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {
          ...(audience && { audiences: [audience] }),
          expirationSeconds: LIFETIME_SECONDS,
        },
      }),
    },
  );
  if ('reason' in answer) {
    return refused(answer, what, {
      resource: 'serviceaccounts/token',
      name,
      namespace,
      verb: 'create',
    });
  }
  const { status } = answer.object;
  const token = isRecord(status) ? status.token : undefined;
  const expiresAt = Date.parse(
    isRecord(status) ? String(status.expirationTimestamp) : '',
  );
  return typeof token === 'string' && Number.isFinite(expiresAt)
    ? { token, expiresAt }
    : {
        reason: 'invalid',
        message: `${what} was asked for, and the answer holds none`,
      };
}

function refused(
  failure: HttpFailure,
  what: string,
  rule: { resource: string; name: string; namespace: string; verb: string },
): HttpFailure {
  const { reason, message, remedy, status } = failure;
  const isMissing = status === 404;
  return {
    // A 404 is about this one object, not about a missing CRD.
    reason: isMissing ? 'not-configured' : reason,
    message: `${what} could not be had: ${message}`,
    remedy: remedy ?? remedyOf(reason, isMissing, rule),
    ...(status !== undefined && { status }),
  };
}

function remedyOf(
  reason: HttpFailure['reason'],
  isMissing: boolean,
  rule: { resource: string; name: string; namespace: string; verb: string },
): string | undefined {
  if (isMissing) {
    return 'Create it, or correct its name in prefixCaching.metrics.tokens';
  }
  const { resource, name, namespace, verb } = rule;
  return reason === 'forbidden'
    ? `Grant the portal's account in namespace ${namespace}: { apiGroups: [""], resources: ["${resource}"], resourceNames: ["${name}"], verbs: ["${verb}"] }`
    : undefined;
}
