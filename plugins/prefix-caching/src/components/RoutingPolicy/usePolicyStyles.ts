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

import { makeStyles } from '@material-ui/core/styles';

/** What the parts of the policy's card share. */
export const usePolicyStyles = makeStyles(theme => ({
  name: { fontSize: 14, fontWeight: 700, margin: '8px 0 4px' },
  formula: { display: 'block', fontSize: 12, marginBottom: 4 },
  noWrap: { whiteSpace: 'nowrap' },
  // A column for each scorer, all of them in sight where the card has its full width.
  dense: {
    '& th, & td': { fontSize: 13, padding: '6px 0 6px 8px' },
    '& tr > :last-child': { paddingRight: 8 },
  },
  columns: {
    display: 'grid',
    gap: 24,
    gridTemplateColumns: 'minmax(0, 8fr) minmax(0, 7fr)',
    marginTop: 8,
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  sliders: {
    display: 'grid',
    gap: '12px 16px',
    marginTop: 8,
    gridTemplateColumns: 'repeat(auto-fill, minmax(144px, 1fr))',
  },
}));
