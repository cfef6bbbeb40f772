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
import { useMessages } from '../../hooks/useMessages';
import { Section } from '../Section';
import { ReplicaTable } from './ReplicaTable';
import { RoutesTable } from './RoutesTable';
import { RouterTable } from './RouterTable';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
});

/** Endpoints and accelerators, side by side: what is routed, and what EPP and engines count. */
export function EndpointMatrix(props: { report: EntityReport }) {
  const classes = useStyles();
  const { t } = useMessages();
  const { targets } = props.report;
  return (
    <Section title={t('matrix.title')} caption={t('matrix.caption')}>
      <div className={classes.scroll}>
        <RoutesTable targets={targets} />
      </div>
      <div className={classes.scroll}>
        <RouterTable targets={targets} />
      </div>
      <div className={classes.scroll}>
        <ReplicaTable targets={targets} />
      </div>
    </Section>
  );
}
