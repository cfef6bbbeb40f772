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
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useCheckLink } from '../../hooks/useCheckLink';
import { checkGroups, checkName } from '../../model';
import { useStateStyles } from '../../states';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: 16 },
  flag: {
    alignItems: 'center',
    display: 'inline-flex',
    fontWeight: 700,
    gap: 4,
  },
});

/** What is risky though it lowers no verdict: each a link to its finding. */
export function Flags(props: { report: EntityReport }) {
  const classes = useStyles();
  const checkLink = useCheckLink();
  const { ink, Icon, word } = useStateStyles()('advice');
  const rows = checkGroups(props.report.targets)
    .flatMap(group => group.rows)
    .filter(row => row.worst.state === 'advice');
  return (
    <div className={classes.root}>
      {rows.map(row => (
        <Link
          key={row.check}
          to={checkLink(row.check, row.worst.target.targetId)}
          title={row.worst.finding.summary}
          className={classes.flag}
          style={{ color: ink }}
          underline="always"
        >
          <Icon aria-hidden fontSize="small" />
          {word}: {checkName(row.check)}
        </Link>
      ))}
    </div>
  );
}
