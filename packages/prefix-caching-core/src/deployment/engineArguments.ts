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

import type { ResolvedPlan, ResolvedService } from './resolvedPlan';

/** Where KServe mounts the certificate it makes for each service. */
const TLS_DIRECTORY = '/var/run/kserve/tls';

function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`--${name}=${value}`];
}

/** The simulator is started as it is: its launcher adds nothing. */
function simulatorArguments(
  resolved: ResolvedPlan,
  service: ResolvedService,
): string[] {
  return [
    `--model=${resolved.model.name}`,
    ...service.accelerator.args,
    ...flag('max-model-len', service.maxModelLen),
    ...flag('max-num-seqs', service.maxNumSeqs),
    ...service.args,
    ...(resolved.profile.tls
      ? [
          `--ssl-certfile=${TLS_DIRECTORY}/tls.crt`,
          `--ssl-keyfile=${TLS_DIRECTORY}/tls.key`,
        ]
      : []),
  ];
}

/** What the platform says itself, on a platform where a list of arguments replaces its own. */
function platformArguments({
  model,
  profile,
}: Pick<ResolvedPlan, 'model' | 'profile'>): string[] {
  return profile.arguments === 'replace-arguments'
    ? [`--served-model-name=${model.name}`, `--port=${profile.targetPort}`]
    : [];
}

/**
 * The engine's arguments, one word each, as the engine is to get them. Model,
 * served name, port and certificates are the platform's to add, except where
 * a list of arguments replaces the platform's own.
 */
export function engineArguments(
  resolved: ResolvedPlan,
  service: ResolvedService,
): string[] {
  if (service.accelerator.engine === 'llm-d-inference-sim') {
    return simulatorArguments(resolved, service);
  }
  const own = [
    '--enable-prefix-caching',
    // Answers then say how many prompt tokens came from the cache.
    '--enable-prompt-tokens-details',
    ...(service.dtype === 'auto' ? [] : flag('dtype', service.dtype)),
    ...flag('max-model-len', service.maxModelLen),
    ...flag('gpu-memory-utilization', service.gpuMemoryUtilization),
    ...flag('max-num-seqs', service.maxNumSeqs),
    ...(resolved.profile.tensorParallel === 'flag' && service.tensorParallel > 1
      ? flag('tensor-parallel-size', service.tensorParallel)
      : []),
  ];
  const said = new Set(own.map(nameOf));
  return [
    ...platformArguments(resolved),
    ...own,
    // A choice of the plan stands before the accelerator's usual value.
    ...service.accelerator.args.filter(arg => !said.has(nameOf(arg))),
    ...service.args,
  ];
}

/** `--name` of `--name=value`. */
export function nameOf(argument: string): string {
  return argument.split('=', 1)[0];
}
