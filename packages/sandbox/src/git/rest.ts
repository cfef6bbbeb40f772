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

import { contentRoutes } from './restContent';
import { mergeRequestRoutes } from './restMergeRequests';
import { projectRoutes } from './restProjects';
import type { RestAnswer, RestCall, RestRoute } from './restCall';
import { missing } from './gitError';

const ROUTES: RestRoute[] = [
  ...projectRoutes,
  ...contentRoutes,
  ...mergeRequestRoutes,
];

/** Finds and runs the handler of a path below `/api/v4`. */
export async function answerRest(
  method: string,
  rawPath: string,
  call: Omit<RestCall, 'path'>,
): Promise<RestAnswer> {
  const segments = rawPath.replace(/\/$/, '').split('/').slice(1);
  for (const route of ROUTES) {
    const pattern = route.pattern.split('/').slice(1);
    const sameMethod =
      route.method === method || (method === 'HEAD' && route.method === 'GET');
    if (!sameMethod || pattern.length !== segments.length) continue;
    const matches = pattern.every(
      (part, index) => part === '*' || part === segments[index],
    );
    if (!matches) continue;
    const path = segments
      .filter((_, index) => pattern[index] === '*')
      .map(decodeURIComponent);
    return route.handle({ ...call, path });
  }
  throw missing('Endpoint');
}
