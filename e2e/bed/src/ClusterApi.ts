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

import https from 'node:https';

export interface ApiRequest {
  method?: string;
  body?: unknown;
  contentType?: string;
  /** Whose token; the administrator's unless another is given. */
  token?: string;
}

export interface ApiAnswer {
  status: number;
  text: string;
  /** The body as JSON; text that is none is left out. */
  json?: Record<string, unknown>;
}

/** Speaks to the bed's API server as `kubectl` would. */
export class ClusterApi {
  readonly #url: string;
  readonly #token: string;
  readonly #agent: https.Agent;

  static create(options: { url: string; ca: string; token: string }) {
    return new ClusterApi(options);
  }

  private constructor(options: { url: string; ca: string; token: string }) {
    this.#url = options.url;
    this.#token = options.token;
    this.#agent = new https.Agent({ ca: options.ca, keepAlive: true });
  }

  async request(path: string, options: ApiRequest = {}): Promise<ApiAnswer> {
    const { method = 'GET', body, token = this.#token } = options;
    const { contentType = 'application/json' } = options;
    return new Promise((resolve, reject) => {
      const request = https.request(
        `${this.#url}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            Authorization: `Bearer ${token}`,
            ...(body !== undefined && { 'Content-Type': contentType }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: response.statusCode ?? 0,
              text,
              json: parsed(text),
            });
          });
        },
      );
      request.on('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /**
   * Writes an object whether it exists or not, unknown fields refused.
   *
   * @throws Error that names the object and says what the API server answered.
   */
  async apply(object: ApiObject, options: { dryRun?: boolean } = {}) {
    const query = new URLSearchParams({
      fieldManager: 'bed',
      fieldValidation: 'Strict',
      force: 'true',
      // Half a minute otherwise, which a large definition takes on a busy machine.
      timeout: '3m',
      ...(options.dryRun && { dryRun: 'All' }),
    });
    const { name } = object.metadata;
    const answer = await this.request(
      `${await this.collectionOf(object)}/${name}?${query}`,
      {
        method: 'PATCH',
        body: object,
        contentType: 'application/apply-patch+yaml',
      },
    );
    if (answer.status >= 300) {
      throw new Error(
        `${object.kind} ${name} was refused with ${answer.status}: ${
          answer.json?.message ?? answer.text
        }`,
      );
    }
    return answer.json as unknown as ApiObject;
  }

  /** Sets the status of an object, which no controller of the bed does. */
  async setStatus(object: ApiObject, status: unknown): Promise<void> {
    const path = `${await this.collectionOf(object)}/${
      object.metadata.name
    }/status`;
    const answer = await this.request(path, {
      method: 'PATCH',
      body: { status },
      contentType: 'application/merge-patch+json',
    });
    if (answer.status >= 300) {
      throw new Error(`${path}: ${answer.status} ${answer.text}`);
    }
  }

  /** @throws Error that says what the API server answered. */
  async remove(object: ApiObject): Promise<void> {
    const path = `${await this.collectionOf(object)}/${object.metadata.name}`;
    const answer = await this.request(path, { method: 'DELETE' });
    if (answer.status >= 300 && answer.status !== 404) {
      throw new Error(`${path}: ${answer.status} ${answer.text}`);
    }
  }

  /** A token of a service account, as the kubelet would mount it. */
  async tokenOf(namespace: string, account: string): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const answer = await this.request(path, {
      method: 'POST',
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 3600 },
      },
    });
    const { status } = (answer.json ?? {}) as { status?: { token?: string } };
    if (!status?.token) {
      throw new Error(`${path}: ${answer.status} ${answer.text}`);
    }
    return status.token;
  }

  /** The path of an object's siblings, asked of the server's own discovery. */
  async collectionOf({ apiVersion, kind, metadata }: ApiObject) {
    const base = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const { json } = await this.request(base);
    const resources = (json?.resources ?? []) as {
      name: string;
      kind: string;
      namespaced: boolean;
    }[];
    const resource = resources.find(
      each => each.kind === kind && !each.name.includes('/'),
    );
    if (!resource) {
      throw new Error(`The API server knows no ${kind} of ${apiVersion}`);
    }
    return resource.namespaced
      ? `${base}/namespaces/${metadata.namespace ?? 'default'}/${resource.name}`
      : `${base}/${resource.name}`;
  }
}

export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
