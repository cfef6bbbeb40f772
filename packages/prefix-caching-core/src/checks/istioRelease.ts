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

import { detectPlatform } from '../platforms/detectPlatform';
import type { CheckContext, Evidence } from './types';

/** The oldest Istio each detected platform runs on: from files alone it is the one to be right for. */
const OLDEST_ISTIO: Record<string, string> = {
  'rhaii-3.4-ea1': '1.27',
  'kserve-0.20': '1.29',
};

/** An Istio release, and where it was read. */
export interface KnownIstio {
  version?: string;
  evidence: Evidence;
}

/** The Istio release: observed, else stated by the caller, else the oldest the platform allows. */
export function istioRelease({
  observation,
  expectations,
}: Pick<CheckContext, 'observation' | 'expectations'>): KnownIstio {
  const { istio, profile } = detectPlatform(observation.objects);
  const subject = 'Istio release';
  if (istio)
    return {
      version: istio,
      evidence: { subject, value: `${istio}, from what runs` },
    };
  if (expectations.istio) {
    return {
      version: expectations.istio,
      evidence: { subject, value: `${expectations.istio}, as stated` },
    };
  }
  const oldest =
    observation.source === 'manifests'
      ? OLDEST_ISTIO[profile ?? '']
      : undefined;
  return {
    version: oldest,
    evidence: {
      subject,
      value: oldest ? `${oldest}, the oldest ${profile} runs on` : 'not known',
    },
  };
}
