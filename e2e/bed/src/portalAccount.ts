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
import { parseAllDocuments } from 'yaml';
import type { ApiObject, ClusterApi } from './ClusterApi';
import { NAMESPACE } from './servingObjects';

const PAGE = path.resolve(__dirname, '../../../docs/rbac.md');
const ACCOUNT_NAMESPACE = 'backstage';
const RBAC = 'rbac.authorization.k8s.io';

export interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

export type Role = ApiObject & { rules: Rule[] };

/** The ClusterRoles that docs/rbac.md tells a platform engineer to apply, by name. */
export function documentedRoles(): Map<string, Role> {
  const roles = [
    ...fs.readFileSync(PAGE, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g),
  ]
    .flatMap(([, block]) => parseAllDocuments(block))
    .map(document => document.toJS() as Role)
    .filter(({ kind }) => kind === 'ClusterRole');
  return new Map(roles.map(role => [role.metadata.name, role]));
}

/** How the audit log names an account. */
export function userOf(account: string): string {
  return `system:serviceaccount:${ACCOUNT_NAMESPACE}:${account}`;
}

/**
 * Makes an account that may do what the documented roles say, but for some
 * rules, and gives its token.
 *
 * @param keep - whether a rule of a role stays
 */
export async function createPortalAccount(
  api: ClusterApi,
  account: string,
  keep: (rule: Rule) => boolean = () => true,
): Promise<string> {
  await api.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ACCOUNT_NAMESPACE },
  });
  await api.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: account, namespace: ACCOUNT_NAMESPACE },
  });
  for (const [documented, role] of documentedRoles()) {
    const name = `${documented}-${account}`;
    await api.apply({
      apiVersion: role.apiVersion,
      kind: role.kind,
      metadata: { name },
      rules: role.rules.filter(keep),
    });
    await api.apply(binding(name, documented, account));
  }
  return api.tokenOf(ACCOUNT_NAMESPACE, account);
}

/** The reader for the whole cluster, everything else where the services are. */
function binding(name: string, documented: string, account: string): ApiObject {
  const everywhere = documented === 'prefix-caching-reader';
  return {
    apiVersion: `${RBAC}/v1`,
    kind: everywhere ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, ...(!everywhere && { namespace: NAMESPACE }) },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
    subjects: [
      {
        kind: 'ServiceAccount',
        name: account,
        namespace: ACCOUNT_NAMESPACE,
      },
    ],
  };
}

/** An account that may do nothing but read a picker's metrics, or not even that. */
export async function createMetricsAccount(
  api: ClusterApi,
  account: string,
  { mayRead }: { mayRead: boolean },
): Promise<string> {
  await api.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: account, namespace: NAMESPACE },
  });
  if (mayRead) {
    await api.apply({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: account },
      rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    });
    await api.apply({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: account },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: account },
      subjects: [
        { kind: 'ServiceAccount', name: account, namespace: NAMESPACE },
      ],
    });
  }
  return api.tokenOf(NAMESPACE, account);
}
