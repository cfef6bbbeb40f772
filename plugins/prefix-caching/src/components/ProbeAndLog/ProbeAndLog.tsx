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
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { ProbeCard } from '../Probe';
import { RouterLog } from '../RouterLog';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: 12,
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

/** What costs something or shows more than others may see; a back end without them leaves them out. */
export function ProbeAndLog(props: { report: EntityReport }) {
  const classes = useStyles();
  const { probe, routerLog } = props.report.permissions;
  return (
    <div className={classes.root}>
      {probe !== undefined && <ProbeCard report={props.report} />}
      {routerLog !== undefined && <RouterLog report={props.report} />}
    </div>
  );
}
