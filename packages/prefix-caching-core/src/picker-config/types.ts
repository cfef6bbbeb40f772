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

/** A scorer of a scheduling profile, its plugin reference resolved. @public */
export interface ScorerReference {
  /** The instance name that profiles refer to; the type when none was given. */
  name: string;
  /** The plugin type, such as `prefix-cache-scorer`. */
  type: string;
  /** 1 where the config leaves it out, as the EPP does. */
  weight: number;
}

/**
 * A scheduling profile: scorers with their weights, and the picker that chooses by their sum.
 *
 * @public
 */
export interface SchedulingProfile {
  name: string;
  scorers: ScorerReference[];
  /** The picker's plugin type. */
  picker?: string;
}

/** A plugin as the configuration declares it. @public */
export interface PickerPlugin {
  name: string;
  type: string;
  parameters?: Record<string, unknown>;
}

/** An `EndpointPickerConfig` as text gave it, references resolved. @public */
export interface EndpointPickerConfig {
  apiVersion: string;
  profiles: SchedulingProfile[];
  plugins: PickerPlugin[];
}
