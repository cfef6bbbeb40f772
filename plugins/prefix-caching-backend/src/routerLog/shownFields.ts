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

/**
 * Fields of an Endpoint Picker's log that are shown as they are: names, counts
 * and identifiers. Any other field may hold a prompt, an answer or a header,
 * and is left out by name: a field that a later release adds is not shown until
 * somebody has looked at it.
 *
 * Source: the log calls of gateway-api-inference-extension v1.5.0, packages
 * `handlers`, `requestcontrol`, `scheduling` and `datalayer`.
 */
export const SHOWN_FIELDS: ReadonlySet<string> = new Set([
  'build-ref',
  'commit-hash',
  'config',
  'controller',
  'endOfStream',
  'endpoint',
  'endpointsBefore',
  'error',
  'extension_point',
  'incomingModelName',
  'len(responseBytes)',
  'model',
  'modelName',
  'name',
  'namespace',
  'objectiveKey',
  'plugin',
  'pod',
  'port',
  'priority',
  'profile',
  'reason',
  'remainingEndpoints',
  'requestID',
  'score',
  'stage',
  'targetModel',
  'targetModelName',
  'x-request-id',
]);

/** Fields that name the request a line is about. */
export const REQUEST_ID_FIELDS = ['x-request-id', 'requestID'] as const;

/** Fields every line has, which have places of their own. */
export const FRAME_FIELDS: ReadonlySet<string> = new Set([
  'level',
  'ts',
  'time',
  'msg',
  'message',
  'logger',
  'caller',
  'stacktrace',
]);
