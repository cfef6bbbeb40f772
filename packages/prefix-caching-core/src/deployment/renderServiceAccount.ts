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

import type { KubernetesObject } from '../kubernetes';
import { manifestText } from './manifestText';
import type { RenderedFile } from './types';

/**
 * `deploy/service-account.yaml`: the account that downloads a gated model.
 * It names the Secret; the Secret's value is nowhere in the repository.
 */
export function renderServiceAccount(
  name: string,
  namespace: string,
  tokenSecret: string,
): RenderedFile {
  const object: KubernetesObject & { secrets: { name: string }[] } = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace },
    secrets: [{ name: tokenSecret }],
  };
  return {
    path: 'deploy/service-account.yaml',
    content: manifestText(object, [
      [
        ['secrets'],
        'The storage initializer takes HF_TOKEN from a Secret that is listed here.\nCreate it by hand, see README.md; its value belongs in no repository.',
      ],
    ]),
    objects: [object],
  };
}
