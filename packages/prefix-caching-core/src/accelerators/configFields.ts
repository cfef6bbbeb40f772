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

import { InputError } from './inputError';

/**
 * A value of a configuration that cannot be used. The message begins with the
 * path of the value and says what is allowed there.
 *
 * @public
 */
export class ConfigError extends InputError {
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path} ${message}`);
    this.path = path;
  }
}

/** Reads one value of a configuration, or throws a ConfigError with its path. */
export type Reader<T> = (path: string, value: unknown) => T;

/** The fields an object of a configuration may have. */
export type FieldReaders<T> = {
  [Key in keyof T]-?: Reader<NonNullable<T[Key]>>;
};

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of at least one character; `pattern` says what else, in words. */
export function text(pattern?: {
  expression: RegExp;
  words: string;
}): Reader<string> {
  return (path, value) => {
    const words =
      pattern?.words ??
      'a text (in quotes, where YAML would read a number or a boolean)';
    if (
      typeof value !== 'string' ||
      value === '' ||
      (pattern && !pattern.expression.test(value))
    ) {
      throw new ConfigError(path, `is ${shown(value)}; expected ${words}`);
    }
    return value;
  };
}

export function oneOf<T extends string>(choices: readonly T[]): Reader<T> {
  return (path, value) => {
    const chosen = choices.find(choice => choice === value);
    if (chosen === undefined) {
      throw new ConfigError(
        path,
        `is ${shown(value)}; expected one of ${choices.join(', ')}`,
      );
    }
    return chosen;
  };
}

export function flag(): Reader<boolean> {
  return (path, value) => {
    if (typeof value !== 'boolean') {
      throw new ConfigError(path, `is ${shown(value)}; expected true or false`);
    }
    return value;
  };
}

/** A number above zero, or from `least` on. */
export function amount(
  rules: { whole?: boolean; least?: number } = {},
): Reader<number> {
  const kind = rules.whole ? 'a whole number' : 'a number';
  const limit =
    rules.least === undefined ? 'above 0' : `of at least ${rules.least}`;
  return (path, value) => {
    if (
      typeof value !== 'number' ||
      !Number.isFinite(value) ||
      (rules.whole && !Number.isInteger(value)) ||
      (rules.least === undefined ? value <= 0 : value < rules.least)
    ) {
      throw new ConfigError(
        path,
        `is ${shown(value)}; expected ${kind} ${limit}`,
      );
    }
    return value;
  };
}

export function listOf<T>(
  read: Reader<T>,
  rules: { least?: number } = {},
): Reader<T[]> {
  return (path, value) => {
    if (!Array.isArray(value) || value.length < (rules.least ?? 0)) {
      throw new ConfigError(
        path,
        `is ${shown(value)}; expected a list${
          rules.least ? ` of at least ${rules.least}` : ''
        }`,
      );
    }
    return value.map((entry, index) => read(`${path}[${index}]`, entry));
  };
}

/** An object whose keys are free, or one of some. */
export function mapOf<T, Key extends string = string>(
  read: Reader<T>,
  keys?: readonly Key[],
): Reader<Record<Key, T>> {
  return (path, value) => {
    if (!isFields(value)) {
      throw new ConfigError(path, `is ${shown(value)}; expected an object`);
    }
    const entries = Object.entries(value).map(([key, entry]) => {
      if (keys && !keys.some(it => it === key)) {
        throw new ConfigError(
          `${path}.${key}`,
          `is not known; expected one of ${keys.join(', ')}`,
        );
      }
      return [key, read(`${path}.${key}`, entry)];
    });
    return Object.fromEntries(entries);
  };
}

/** An object with any of these fields. */
export function fieldsOf<T extends object>(
  readers: FieldReaders<T>,
): Reader<Partial<T>> {
  const names = Object.keys(readers);
  return (path, value) => {
    if (!isFields(value)) {
      throw new ConfigError(
        path,
        `is ${shown(
          value,
        )}; expected an object with any of the fields ${names.join(', ')}`,
      );
    }
    const read: Partial<T> = {};
    for (const [name, entry] of Object.entries(value)) {
      if (!Object.hasOwn(readers, name)) {
        throw new ConfigError(
          `${path}.${name}`,
          `is not known; expected one of ${names.join(', ')}`,
        );
      }
      const key = name as keyof T;
      read[key] = readers[key](`${path}.${name}`, entry);
    }
    return read;
  };
}

/** The same, of which some must be there. */
export function fieldsWith<T extends object>(
  readers: FieldReaders<T>,
  required: readonly (keyof T & string)[],
): Reader<T> {
  const read = fieldsOf(readers);
  return (path, value) => {
    const fields = read(path, value);
    for (const name of required) {
      if (fields[name] === undefined) {
        throw new ConfigError(`${path}.${name}`, 'is absent; expected a value');
      }
    }
    return fields as T;
  };
}

const ENTITY_REF = {
  expression: /^[a-zA-Z]+:(?:[^\s/:]+\/)?[^\s/:]+$/,
  words:
    "an entity ref of a group or user, such as 'group:default/ml-platform'",
};

/** An entity ref in full and in lower case, as ownership is stated. */
export function entityRef(): Reader<string> {
  const read = text(ENTITY_REF);
  return (path, value) => {
    const [kind, rest] = read(path, value).toLowerCase().split(':');
    return `${kind}:${rest.includes('/') ? rest : `default/${rest}`}`;
  };
}

/** The id of a row: it becomes part of a service's name. */
export const rowId = text({
  expression: /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/,
  words:
    'an id of at most 63 lower-case letters, digits, dots and dashes that starts and ends with a letter or digit',
});

/** The rows of a section, each with the path to name in a message. */
export function rowsOf(
  path: string,
  overrides: unknown,
): [string, string, unknown][] {
  if (overrides === undefined) {
    return [];
  }
  if (!isFields(overrides)) {
    throw new ConfigError(
      path,
      'is no object; expected the ids of the rows to change or to add, each with its fields',
    );
  }
  return Object.entries(overrides).map(([id, row]) => {
    rowId(path, id);
    return [id, `${path}.${id}`, row];
  });
}
