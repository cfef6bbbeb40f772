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

import { parse } from 'yaml';
import { isObject, listAt, textAt } from '../json';
import type { ObjectStore } from './store';
import { kindOf } from './resourceTypes';

/** The ConfigMap that says who may do what; patch it to see a refusal. */
export const ACCESS_CONFIG = {
  namespace: 'sandbox-system',
  name: 'sandbox-access',
  key: 'access.yaml',
};

interface Rule {
  verbs?: string[];
  groups?: string[];
  /** `pods`, `pods/log`, or `*` for all of them. */
  resources?: string[];
  namespaces?: string[];
  nonResourceURLs?: string[];
}

export interface User {
  name: string;
  token: string;
  allow: Rule[];
  /** Decides over `allow`. */
  deny: Rule[];
  /** Its connections break, as if the API server were away. */
  cut: boolean;
}

export interface Attempt {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
}

/** Tokens and rules, read anew from their ConfigMap at each request. */
export class Access {
  readonly #store: ObjectStore;
  #readFrom?: string;
  #users: User[] = [];

  static create(store: ObjectStore): Access {
    return new Access(store);
  }

  private constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** The user behind an `Authorization` header; undefined for none or an unknown token. */
  identify(authorization: string | undefined): User | undefined {
    const token = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1].trim();
    return this.#read().find(user => user.token === token);
  }

  allows(user: User, attempt: Attempt): boolean {
    const matches = (rule: Rule) => ruleMatches(rule, attempt);
    return user.allow.some(matches) && !user.deny.some(matches);
  }

  /** Whether a user may GET a path that is no resource, such as `/metrics`. */
  allowsPath(user: User, path: string): boolean {
    const matches = (rule: Rule) =>
      (rule.nonResourceURLs ?? []).some(url => url === '*' || url === path);
    return user.allow.some(matches) && !user.deny.some(matches);
  }

  #read(): User[] {
    const { namespace, name, key } = ACCESS_CONFIG;
    const config = this.#store.get(kindOf('ConfigMap'), namespace, name);
    const text = textAt(config, 'data', key) ?? '';
    if (text !== this.#readFrom) {
      this.#users = parseUsers(text);
      this.#readFrom = text;
    }
    return this.#users;
  }
}

function parseUsers(text: string): User[] {
  return listAt(parse(text), 'users').map(entry => ({
    name: textAt(entry, 'name') ?? 'unnamed',
    token: textAt(entry, 'token') ?? '',
    allow: listAt(entry, 'allow').filter(isObject),
    deny: listAt(entry, 'deny').filter(isObject),
    cut: isObject(entry) && entry.cut === true,
  }));
}

function ruleMatches(rule: Rule, attempt: Attempt): boolean {
  const { verb, group, namespace } = attempt;
  const resource = attempt.subresource
    ? `${attempt.resource}/${attempt.subresource}`
    : attempt.resource;
  return (
    rule.resources !== undefined &&
    has(rule.resources, resource) &&
    has(rule.verbs ?? ['*'], verb) &&
    has(rule.groups ?? ['*'], group) &&
    has(rule.namespaces ?? ['*'], namespace ?? '')
  );
}

function has(values: string[], value: string): boolean {
  return values.includes('*') || values.includes(value);
}

/** The sentence the API server refuses with. */
export function refusal(user: User, attempt: Attempt): string {
  const resource = attempt.subresource
    ? `${attempt.resource}/${attempt.subresource}`
    : attempt.resource;
  const qualified = attempt.group ? `${resource}.${attempt.group}` : resource;
  const scope = attempt.namespace
    ? `in the namespace "${attempt.namespace}"`
    : 'at the cluster scope';
  return `${qualified} is forbidden: User "${user.name}" cannot ${attempt.verb} resource "${resource}" in API group "${attempt.group}" ${scope}`;
}
