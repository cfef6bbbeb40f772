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

/** What a request's path asks for, before it is known whether that exists. */
export interface ResourcePath {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** What follows `/proxy`, still encoded. */
  rest: string;
}

/** Undefined for a path that is no resource's, such as `/version` or `/apis`. */
export function parseResourcePath(pathname: string): ResourcePath | undefined {
  const raw = pathname.split('/').slice(1);
  let group = '';
  let position: number;
  if (raw[0] === 'api') {
    position = 1;
  } else if (raw[0] === 'apis') {
    group = decodeURIComponent(raw[1] ?? '');
    position = 2;
  } else {
    return undefined;
  }
  const version = raw[position];
  let parts = raw.slice(position + 1);
  if (!version || parts.length === 0 || parts[0] === '') return undefined;

  let namespace: string | undefined;
  // `/namespaces/<name>` itself, and its status, are the Namespace object.
  if (parts[0] === 'namespaces' && parts.length > 2 && parts[2] !== 'status') {
    namespace = decodeURIComponent(parts[1]);
    parts = parts.slice(2);
  }
  const [plural, name, subresource, ...rest] = parts;
  return {
    group,
    version,
    plural: decodeURIComponent(plural),
    namespace,
    name: name ? decodeURIComponent(name) : undefined,
    subresource: subresource || undefined,
    rest: `/${rest.join('/')}`,
  };
}

/** `[scheme:]name[:port]`, as in `pods/<this>/proxy`. */
export function parseProxyName(text: string): {
  scheme: string;
  name: string;
  port?: string;
} {
  const parts = text.split(':');
  if (parts.length === 3) {
    return { scheme: parts[0], name: parts[1], port: parts[2] };
  }
  return { scheme: 'http', name: parts[0], port: parts[1] };
}
