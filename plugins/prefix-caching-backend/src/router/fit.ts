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
  assessFit,
  InputError as CoreInputError,
} from 'backstage-plugin-prefix-caching-common/core';
import { fitRequestSchema } from './bodies/fitRequest';
import { parseBody } from './bodies/parseBody';
import type { PluginRouter, RouterOptions } from './createRouter';

export function fitRoutes(router: PluginRouter, { offered }: RouterOptions) {
  router.post('/fit', async (req, res) => {
    const tables = await offered.read(req);
    const request = parseBody(fitRequestSchema, req.body);
    try {
      res.json(assessFit(request, tables));
    } catch (error) {
      if (error instanceof CoreInputError) {
        throw new InputError(error.message);
      }
      throw error;
    }
  });
}
