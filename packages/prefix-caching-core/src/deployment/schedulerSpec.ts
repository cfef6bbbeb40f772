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

import { generatedNames } from '../kubernetes';
import type { PlatformProfile } from '../platforms';
import { manifestText } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';

/** An EndpointPickerConfig with one profile of these scorers. */
export function pickerConfig(
  profile: PlatformProfile,
  scorers: readonly { type: string; weight: number }[],
): Record<string, unknown> {
  return {
    apiVersion: profile.pickerConfigApiVersion,
    kind: 'EndpointPickerConfig',
    plugins: [
      { type: 'single-profile-handler' },
      ...scorers.map(({ type }) => ({ type })),
      { type: 'max-score-picker' },
    ],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [
          ...scorers.map(({ type, weight }) => ({ pluginRef: type, weight })),
          { pluginRef: 'max-score-picker' },
        ],
      },
    ],
  };
}

/**
 * The picker's arguments where its container has to be written out. A list of
 * arguments replaces the preset's, so the preset's come first.
 */
export function pickerArguments(
  profile: PlatformProfile,
  namespace: string,
  service: string,
): string[] {
  const places: Record<string, string> = {
    '<pool>': generatedNames(service).pool,
    '<namespace>': namespace,
  };
  return (profile.pickerArguments ?? []).map(word => places[word] ?? word);
}

/**
 * `spec.router.scheduler`. Where the release has a field for it, the weights
 * are written out: a controller keeps those of the version a service was
 * created with, so leaving them out means whatever was there before.
 */
export function schedulerSpec(
  { plan, profile }: ResolvedPlan,
  service: ResolvedService,
): Record<string, unknown> {
  if (profile.schedulerConfig === 'inline') {
    return {
      config: {
        inline: pickerConfig(profile, plan.scorers ?? profile.defaultScorers),
      },
    };
  }
  if (!plan.scorers) {
    return {};
  }
  const config = manifestText(pickerConfig(profile, plan.scorers));
  return {
    template: {
      containers: [
        {
          name: 'main',
          args: [
            ...pickerArguments(profile, plan.namespace, service.name),
            profile.pickerConfigFlag ?? '--config-text',
            config,
          ],
        },
      ],
    },
  };
}
