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

import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { ETCD_URL } from './etcd';
import { Program } from './Program';

/** The token of the bed's own administrator. */
export const ADMIN_TOKEN = 'bed-admin';

const AUDIT_POLICY = `
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Metadata
`;

export interface ApiServerOptions {
  file: string;
  /** Address of this host that is no loopback address. */
  address: string;
  folder: string;
}

/** A real kube-apiserver and its etcd: RBAC on, audit log on, no controllers. */
export class ApiServer {
  readonly #options: ApiServerOptions;
  #program: Program;

  static async start(options: ApiServerOptions): Promise<ApiServer> {
    prepare(options);
    return new ApiServer(options, await run(options));
  }

  private constructor(options: ApiServerOptions, program: Program) {
    this.#options = options;
    this.#program = program;
  }

  get url(): string {
    return urlOf(this.#options);
  }

  /** The certificate that clients trust, PEM. */
  get ca(): string {
    return fs.readFileSync(certificate(this.#options), 'utf8');
  }

  /** Every request so far, once each, in the order of the audit log. */
  audit(): AuditEvent[] {
    const events = fs
      .readFileSync(path.join(this.#options.folder, 'audit.log'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as AuditEvent);
    // What takes long is told when it begins, and again when it ends.
    return [
      ...new Map(
        events.reverse().map(event => [event.auditID, event]),
      ).values(),
    ].reverse();
  }

  /** Stops it and starts it anew on the same data. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Starts it anew after it was stopped. */
  async start(): Promise<void> {
    this.#program = await run(this.#options);
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

/** The parts of an audit event that the tests look at. */
export interface AuditEvent {
  auditID: string;
  verb: string;
  requestURI: string;
  user: { username: string };
  objectRef?: {
    apiGroup?: string;
    resource?: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  responseStatus?: { code?: number };
}

function prepare({ folder }: ApiServerOptions): void {
  fs.mkdirSync(folder, { recursive: true });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  for (const [name, text] of [
    ['service-accounts.key', privateKey],
    ['service-accounts.pub', publicKey],
    ['tokens.csv', `${ADMIN_TOKEN},admin,admin,system:masters\n`],
    ['audit-policy.yaml', AUDIT_POLICY],
  ]) {
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function run(options: ApiServerOptions): Promise<Program> {
  const { file, address, folder } = options;
  const flags = {
    'bind-address': address,
    'advertise-address': address,
    'secure-port': '6443',
    'cert-dir': path.join(folder, 'certificates'),
    'service-cluster-ip-range': '10.96.0.0/16',
    'service-account-issuer': 'https://bed.prefix-caching.example',
    'service-account-key-file': path.join(folder, 'service-accounts.pub'),
    'service-account-signing-key-file': path.join(
      folder,
      'service-accounts.key',
    ),
    'token-auth-file': path.join(folder, 'tokens.csv'),
    'authorization-mode': 'RBAC',
    'audit-policy-file': path.join(folder, 'audit-policy.yaml'),
    'audit-log-path': path.join(folder, 'audit.log'),
    'kubelet-preferred-address-types': 'InternalIP',
    // As much as a request may ask for.
    'request-timeout': '3m',
    // Without its controller no namespace gets the account that this would ask for.
    'disable-admission-plugins': 'ServiceAccount',
  };
  return Program.start({
    name: 'kube-apiserver',
    file,
    args: Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    env: {
      BED_ETCD_URL: ETCD_URL,
      BED_ETCD_PEER_URL: 'http://127.0.0.1:2380',
      BED_ETCD_DIR: path.join(folder, 'etcd'),
    },
    logs: folder,
    ready: () => isReady(options),
  });
}

function urlOf({ address }: ApiServerOptions): string {
  return `https://${address}:6443`;
}

function certificate({ folder }: ApiServerOptions): string {
  return path.join(folder, 'certificates', 'apiserver.crt');
}

function isReady(options: ApiServerOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    https
      .get(
        `${urlOf(options)}/readyz`,
        {
          ca: fs.readFileSync(certificate(options)),
          headers: { Authorization: `Bearer ${ADMIN_TOKEN}` },
        },
        response => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      )
      .on('error', reject);
  });
}
