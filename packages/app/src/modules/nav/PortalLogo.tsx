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

import { Link, sidebarConfig } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    alignItems: 'center',
    display: 'flex',
    height: 3 * sidebarConfig.logoHeight,
    paddingLeft: (sidebarConfig.drawerWidthClosed - 28) / 2,
  },
  mark: { display: 'block', fill: '#7df3e1', height: 28, width: 28 },
});

/** Three blocks of a prompt, the first two of them held by the cache. */
export function PortalLogo() {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" aria-label="Home">
        <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
          <rect x="3" y="4" width="26" height="6" rx="2" />
          <rect x="3" y="13" width="26" height="6" rx="2" />
          <path d="M5 22h22a2 2 0 0 1 2 2v2a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-2a2 2 0 0 1 2-2zm0 2v2h22v-2z" />
        </svg>
      </Link>
    </div>
  );
}
