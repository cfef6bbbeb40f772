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

import { randomBytes } from 'node:crypto';
import { parse } from 'yaml';
import { isObject, textAt, type JsonObject } from '../json';
import type { Scope } from './list';
import type { KubeObject } from './objects';
import { jsonPatch, mergePatch } from './patch';
import { apiVersionOf } from './resourceTypes';
import { ApiError, notFound } from './status';
import type { ObjectStore } from './store';

const NAME = /^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/;

/** A request body, JSON or YAML. */
export function parseBody(body: Buffer): unknown {
  try {
    return parse(body.toString('utf8'));
  } catch (error) {
    throw new ApiError(400, `the body could not be read: ${error}`);
  }
}

/** Checks that a body is an object of the kind the path names, and completes its metadata. */
export function readObject(scope: Scope, body: unknown): KubeObject {
  const { type } = scope;
  if (!isObject(body) || !isObject(body.metadata)) {
    throw new ApiError(400, 'the body must be an object with metadata');
  }
  const expected = apiVersionOf(type, scope.version);
  if (body.apiVersion !== expected || body.kind !== type.kind) {
    throw new ApiError(
      400,
      `the path takes ${expected} ${type.kind}, the body is ${body.apiVersion} ${body.kind}`,
    );
  }
  const prefix = textAt(body, 'metadata', 'generateName');
  const name =
    textAt(body, 'metadata', 'name') ??
    (prefix ? prefix + randomBytes(3).toString('hex') : '');
  const namespace = type.namespaced ? scope.namespace : undefined;
  if (!NAME.test(name) || name.length > 253) {
    throw new ApiError(
      422,
      `${type.kind} "${name}" is invalid: metadata.name must be a lowercase DNS name`,
    );
  }
  const stated = textAt(body, 'metadata', 'namespace');
  if (stated && stated !== namespace) {
    throw new ApiError(
      400,
      `the namespace of the object (${stated}) does not match the namespace of the request (${namespace})`,
    );
  }
  const object: KubeObject = {
    ...body,
    apiVersion: expected,
    kind: type.kind,
    metadata: { ...body.metadata, name, ...(namespace ? { namespace } : {}) },
  };
  if (
    type.kind === 'LLMInferenceService' &&
    !textAt(object, 'spec', 'model', 'uri') &&
    isObject(object.spec)
  ) {
    throw new ApiError(
      422,
      `LLMInferenceService.serving.kserve.io "${name}" is invalid: spec.model.uri: Required value`,
    );
  }
  return object;
}

/** Applies a PATCH; a server-side apply creates what is not there yet. */
export function patchObject(options: {
  store: ObjectStore;
  scope: Scope;
  name: string;
  contentType: string;
  body: unknown;
  status: boolean;
}): { object: KubeObject; created: boolean } {
  const { store, scope, name, contentType, body, status } = options;
  const { type, namespace } = scope;
  const current = store.get(type, namespace, name);
  if (!current) {
    if (contentType !== 'application/apply-patch+yaml') {
      throw notFound(type.plural, type.group, name);
    }
    const object = readObject(scope, body);
    return { object: store.create(type, object), created: true };
  }
  const patched = patchedWith(contentType, current, body);
  if (!isObject(patched) || !isObject(patched.metadata)) {
    throw new ApiError(422, 'the patch does not leave an object behind');
  }
  const next: KubeObject = {
    ...patched,
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata: {
      ...patched.metadata,
      name,
      ...(namespace ? { namespace } : {}),
    },
  };
  return {
    object: store.update(type, next, status ? 'status' : 'spec'),
    created: false,
  };
}

function patchedWith(
  contentType: string,
  current: KubeObject,
  body: unknown,
): unknown {
  const plain: JsonObject = current;
  switch (contentType) {
    case 'application/json-patch+json':
      return jsonPatch(plain, body);
    case 'application/merge-patch+json':
      return mergePatch(plain, body);
    case 'application/strategic-merge-patch+json':
    case 'application/apply-patch+yaml':
      return mergePatch(plain, body, true);
    default:
      throw new ApiError(
        415,
        `the content type ${
          contentType || '(none)'
        } is no patch; use application/merge-patch+json, application/strategic-merge-patch+json, application/json-patch+json or application/apply-patch+yaml`,
      );
  }
}
