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

import type { ClusterClient, HttpFailure } from '../clusters';
import type { MetricsToken } from '../config';

export interface TokenProviderOptions {
  tokens: readonly MetricsToken[];
  now?: () => number;
}

/** A token for an endpoint, or why there is none; neither where none is configured. */
export interface ProvidedToken {
  token?: string;
  failure?: HttpFailure;
  /** Where it comes from, in words for the reader of the configuration. */
  origin?: string;
}

interface Kept {
  until: number;
  provided: Promise<ProvidedToken>;
}

/** How long a Secret, or that there is none, is believed. */
const KEPT_MS = 60_000;

/** Of a token's life, after which the next one is asked for. */
const USED_SHARE = 0.8;

/**
 * Tokens that Endpoint Pickers accept: those of the configuration, of a named
 * Secret, or issued for a service account and renewed before they expire. They
 * are kept in memory alone and are in no message.
 */
export class TokenProvider {
  readonly #tokens: readonly MetricsToken[];
  readonly #now: () => number;
  readonly #kept = new Map<MetricsToken, Kept>();

  static create(options: TokenProviderOptions) {
    return new TokenProvider(options);
  }

  private constructor(options: TokenProviderOptions) {
    this.#tokens = options.tokens;
    this.#now = options.now ?? (() => Date.now());
  }

  /** The most specific token: a namespace's own before the cluster's. */
  async tokenFor(
    client: ClusterClient,
    namespace: string,
    signal?: AbortSignal,
  ): Promise<ProvidedToken> {
    const ofCluster = this.#tokens.filter(
      entry => entry.cluster === client.name,
    );
    const entry =
      ofCluster.find(each => each.namespace === namespace) ??
      ofCluster.find(each => each.namespace === undefined);
    if (!entry) {
      return {};
    }
    if ('token' in entry) {
      return {
        token: entry.token,
        origin: 'the token in prefixCaching.metrics.tokens',
      };
    }
    const kept = this.#kept.get(entry);
    if (kept && kept.until > this.#now()) {
      return kept.provided;
    }
    const fresh: Kept = {
      until: this.#now() + KEPT_MS,
      provided: Promise.resolve({}),
    };
    fresh.provided = this.#fetch(client, entry, fresh, signal);
    this.#kept.set(entry, fresh);
    return fresh.provided;
  }

  async #fetch(
    client: ClusterClient,
    entry: MetricsToken,
    kept: Kept,
    signal?: AbortSignal,
  ): Promise<ProvidedToken> {
    if ('secret' in entry) {
      const { namespace, name, key } = entry.secret;
      const origin = `key ${key} of Secret ${namespace}/${name}`;
      const read = await client.readSecret(entry.secret, signal);
      if ('reason' in read) {
        return this.#failed(entry, read, origin, signal);
      }
      return isToken(read.value)
        ? { token: read.value, origin }
        : {
            origin,
            failure: {
              reason: 'invalid',
              message: `What ${origin} holds is no bearer token`,
              remedy: `Put a token of printable characters without spaces there`,
            },
          };
    }
    if ('serviceAccount' in entry) {
      const { namespace, name } = entry.serviceAccount;
      const origin = `service account ${namespace}/${name}`;
      const asked = this.#now();
      const issued = await client.requestToken(entry.serviceAccount, signal);
      if ('reason' in issued) {
        return this.#failed(entry, issued, origin, signal);
      }
      const lifetime = Math.max(0, issued.expiresAt - asked);
      kept.until = asked + lifetime * USED_SHARE;
      return { token: issued.token, origin };
    }
    return {};
  }

  /** An abandoned run says nothing of the token: the next one asks again. */
  #failed(
    entry: MetricsToken,
    failure: HttpFailure,
    origin: string,
    signal?: AbortSignal,
  ): ProvidedToken {
    if (signal?.aborted) {
      this.#kept.delete(entry);
    }
    return { failure, origin };
  }
}

function isToken(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}
