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
import { formatList, MISSING } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { useOwner } from '../../hooks/useOwner';
import { Fact, Facts } from '../Facts';
import { Moment } from '../Moment';
import { Flags } from './Flags';
import { repositoryOf } from './repositoryOf';
import { RunBy } from './RunBy';
import { templateOf } from './templateOf';

const useStyles = makeStyles({
  root: {
    alignItems: 'center',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 12px',
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
  const template = templateOf(entity);
  const [lastRun] = report.targets
    .flatMap(target => target.lastRun ?? [])
    .sort((a, b) => b.at.localeCompare(a.at));
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
        {owner && owner.undeclared.length > 0 && (
          <Fact
            name={owner.undeclared
              .map(({ label }) => factName(label))
              .join(' · ')}
          >
            <span
              title={t('owner.howToDeclare', {
                annotations: formatList(
                  owner.undeclared.map(({ annotation }) => annotation),
                ),
              })}
            >
              {t('owner.noneDeclared')}
            </span>
          </Fact>
        )}
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
        {(repository || template) && (
          <Fact
            name={t(
              template ? 'owner.repositoryAndTemplate' : 'owner.repository',
            )}
          >
            {repository ? (
              <Link to={repository.url} underline="always">
                {repository.name}
              </Link>
            ) : (
              MISSING
            )}
            {template && (
              <>
                {' · '}
                <EntityRefLink
                  entityRef={template.ref}
                  defaultKind="template"
                  underline="always"
                />
                {template.version && ` ${template.version}`}
              </>
            )}
          </Fact>
        )}
        <Fact name={t('owner.lastVerified')}>
          {lastRun ? (
            <>
              <Moment iso={lastRun.at} />, <RunBy by={lastRun.by} />
            </>
          ) : (
            t('owner.notYet')
          )}
        </Fact>
      </Facts>
      <Flags entity={entity} report={report} owner={owner} />
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
