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

import { ACCELERATORS } from '../../accelerators';
import type { Accelerator, NodePlatform } from '../../accelerators';
import { DEFAULT_TABLES } from '../../models';
import { PLATFORMS } from '../../platforms';
import type { PlatformChoice, PlatformProfile } from '../../platforms';
import type { DeploymentPlan, RenderTables } from '../types';

/** Every row, those that are hidden by default as well: a platform team may show them. */
export const ALL_TABLES: RenderTables = {
  ...DEFAULT_TABLES,
  accelerators: ACCELERATORS.map(row => ({ ...row, hidden: false })),
};

/** What changes the structure of what is written, besides platform and accelerator. */
export interface Structure {
  services: 'one' | 'two';
  weights: 'default' | 'own';
  extras: 'none' | 'all';
  gateways: 'shared' | 'own';
}

/** One plan of the matrix, and where in it. */
export interface Combination {
  label: string;
  profile: PlatformProfile;
  plan: DeploymentPlan;
}

/** Where a row has a node label; most of them on GKE. */
function nodePlatformOf({ nodeSelectors }: Accelerator): NodePlatform {
  const [first] = Object.keys(nodeSelectors) as NodePlatform[];
  return nodeSelectors.gke || first === undefined ? 'gke' : first;
}

function planOf(
  platform: PlatformChoice,
  profile: PlatformProfile,
  accelerator: Accelerator,
  { services, weights, extras, gateways }: Structure,
): DeploymentPlan {
  const all = extras === 'all';
  return {
    name: 'qwen-3b',
    namespace: 'rhaii-inference',
    owner: 'group:default/team-assist',
    // Small enough for every row of the table.
    model: { id: 'qwen2.5-3b-instruct' },
    platform,
    nodePlatform: nodePlatformOf(accelerator),
    gateway: { namespace: 'opendatahub', name: 'inference-gateway' },
    replicas: 3,
    accelerators: [
      { id: accelerator.id },
      ...(services === 'two'
        ? [{ id: 'simulator', service: 'rehearsal' }]
        : []),
    ],
    ...(weights === 'own'
      ? {
          scorers: [
            { type: 'prefix-cache-scorer', weight: 3 },
            { type: 'queue-scorer', weight: 1 },
          ],
        }
      : {}),
    ...(gateways === 'own' ? { isolation: 'gateway' as const } : {}),
    ...(all
      ? {
          networkPolicies: true,
          monitoring: true,
          overlays: ['staging', 'production'],
          // Written for one gateway of all services.
          envoyFilter: profile.envoyFilter && gateways === 'shared',
          argoCd: {
            repoUrl: 'https://gitlab.example.com/assist/qwen.git',
            path: 'deploy',
          },
        }
      : {}),
  };
}

function labelOf(
  platform: PlatformChoice,
  accelerator: Accelerator,
  structure: Structure,
): string {
  return [
    typeof platform === 'string' ? platform : JSON.stringify(platform),
    accelerator.id,
    ...Object.entries(structure).map(([axis, value]) => `${axis} ${value}`),
  ].join(', ');
}

/** The values of each axis. */
export const AXES = {
  platforms: PLATFORMS,
  accelerators: ALL_TABLES.accelerators,
  services: ['one', 'two'],
  weights: ['default', 'own'],
  extras: ['none', 'all'],
  gateways: ['shared', 'own'],
} as const;

/** The least and the most a plan asks for: what is multiplied with every accelerator. */
export const EXTREMES: readonly Structure[] = [
  { services: 'one', weights: 'default', extras: 'none', gateways: 'shared' },
  { services: 'two', weights: 'own', extras: 'all', gateways: 'shared' },
];

/** Every profile × every accelerator × the least and the most. */
export function acceleratorMatrix(): Combination[] {
  return AXES.platforms.flatMap(profile =>
    AXES.accelerators.flatMap(accelerator =>
      EXTREMES.map(structure => ({
        label: labelOf(profile.id, accelerator, structure),
        profile,
        plan: planOf(profile.id, profile, accelerator, structure),
      })),
    ),
  );
}

/** TLS and Istio releases a profile can be written for. */
export function platformVariants(
  profile: PlatformProfile,
): { id: string; istio: string; tls: boolean }[] {
  const older = profile.pickerReference === 'extensionRef';
  // On both sides of the two bounds: the group of pools, and merged routes.
  const istios = older ? ['1.27.0', '1.27.8'] : ['1.27.8', '1.28.4', '1.28.5'];
  const tls = profile.tlsChoice === 'either' ? [true, false] : [profile.tls];
  return istios.flatMap(istio =>
    tls.map(on => ({ id: profile.id, istio, tls: on })),
  );
}

/** Every profile × TLS × Istio × each structural option, on one accelerator. */
export function structureMatrix(): Combination[] {
  const [accelerator] = AXES.accelerators;
  return AXES.platforms.flatMap(profile =>
    platformVariants(profile).flatMap(platform =>
      AXES.services.flatMap(services =>
        AXES.weights.flatMap(weights =>
          AXES.extras.flatMap(extras =>
            AXES.gateways.map(gateways => {
              const structure = { services, weights, extras, gateways };
              return {
                label: labelOf(platform, accelerator, structure),
                profile: { ...profile, ...platform },
                plan: planOf(platform, profile, accelerator, structure),
              };
            }),
          ),
        ),
      ),
    ),
  );
}
