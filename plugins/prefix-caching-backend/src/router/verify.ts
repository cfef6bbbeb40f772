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
import {
  observeManifests,
  readObjects,
  verify,
  type ManifestFile,
} from 'backstage-plugin-prefix-caching-common/core';
import { parseBody } from './bodies/parseBody';
import { verifyManifestsSchema } from './bodies/verifyManifests';
import type { PluginRouter, RouterOptions } from './createRouter';

export function verifyRoutes(
  router: PluginRouter,
  { checks, httpAuth }: RouterOptions,
) {
  router.post('/verify', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const { files, objects, expectations } = parseBody(
      verifyManifestsSchema,
      req.body,
    );
    const manifests: ManifestFile[] =
      files ??
      (objects ?? []).map((object, index) => ({
        path: `objects[${index}]`,
        content: JSON.stringify(object),
      }));
    const read = readObjects(manifests);
    if (read.problems.length > 0) {
      throw new InputError(
        read.problems
          .map(({ path, document, message }) =>
            files
              ? `${path}: document ${document} ${message}`
              : `${path}: ${message}`,
          )
          .join('; '),
      );
    }
    res.json({
      verifications: observeManifests(read.objects).map(observation =>
        verify(observation, expectations, { checks }),
      ),
    });
  });
}
