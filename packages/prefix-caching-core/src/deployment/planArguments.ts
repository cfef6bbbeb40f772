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

import type { PlatformProfile } from '../platforms';
import { PLATFORMS } from '../platforms';
import { nameOf } from './engineArguments';
import type { PlanProblem } from './planError';
import type { DeploymentPlan, RenderTables } from './types';

/** Flags a plan has fields for, with the field to set instead. */
const FIELDS: Record<string, string> = {
  '--max-model-len': 'maxModelLen',
  '--gpu-memory-utilization': 'gpuMemoryUtilization',
  '--max-num-seqs': 'maxNumSeqs',
  '--dtype': 'dtype',
  '--tensor-parallel-size': 'tensorParallel',
};

/** Flags that are always written. */
const ALWAYS = ['--enable-prefix-caching', '--enable-prompt-tokens-details'];

function objection(flag: string, profile: PlatformProfile): string | undefined {
  if (/^--no-enable-prefix-caching$/.test(flag)) {
    return 'switches off what this deployment is for. Expected arguments that leave prefix caching on; remove it.';
  }
  if (profile.removedFlags.includes(flag)) {
    return 'is refused by newer engines, which would not start. Expected arguments the engine knows; remove it.';
  }
  if (FIELDS[flag]) {
    return `has a field of its own. Expected it there; set ${FIELDS[flag]} instead.`;
  }
  if (profile.platformFlags.includes(flag)) {
    return `is given to the engine by ${profile.name} itself. Expected arguments it does not give; remove it.`;
  }
  return ALWAYS.includes(flag)
    ? 'is always written. Expected arguments besides; remove it.'
    : undefined;
}

/** Further arguments neither contradict nor repeat what is written anyway. */
export function checkArguments(
  plan: DeploymentPlan,
  { platforms = PLATFORMS }: RenderTables,
): PlanProblem[] {
  const id =
    typeof plan.platform === 'string' ? plan.platform : plan.platform.id;
  const profile = platforms.find(platform => platform.id === id);
  if (!profile) {
    // checkPlatform says so.
    return [];
  }
  return plan.accelerators.flatMap(({ args = [] }, index) =>
    args.flatMap((argument, position) => {
      const flag = nameOf(argument);
      const said =
        args.findIndex(other => nameOf(other) === flag) < position
          ? 'is there twice. Expected each once; remove one.'
          : objection(flag, profile);
      return said
        ? [
            {
              path: `accelerators[${index}].args[${position}]`,
              message: `${flag} ${said}`,
            },
          ]
        : [];
    }),
  );
}

/** Each overlay is a folder of its own. */
export function checkOverlays({
  overlays = [],
}: DeploymentPlan): PlanProblem[] {
  return overlays.flatMap((name, index) =>
    overlays.indexOf(name) === index
      ? []
      : [
          {
            path: `overlays[${index}]`,
            message: `'${name}' is there twice. Expected a name of its own for each environment; remove one.`,
          },
        ],
  );
}
