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

import type { paths } from './openapi.generated';

type Method = 'get' | 'post';

type JsonOf<T> = T extends { content: { 'application/json': infer Body } }
  ? Body
  : never;

/** A body without a schema of its own is checked by its handler. */
type ObjectUnless<Known> = unknown extends Known ? object : Known;

type BodyOf<Operation> = Operation extends { requestBody?: infer Body }
  ? ObjectUnless<JsonOf<NonNullable<Body>>>
  : never;

type EndpointOf<Operation> = Operation extends {
  parameters: { path?: infer Path; query?: infer Query };
  responses: { 200: infer Response };
}
  ? {
      path: [NonNullable<Path>] extends [never] ? {} : NonNullable<Path>;
      query: [NonNullable<Query>] extends [never] ? {} : NonNullable<Query>;
      body: BodyOf<Operation>;
      response: ObjectUnless<JsonOf<Response>>;
    }
  : never;

type EndpointsOf<M extends Method> = {
  [Path in keyof paths & string as paths[Path] extends Record<M, object>
    ? `#${M}|${Path}`
    : never]: EndpointOf<paths[Path][M]>;
};

type All = EndpointsOf<'get'> & EndpointsOf<'post'>;

/** The operations of openapi.yaml in the form Backstage's typed router reads. */
export type Endpoints = { [Key in keyof All]: All[Key] };
