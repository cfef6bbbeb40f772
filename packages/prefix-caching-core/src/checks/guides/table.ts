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

import { ENGINE_GUIDES } from './engine';
import { GATEWAY_GUIDES } from './gateway';
import { ROUTER_GUIDES } from './router';
import { ROUTING_GUIDES } from './routing';
import type { CheckGuides } from './types';

/** One guide per check, by its id. */
export const CHECK_GUIDES: CheckGuides = {
  ...ENGINE_GUIDES,
  ...ROUTER_GUIDES,
  ...GATEWAY_GUIDES,
  ...ROUTING_GUIDES,
};
