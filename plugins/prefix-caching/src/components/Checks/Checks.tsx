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

import { useEffect, useRef, useState } from 'react';
import Table from '@material-ui/core/Table';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatCount } from '../../format';
import { useLinkedCheck } from '../../hooks/useCheckLink';
import { useMessages } from '../../hooks/useMessages';
import {
  checkGroups,
  needsAttention,
  overallOf,
  targetLabel,
} from '../../model';
import { ChoiceGroup } from '../ChoiceGroup';
import { Section } from '../Section';
import { CheckGroup } from './CheckGroup';
import { CopyMarkdown } from './CopyMarkdown';
import { rowButtonId } from './rowButtonId';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: 8 },
  scroll: { overflowX: 'auto' },
  table: { minWidth: 760 },
  check: { minWidth: 190 },
  target: { whiteSpace: 'nowrap', width: 112 },
  finding: { minWidth: 260 },
  responsible: { whiteSpace: 'nowrap', width: 128 },
});

/** The proof: every check on every target, with what to do about it. */
export function Checks(props: { report: EntityReport }) {
  const { report } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const [showAll, setShowAll] = useState(false);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const linked = useLinkedCheck();
  const focusOn = useRef<string>();

  useEffect(() => {
    if (linked !== undefined) {
      setExpanded(previous => new Set(previous).add(linked.check));
      focusOn.current = linked.check;
    }
  }, [linked]);

  // After the row is there, and once per visit: a refresh moves no focus.
  useEffect(() => {
    const row =
      focusOn.current && document.getElementById(rowButtonId(focusOn.current));
    if (row) {
      focusOn.current = undefined;
      row.scrollIntoView?.({ block: 'center' });
      row.focus({ preventScroll: true });
    }
  });

  const overall = overallOf(report);
  const groups = checkGroups(report.targets);
  const rows = groups.flatMap(group => group.rows);
  const checks = formatCount(rows.length);
  const attention = formatCount(rows.filter(needsAttention).length);
  const toggle = (check: string) =>
    setExpanded(previous => {
      const next = new Set(previous);
      if (!next.delete(check)) {
        next.add(check);
      }
      return next;
    });

  return (
    <Section
      title={t('checks.title')}
      caption={t('checks.caption', { checks, attention })}
      actions={
        <div className={classes.actions}>
          <ChoiceGroup
            name={t('checks.show')}
            chosen={showAll ? 'all' : 'attention'}
            choices={[
              {
                id: 'attention',
                label: t('checks.needsAttention', { attention }),
              },
              { id: 'all', label: t('checks.all', { checks }) },
            ]}
            onChoose={chosen => setShowAll(chosen === 'all')}
          />
          {overall && <CopyMarkdown report={report} overall={overall} />}
        </div>
      }
    >
      <div className={classes.scroll}>
        <Table
          size="small"
          className={classes.table}
          aria-label={t('checks.title')}
        >
          <TableHead>
            <TableRow>
              <TableCell className={classes.check}>
                {t('checks.check')}
              </TableCell>
              {report.targets.map(target => (
                <TableCell key={target.targetId} className={classes.target}>
                  {targetLabel(target)}
                </TableCell>
              ))}
              <TableCell className={classes.finding}>
                {t('checks.finding')}
              </TableCell>
              <TableCell className={classes.responsible}>
                {t('checks.responsible')}
              </TableCell>
            </TableRow>
          </TableHead>
          {groups.map(group => (
            <CheckGroup
              key={group.component}
              group={group}
              report={report}
              showAll={showAll}
              expanded={expanded}
              onToggle={toggle}
            />
          ))}
        </Table>
      </div>
    </Section>
  );
}
