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

import type { FleetRow } from 'backstage-plugin-prefix-caching-common';
import type { DisplayState } from '../states';

/** The state of a row: its verdict; phase and freshness stand beside it. */
export function stateOfRow(row: Pick<FleetRow, 'verdict'>): DisplayState {
  return row.verdict ?? 'progressing';
}

/** What the figures of a row are worth: said under its verdict. */
export function remarkOfRow(
  row: Pick<FleetRow, 'phase' | 'freshness'>,
): DisplayState | undefined {
  if (row.phase === 'stopped' || row.phase === 'progressing') {
    return row.phase;
  }
  return row.freshness === 'stale' ? 'stale' : undefined;
}
