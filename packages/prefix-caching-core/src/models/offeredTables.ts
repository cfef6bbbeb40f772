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

import type { DeploymentTables } from './types';

interface Offered {
  hidden?: boolean;
  allowedFor?: string[];
}

/**
 * The rows that may be chosen: without the hidden ones, and without those
 * restricted to others than `ownershipRefs`, the entity refs of the one who asks
 * and of their groups. Without refs a trusted service asks, which is
 * restricted by nothing.
 *
 * @public
 */
export function offeredTables(
  tables: DeploymentTables,
  ownershipRefs?: readonly string[],
): DeploymentTables {
  const isOffered = ({ hidden, allowedFor }: Offered) =>
    !hidden &&
    (!allowedFor ||
      !ownershipRefs ||
      ownershipRefs.some(ref => allowedFor.includes(ref.toLowerCase())));
  return {
    accelerators: tables.accelerators.filter(isOffered),
    models: tables.models.filter(isOffered),
  };
}
