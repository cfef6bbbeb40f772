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

import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';

/**
 * Finds the integration a repository belongs to.
 *
 * @param repoUrl - as the RepoUrlPicker writes it: `<host>?owner=…&repo=…`
 * @throws InputError if it is no such value, or its host is none of the portal's
 */
export function readIntegrationType(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): string {
  const host = readHost(repoUrl);
  const integration = integrations.byHost(host);
  if (!integration) {
    const known = [...new Set(integrations.list().map(({ title }) => title))];
    throw new InputError(
      `repoUrl: this portal has no integration for the host '${host}'. ` +
        `Add one under 'integrations' in app-config.yaml, or choose a repository on one of: ${known.join(
          ', ',
        )}.`,
    );
  }
  return integration.type;
}

function readHost(repoUrl: string): string {
  const [host, query] = `${repoUrl}`.split('?');
  if (!host || !query || !/^[\w.-]+(:\d+)?$/.test(host)) {
    throw new InputError(
      `repoUrl: '${repoUrl}' is not a repository. Expected <host>?owner=<owner>&repo=<name>, such as gitlab.com?owner=platform&repo=assistant.`,
    );
  }
  return host;
}
