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

import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { readIntegrationType } from '../integrationType';

/**
 * `parameters.repoUrl | scmIntegrationType`: which kind of git host a
 * RepoUrlPicker's value is on, so that a template can choose its publish step.
 *
 * The scaffolder takes a step's `if` whose filter throws as true. A template
 * therefore also gives `repoUrl` to `prefix-caching:render`, which runs first
 * and fails the task with the same sentence.
 */
export function createScmIntegrationTypeFilter(
  integrations: ScmIntegrationRegistry,
) {
  return createTemplateFilter({
    id: 'scmIntegrationType',
    description:
      'The type of the SCM integration a repository URL belongs to, such as github or gitlab.',
    schema: z =>
      z.function(
        z.tuple([z.string().describe('Value of a RepoUrlPicker')]),
        z.string(),
      ),
    examples: [
      {
        description: 'Publish to GitLab only if the repository is on GitLab',
        example: [
          '- id: publish-gitlab',
          '  if: ${{ (parameters.repoUrl | scmIntegrationType) == "gitlab" }}',
          '  action: publish:gitlab',
          '  input:',
          '    repoUrl: ${{ parameters.repoUrl }}',
        ].join('\n'),
        notes:
          '- **Input**: `gitlab.com?owner=platform&repo=assistant`\n- **Output**: `gitlab`',
      },
    ],
    filter: repoUrl => readIntegrationType(repoUrl, integrations),
  });
}
