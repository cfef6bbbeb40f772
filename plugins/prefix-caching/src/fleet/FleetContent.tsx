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

import { useEffect, useState } from 'react';
import { ResponseErrorPanel } from '@backstage/core-components';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ResponseError } from '@backstage/errors';
import { verificationReadPermission } from 'backstage-plugin-prefix-caching-common';
import useAsync from 'react-use/lib/useAsync';
import { ChoiceGroup } from '../components/ChoiceGroup';
import { LoadingCard } from '../components/LoadingCard';
import { Section } from '../components/Section';
import { StateCard } from '../components/StateCard';
import { formatClock } from '../format';
import { ClockProvider } from '../hooks/useClock';
import { useMessages } from '../hooks/useMessages';
import { FleetFilters } from './FleetFilters';
import { FleetMatrix } from './FleetMatrix';
import { FleetSummary } from './FleetSummary';
import { FleetTable } from './FleetTable';
import { Unclaimed } from './Unclaimed';
import { useFleet } from './useFleet';
import { scopeOf, toQuery, useFleetQuery } from './useFleetQuery';

const useStyles = makeStyles({
  root: { display: 'grid', gap: 12, gridTemplateColumns: 'minmax(0, 1fr)' },
});

/** Every service the user may see, worst first. */
export function FleetContent() {
  const classes = useStyles();
  const { t } = useMessages();
  const identityApi = useApi(identityApiRef);
  const { value: identity, loading } = useAsync(
    () => identityApi.getBackstageIdentity(),
    [identityApi],
  );
  const owners = identity?.ownershipEntityRefs ?? [];
  const { choice, change, turn } = useFleetQuery();
  const [listed, setListed] = useState<string[]>();
  const scope = scopeOf(choice, owners, listed);
  const { page, receivedAt, error } = useFleet(
    // Mine cannot be asked for before it is known who that is.
    loading && scope === 'mine' ? undefined : toQuery(choice, scope, owners),
  );
  useEffect(() => setListed(page?.choices.owners), [page]);

  if (error instanceof ResponseError && error.response.status === 403) {
    return (
      <StateCard state="noPermission" sentence={t('fleet.noPermission')}>
        <Typography variant="body2">
          {t('noPermission.needs', {
            permission: verificationReadPermission.name,
          })}
        </Typography>
      </StateCard>
    );
  }
  if (page === undefined || receivedAt === undefined) {
    return error ? <ResponseErrorPanel error={error} /> : <LoadingCard />;
  }
  return (
    <ClockProvider generatedAt={page.generatedAt} receivedAt={receivedAt}>
      <div className={classes.root} data-prefix-caching="fleet">
        {/* Both count everything that is visible, and so do the rows they lead to. */}
        <FleetSummary
          totals={page.totals}
          chosen={choice.filters.verdict}
          onChoose={verdict => change({ verdict, scope: 'all' })}
        />
        {page.cells.length > 0 && (
          <FleetMatrix
            page={page}
            onChoose={part => change({ ...part, scope: 'all' })}
          />
        )}
        <Section
          title={t('fleet.title')}
          caption={
            error
              ? t('fleet.refreshFailed', { time: formatClock(receivedAt) })
              : undefined
          }
          actions={
            <ChoiceGroup
              name={t('fleet.scope.title')}
              chosen={scope}
              choices={(['mine', 'all', 'unclaimed'] as const).map(id => ({
                id,
                label: t(`fleet.scope.${id}`),
              }))}
              onChoose={id => change({ scope: id })}
            />
          }
        >
          {scope === 'unclaimed' ? (
            <Unclaimed />
          ) : (
            <>
              <FleetFilters
                choice={choice}
                choices={page.choices}
                onChange={change}
              />
              <FleetTable
                page={page}
                offset={choice.offset}
                limit={choice.limit}
                onTurn={turn}
              />
            </>
          )}
        </Section>
      </div>
    </ClockProvider>
  );
}
