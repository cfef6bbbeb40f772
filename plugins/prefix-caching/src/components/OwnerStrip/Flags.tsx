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

import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { Entity } from '@backstage/catalog-model';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useCheckLink } from '../../hooks/useCheckLink';
import type { Owner } from '../../hooks/useOwner';
import { useStateStyles } from '../../states';
import { useFlags } from './useFlags';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px' },
  flag: {
    alignItems: 'center',
    display: 'inline-flex',
    fontWeight: 700,
    gap: 4,
  },
});

/** What is risky though it lowers no verdict; a link to its finding where there is one. */
export function Flags(props: {
  entity: Entity;
  report: EntityReport;
  owner?: Owner;
}) {
  const classes = useStyles();
  const checkLink = useCheckLink();
  const { ink, Icon } = useStateStyles()('advice');
  const flags = useFlags(props.entity, props.report, props.owner);
  return (
    <div className={classes.root}>
      {flags.map(({ name, text, check, targetId }) => {
        const look = {
          className: classes.flag,
          style: { color: ink },
          title: text,
        };
        const content = (
          <>
            <Icon aria-hidden fontSize="small" />
            {name}
          </>
        );
        return check === undefined ? (
          <span key={name} {...look}>
            {content}
          </span>
        ) : (
          <Link
            key={name}
            {...look}
            to={checkLink(check, targetId)}
            underline="always"
          >
            {content}
          </Link>
        );
      })}
    </div>
  );
}
