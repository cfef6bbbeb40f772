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

import { parseArgs } from 'node:util';
import type { Expectations } from 'prefix-caching-core';

/** What the command was asked to do. */
export type Request =
  | { what: 'help' }
  | {
      what: 'verify';
      folder: string;
      json: boolean;
      expectations: Expectations;
    }
  | { what: 'wrong'; message: string };

/** How the command is used; shown by `--help`, and after a mistake. */
export const USAGE = `Usage: prefix-caching-verify <folder> [options]

Verifies the manifests of a folder for prefix caching with KServe's LLMInferenceService.
Every .yaml and .yml file below the folder is read. Kustomizations and Helm charts are
not rendered: render them first, and give the folder of what came out.

Options:
  --json                  print JSON instead of text
  --istio <release>       the Istio release of the cluster, such as 1.29.7
  --lifecycle <name>      production calls for more than experimental
  --data-class <name>     such as confidential
  --tenancy <name>        such as multi-tenant
  --help                  print this

Exit status:
  0  nothing fails: pass or warn
  1  at least one service fails
  2  the command was used wrongly, or something could not be read
  3  nothing fails, and of at least one service it could not be told
`;

/** Reads the words of the command line. */
export function readRequest(words: readonly string[]): Request {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        istio: { type: 'string' },
        lifecycle: { type: 'string' },
        'data-class': { type: 'string' },
        tenancy: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { what: 'help' };
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) {
      return {
        what: 'wrong',
        message: `Expected one folder, got ${
          folder === undefined ? 'none' : positionals.join(' and ')
        }.`,
      };
    }
    const { istio, lifecycle, tenancy } = values;
    if (istio !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(istio)) {
      return {
        what: 'wrong',
        message: `--istio is '${istio}'. Expected a release such as 1.29 or 1.29.7.`,
      };
    }
    return {
      what: 'verify',
      folder,
      json: values.json,
      expectations: {
        istio,
        lifecycle,
        tenancy,
        dataClass: values['data-class'],
      },
    };
  } catch (error) {
    return { what: 'wrong', message: (error as Error).message };
  }
}
