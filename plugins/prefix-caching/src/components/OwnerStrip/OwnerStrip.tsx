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
import { RELATION_PART_OF } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityRefLink,
  EntityRefLinks,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { useOwner } from '../../hooks/useOwner';
import { Fact, Facts } from '../Facts';
import { Moment } from '../Moment';
import { Flags } from './Flags';
import { repositoryOf } from './repositoryOf';

const useStyles = makeStyles({
  root: {
    alignItems: 'center',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 24px',
    justifyContent: 'space-between',
    padding: '8px 16px',
  },
});

/** Whom to reach, where the deployment is kept, and what is risky anyway. */
export function OwnerStrip(props: { entity: Entity; report: EntityReport }) {
  const { entity, report } = props;
  const classes = useStyles();
  const { t } = useMessages();
  const owner = useOwner(entity);
  const systems = getEntityRelations(entity, RELATION_PART_OF, {
    kind: 'system',
  });
  const repository = repositoryOf(entity);
  const lastRun = report.targets.find(target => target.lastRun)?.lastRun;
  return (
    <Paper
      component="section"
      aria-label={t('owner.title')}
      className={classes.root}
    >
      <Facts variant="list">
        <Fact name={t('owner.owner')}>
          {owner ? (
            <EntityRefLink
              entityRef={owner.ref}
              defaultKind="group"
              underline="always"
            />
          ) : (
            t('owner.none')
          )}
        </Fact>
        {owner?.email && (
          <Fact name={t('owner.email')}>
            <Link to={`mailto:${owner.email}`} underline="always">
              {owner.email}
            </Link>
          </Fact>
        )}
        {owner?.facts.map(fact => (
          <Fact key={`${fact.label} ${fact.value}`} name={factName(fact.label)}>
            {fact.url ? (
              <Link to={fact.url} underline="always">
                {fact.value}
              </Link>
            ) : (
              fact.value
            )}
          </Fact>
        ))}
        <Fact name={t('owner.lifecycle')}>
          {String(entity.spec?.lifecycle ?? MISSING)} ·{' '}
          {systems.length > 0 ? (
            <EntityRefLinks
              entityRefs={systems}
              defaultKind="system"
              underline="always"
            />
          ) : (
            t('owner.noSystem')
          )}
        </Fact>
        {repository && (
          <Fact name={t('owner.repository')}>
            <Link to={repository.url} underline="always">
              {repository.name}
            </Link>
          </Fact>
        )}
        <Fact name={t('owner.lastVerified')}>
          {lastRun ? (
            <>
              <Moment iso={lastRun.at} />, {lastRun.by}
            </>
          ) : (
            t('owner.notYet')
          )}
        </Fact>
      </Facts>
      <Flags report={report} />
    </Paper>
  );

  /** The labels with a name of ours; any other is a company's own word. */
  function factName(label: string): string {
    switch (label) {
      case 'onCall':
        return t('owner.onCall');
      case 'chat':
        return t('owner.chat');
      case 'costCentre':
        return t('owner.costCentre');
      case 'link':
        return t('owner.link');
      default:
        return label;
    }
  }
}
