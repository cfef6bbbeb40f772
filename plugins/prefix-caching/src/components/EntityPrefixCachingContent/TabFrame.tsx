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

import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    // The page around may have another font: Backstage UI brings its own.
    fontFamily: theme.typography.fontFamily,
    gap: 12,
    '& dl, & dt, & dd, & a, & summary': { fontFamily: 'inherit' },
    // Backstage's theme breaks words wherever a column ends.
    '& .MuiTableCell-root': {
      lineHeight: 1.35,
      overflowWrap: 'break-word',
      wordBreak: 'normal',
    },
  },
}));

/** Whatever the tab shows: one column of cards in the theme's own font. */
export function TabFrame(props: { children: ReactNode }) {
  return (
    <div className={useStyles().root} data-prefix-caching="tab">
      {props.children}
    </div>
  );
}
