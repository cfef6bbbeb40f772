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

import { readLaunch } from './launch';
import type { Launch } from './launch';

/** A command-line flag as one container gives it. @public */
export interface Flag {
  /** In kebab-case and without dashes: `configText` is `config-text`. */
  name: string;
  value?: string;
  /** Whether the value was joined with `=`; a bare boolean takes no other. */
  joined: boolean;
  /** As it was written. */
  spelling: string;
}

/** The flags of one container; the last of several equal ones counts. @public */
export interface ContainerFlags {
  all: readonly Flag[];
  has(name: string): boolean;
  value(name: string): string | undefined;
  /** A boolean flag: `fallback` where it is absent. */
  isOn(name: string, fallback: boolean): boolean;
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
}

/** Reads flags in every spelling in use: `--a=b`, `--a b`, `-a b`, `--aB b`, `--a_b`. @public */
export function parseFlags(words: readonly string[]): Flag[] {
  const flags: Flag[] = [];
  words.forEach((word, index) => {
    const match = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word);
    if (!match) return;
    const [, name, joined] = match;
    const next = words[index + 1];
    const follows =
      next !== undefined && !/^--?[A-Za-z]/.test(next) ? next : undefined;
    flags.push({
      name: kebab(name),
      value: joined ?? follows,
      joined: joined !== undefined,
      spelling: joined === undefined ? word : word.slice(0, word.indexOf('=')),
    });
  });
  return flags;
}

/** A container's launch is read once, and so are its flags. */
const flagsOf = new WeakMap<Launch, ContainerFlags>();

/**
 * The flags a container's process gets, from `command`, `args`, a launch
 * script among them, and `VLLM_ADDITIONAL_ARGS` where a script appends it.
 *
 * @public
 */
export function containerFlags(container: unknown): ContainerFlags {
  const launch = readLaunch(container);
  const known = flagsOf.get(launch);
  if (known) return known;
  const flags = readFlags(launch.words);
  flagsOf.set(launch, flags);
  return flags;
}

function readFlags(words: readonly string[]): ContainerFlags {
  const all = parseFlags(words);
  const last = (name: string) => all.filter(flag => flag.name === name).at(-1);
  return {
    all,
    has: name => last(name) !== undefined,
    value: name => last(name)?.value,
    isOn: (name, fallback) => {
      const flag = last(name);
      if (!flag) return fallback;
      return !(flag.joined && /^(false|0|f)$/i.test(flag.value ?? ''));
    },
  };
}
