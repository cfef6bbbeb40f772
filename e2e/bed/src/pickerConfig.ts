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

/** A picker's configuration of one profile, with these scorers and weights. */
export function pickerConfig(weights: Record<string, number>): object {
  const scorers = Object.entries(weights);
  return {
    apiVersion: 'inference.networking.x-k8s.io/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [
      { type: 'single-profile-handler' },
      ...scorers.map(([type]) => ({ type })),
      { type: 'max-score-picker' },
    ],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [
          ...scorers.map(([pluginRef, weight]) => ({ pluginRef, weight })),
          { pluginRef: 'max-score-picker' },
        ],
      },
    ],
  };
}
