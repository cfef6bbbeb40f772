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

import {
  at,
  containerFlags,
  ENGINE_PORT,
  listAt,
  numberAt,
  recordAt,
} from '../kubernetes';
import type { FoundContainer } from '../observation';
import type { ArgumentProblem, ArgumentStyle } from './argumentProblems';

/** Flags that spread one engine over several devices. */
const SPREADING = [
  'tensor-parallel-size',
  'pipeline-parallel-size',
  'data-parallel-size',
];

function devicesOf(container: unknown): number {
  const limits = recordAt(container, 'resources', 'limits');
  return Object.entries(limits)
    .filter(([resource]) =>
      /^(nvidia|amd|google)\.com\/(gpu|tpu)$/.test(resource),
    )
    .reduce((sum, [, amount]) => sum + (Number(amount) || 0), 0);
}

/** On how many devices the engine is told to run, by flags and by the field a launch script turns into flags. */
function devicesTold(
  { container, object }: FoundContainer,
  style: ArgumentStyle | undefined,
): number {
  const flags = containerFlags(container);
  const parallelism = at(object, 'spec', 'parallelism');
  return [
    ...SPREADING.map(name => Number(flags.value(name) ?? 1)),
    // The script that `args` would replace reads none of these.
    ...(style === 'replace-script'
      ? []
      : ['tensor', 'pipeline', 'data'].map(
          field => numberAt(parallelism, field) ?? 1,
        )),
  ].reduce((product, factor) => product * (factor || 1), 1);
}

function unusedDevices(
  found: FoundContainer,
  style: ArgumentStyle | undefined,
): ArgumentProblem[] {
  const devices = devicesOf(found.container);
  const told = devicesTold(found, style);
  return devices > 1 && told === 1
    ? [
        {
          effect: 'idle',
          cause: `it is told to use 1 of ${devices}`,
          message: `a replica asks for ${devices} devices, and nothing that this platform reads spreads the engine over them`,
          remedy:
            style === 'replace-script'
              ? `Give --tensor-parallel-size=${devices} in VLLM_ADDITIONAL_ARGS; this platform does not read spec.parallelism.tensor.`
              : `Set spec.parallelism.tensor to ${devices}.`,
        },
      ]
    : [];
}

function probedPort(container: unknown): ArgumentProblem[] {
  const port = numberAt(container, 'startupProbe', 'httpGet', 'port');
  const declared = listAt(container, 'ports').flatMap(
    entry => numberAt(entry, 'containerPort') ?? [],
  );
  const serves = Number(containerFlags(container).value('port') ?? ENGINE_PORT);
  return port !== undefined && port !== serves && !declared.includes(port)
    ? [
        {
          effect: 'stops',
          cause: `its startup probe asks port ${port}`,
          message: `the startup probe asks port ${port}, and the engine serves ${serves}, so it is restarted for ever`,
          remedy: `Let the probe ask port ${serves}.`,
        },
      ]
    : [];
}

/** What a service declares around the arguments that contradicts them. Running pods tell it themselves. */
export function declarationProblems(
  found: FoundContainer,
  style: ArgumentStyle | undefined,
): ArgumentProblem[] {
  return found.object.kind === 'LLMInferenceService'
    ? [...unusedDevices(found, style), ...probedPort(found.container)]
    : [];
}
