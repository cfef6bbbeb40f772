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

import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createScmIntegrationTypeFilter } from './scmIntegrationType';

const { filter } = createScmIntegrationTypeFilter(
  ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        gitlab: [
          {
            host: 'localhost:7009',
            baseUrl: 'http://localhost:7009',
            apiBaseUrl: 'http://localhost:7009/api/v4',
          },
        ],
        github: [
          {
            host: 'ghe.example.com',
            apiBaseUrl: 'https://ghe.example.com/api/v3',
          },
        ],
      },
    }),
  ),
);

describe('scmIntegrationType', () => {
  it.each([
    ['localhost:7009?owner=platform&repo=x', 'gitlab'],
    ['gitlab.com?owner=group%2Fsub&repo=x', 'gitlab'],
    ['github.com?owner=platform&repo=x', 'github'],
    ['ghe.example.com?owner=platform&repo=x', 'github'],
    ['bitbucket.org?workspace=a&project=b&repo=x', 'bitbucketCloud'],
  ])('%s is on %s', (repoUrl, type) => {
    expect(filter(repoUrl)).toBe(type);
  });

  it.each([
    [
      'git.example.org?owner=a&repo=b',
      /no integration for the host 'git\.example\.org'.*localhost:7009/,
    ],
    [
      'localhost:7010?owner=a&repo=b',
      /no integration for the host 'localhost:7010'/,
    ],
    [
      'https://github.com/platform/x',
      /is not a repository\. Expected <host>\?owner=/,
    ],
    ['', /is not a repository/],
  ])('says what is wrong with %j', (repoUrl, message) => {
    expect(() => filter(repoUrl)).toThrow(message);
  });
});
