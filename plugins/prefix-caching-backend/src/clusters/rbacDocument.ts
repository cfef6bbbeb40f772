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

import {
  OBSERVED_KINDS,
  type ObservedKind,
} from 'backstage-plugin-prefix-caching-common/core';
import { PAGE_SIZE } from './ObjectLister';
import { ACCESS_REVIEW_PATH, VERSION_PATH } from './paths';
import { KINDS_ELSEWHERE, MESH_NAMESPACE, RIGHTS, type Right } from './rights';

const LISTED = RIGHTS.filter(
  right => right.scope === 'cluster' && !right.clusterScoped,
);
const CLUSTER_SCOPED = RIGHTS.filter(right => right.clusterScoped);
const BY_NAMESPACE = RIGHTS.filter(
  right => right.scope === 'namespace' && !right.ownRole,
);

/** The page docs/rbac.md, in Markdown; to be formatted. */
export function describeRights(): string {
  return `# What the portal's account may do in a cluster

The back end only reads, and asks what it may read. This page is generated from the table the code
itself goes by, so that it cannot say less than what is done. Nothing else is ever called: a path
that is not of this list is refused before a request is made.

## Every call

${calls()}

The access review is the one POST. It is how an account asks what it may do (\`kubectl auth can-i\`),
stores nothing, and every account may send it. Nothing is ever written, and no Secret is read, but for
two ways to a token that [the configuration may ask for](metrics-sources.md): one named Secret, or a
POST for a token of one named service account.

## The minimal role

\`\`\`yaml
# The reader: list what decides a verdict, then follow its changes.
${clusterRole('prefix-caching-reader', [...LISTED, ...CLUSTER_SCOPED])}
---
# In the namespaces of the services only.
${clusterRole('prefix-caching-namespace-reader', BY_NAMESPACE)}
${optionalRoles()}
\`\`\`

Bind the first to the portal's account with a ClusterRoleBinding, the others with a RoleBinding in
each namespace that holds services:

\`\`\`yaml
${binding('ClusterRole', 'prefix-caching-reader')}
---
${binding('ClusterRole', 'prefix-caching-namespace-reader', 'llm-serving')}
\`\`\`

Only \`list\` of \`llminferenceservices\` cannot be done without. Leave out any other rule, and the
checks of its line become inconclusive where nothing else tells the same, never failed, and name the
rule that is missing. Without
\`watch\` a kind is listed again for each run, which costs the API server more.

## Namespace by namespace

Where the account may not list the whole cluster, the back end asks again in the namespaces of the
services that entities claim, of the gateways their routes name, and of Istio. No ClusterRole is
needed then; the roles are these. The tab and the page of clusters say which of them is missing.

\`\`\`yaml
# In each namespace that holds services.
${role('prefix-caching-services', 'llm-serving', [...LISTED, ...BY_NAMESPACE])}
---
# In each namespace that holds one of their gateways.
${role(
  'prefix-caching-gateways',
  'istio-ingress',
  elsewhere(KINDS_ELSEWHERE.gateways),
)}
---
# Where Istio runs: filters and rules there act on every gateway.
${role('prefix-caching-mesh', MESH_NAMESPACE, elsewhere(KINDS_ELSEWHERE.mesh))}
---
${binding('Role', 'prefix-caching-services', 'llm-serving')}
\`\`\`

${CLUSTER_SCOPED.map(right => `\`${right.resource}\``).join(
  ', ',
)} are in no namespace, so that no Role grants them: without them the accelerator is told by what pods
ask for. Services of other namespaces on the same gateway are not seen, and neither are their routes.

## What each right is worth

${worth()}

## What it costs the API server

Each kind is listed once, in pages of ${PAGE_SIZE}, and then watched: ${
    LISTED.length + CLUSTER_SCOPED.length
  } watches per cluster, whatever the number of
services and of people who look at them. A watch is renewed after four to eight minutes. What fails is
tried again after pauses that double up to a minute, or later where the API server says so. Opening
a tab makes no call to a cluster. \`prefixCaching.clusterWatch: false\` lists for each run instead, as
does a way to the cluster on which answers are held back until they are complete.

The engines' metrics are read from each ready pod for each run, unless Prometheus has them.

The token of this account goes to the API server and nowhere else: an Endpoint Picker gets
[one of its own](install.md#a-token-for-epp-metrics), whose account may read \`/metrics\` and nothing
else.
`;
}

function calls(): string {
  const listed = OBSERVED_KINDS.filter(kind => !kind.byName);
  return table(
    ['call', 'for'],
    [
      ...listed.map(kind => [
        `GET \`${collectionOf(kind)}\`, then the same with \`watch=true\``,
        kind.why,
      ]),
      ...OBSERVED_KINDS.filter(kind => kind.byName).map(kind => [
        `GET \`${collectionOf(kind, '<namespace>')}/<name>\``,
        kind.why,
      ]),
      [
        'GET `/api/v1/namespaces/<namespace>/pods/<pod>:<port>/proxy/metrics`',
        "engines' and pickers' metrics",
      ],
      [
        'GET `/api/v1/namespaces/<namespace>/pods/<pod>/portforward`, upgraded',
        "pickers' metrics; only with prefixCaching.metrics.portForward: true",
      ],
      [
        'GET `/api/v1/namespaces/<namespace>/pods/<pod>/log`',
        "a picker's log, when somebody asks for it on the tab",
      ],
      [`GET \`${VERSION_PATH}\``, 'whether the cluster is there'],
      [
        `POST \`${ACCESS_REVIEW_PATH}\``,
        'what the account may do, for the page of clusters',
      ],
    ],
  );
}

function collectionOf(kind: ObservedKind, namespace?: string): string {
  const [version] = kind.versions;
  const root = kind.group ? `/apis/${kind.group}/${version}` : '/api/v1';
  return namespace
    ? `${root}/namespaces/${namespace}/${kind.plural}`
    : `${root}/${kind.plural}`;
}

function worth(): string {
  return table(
    ['right', 'tells', 'checks that may be inconclusive without it', 'risk'],
    RIGHTS.map(right => [
      `${right.verbs.join(', ')} of \`${right.resource}\`${
        right.group ? ` (${right.group})` : ''
      }`,
      right.setting ? `${right.why}; with ${right.setting}` : right.why,
      right.checks.map(check => `\`${check}\``).join(', ') || 'nothing',
      right.risk ?? '–',
    ]),
  );
}

/** What is used only where somebody wants it. */
function optionalRoles(): string {
  return RIGHTS.flatMap(right => {
    const { ownRole } = right;
    return ownRole
      ? [
          `---
# Optional, in the same namespaces, ${ownRole.purpose}.
${clusterRole(ownRole.name, [right])}`,
        ]
      : [];
  }).join('\n');
}

function elsewhere(kinds: readonly string[]): Right[] {
  const plurals = OBSERVED_KINDS.filter(({ kind }) => kinds.includes(kind));
  return LISTED.filter(right =>
    plurals.some(
      ({ group, plural }) => group === right.group && plural === right.resource,
    ),
  );
}

function clusterRole(name: string, rights: readonly Right[]): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: ${name} }
rules:
${rules(rights)}`;
}

function role(
  name: string,
  namespace: string,
  rights: readonly Right[],
): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: ${name}, namespace: ${namespace} }
rules:
${rules(rights)}`;
}

/** One rule for each right, with the checks it is for. */
function rules(rights: readonly Right[]): string {
  return rights
    .map(
      ({ group, resource, verbs, checks, required }) =>
        `  # ${required ? 'Required. ' : ''}For ${
          checks.join(', ') || 'evidence only'
        }.
  - { apiGroups: ['${group}'], resources: [${resource}], verbs: [${verbs.join(
          ', ',
        )}] }`,
    )
    .join('\n');
}

function binding(
  kind: 'ClusterRole' | 'Role',
  name: string,
  namespace?: string,
): string {
  const metadata = namespace
    ? `name: ${name}, namespace: ${namespace}`
    : `name: ${name}`;
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${namespace ? 'RoleBinding' : 'ClusterRoleBinding'}
metadata: { ${metadata} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name} }
subjects: [{ kind: ServiceAccount, name: portal, namespace: backstage }]`;
}

function table(head: readonly string[], rows: readonly string[][]): string {
  return [head, head.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}
