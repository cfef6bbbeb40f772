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
import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { NODE_ADDRESS } from './network';
import { Program } from './Program';

/** The one node of the bed. */
export const NODE_NAME = 'bed-node';

/** Where a pod says which address its network has; KWOK's own are made up. */
export const ADDRESS_ANNOTATION = 'prefix-caching-bed/address';

export interface KwokPod {
  namespace: string;
  name: string;
  address: string;
  /** Ports that may be forwarded to. */
  ports: number[];
  /** Where its program writes. */
  log: string;
}

export interface KwokOptions {
  file: string;
  folder: string;
  kubeconfig: string;
  pods: readonly KwokPod[];
}

/**
 * KWOK as the kubelet of the bed: it says that pods run, and serves their logs
 * and port-forwards over TLS, from the programs that really run.
 */
export async function startKwok(options: KwokOptions): Promise<Program> {
  const { file, folder, kubeconfig, pods } = options;
  fs.mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'kwok.yaml');
  fs.writeFileSync(
    config,
    [podReady(), podGone(), ...pods.flatMap(podDebugging)]
      .map(document => stringify(document))
      .join('---\n'),
  );
  return Program.start({
    name: 'kwok',
    file,
    args: [
      `--config=${config}`,
      `--kubeconfig=${kubeconfig}`,
      '--manage-all-nodes=true',
      `--node-ip=${NODE_ADDRESS}`,
      '--node-port=10250',
      `--server-address=${NODE_ADDRESS}:10250`,
    ],
    env: { HOME: folder },
    logs: folder,
    ready: async () => (await fetch(`http://${NODE_ADDRESS}:10250/healthz`)).ok,
  });
}

function podReady() {
  return stage(
    'pod-ready',
    [
      { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
      { key: '.status.podIP', operator: 'DoesNotExist' },
    ],
    {
      statusTemplate: `
{{ $now := Now }}
conditions:
{{ range $type := (list "Initialized" "Ready" "ContainersReady") }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  started: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ index .metadata.annotations "${ADDRESS_ANNOTATION}" | Quote }}
phase: Running
startTime: {{ $now | Quote }}
`,
    },
  );
}

function podGone() {
  return stage(
    'pod-gone',
    [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }],
    { finalizers: { empty: true }, delete: true },
  );
}

function stage(name: string, matchExpressions: object[], next: object) {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: { matchExpressions },
      next,
    },
  };
}

function podDebugging({ namespace, name, address, ports, log }: KwokPod) {
  const common = { apiVersion: 'kwok.x-k8s.io/v1alpha1' };
  const metadata = { namespace, name };
  return [
    {
      ...common,
      kind: 'PortForward',
      metadata,
      spec: {
        forwards: ports.map(port => ({
          ports: [port],
          target: { address, port },
        })),
      },
    },
    {
      ...common,
      kind: 'Logs',
      metadata,
      spec: { logs: [{ containers: ['main'], logsFile: log, follow: true }] },
    },
  ];
}
