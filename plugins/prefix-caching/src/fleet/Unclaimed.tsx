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

import { ResponseErrorPanel } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { ResponseError } from '@backstage/errors';
import { clusterReadPermission } from 'backstage-plugin-prefix-caching-common';
import useAsync from 'react-use/lib/useAsync';
import { prefixCachingApiRef } from '../api';
import { CopyButton } from '../components/CopyButton';
import { LoadingCard } from '../components/LoadingCard';
import { ScrollArea } from '../components/ScrollArea';
import { StateCard } from '../components/StateCard';
import { formatCount, MISSING } from '../format';
import { useMessages } from '../hooks/useMessages';

/** Services in the clusters that no entity claims, each with an entity to register. */
export function Unclaimed() {
  const { t } = useMessages();
  const api = useApi(prefixCachingApiRef);
  const { value, error, loading } = useAsync(() => api.getUnclaimed(), [api]);
  if (loading) {
    return <LoadingCard />;
  }
  if (error instanceof ResponseError && error.response.status === 403) {
    return (
      <StateCard
        state="noPermission"
        sentence={t('fleet.unclaimed.noPermission')}
      >
        <Typography variant="body2">
          {t('noPermission.needs', { permission: clusterReadPermission.name })}
        </Typography>
      </StateCard>
    );
  }
  if (error || value === undefined) {
    return error ? <ResponseErrorPanel error={error} /> : null;
  }
  return (
    <>
      {value.gaps.map(gap => (
        <Typography key={gap.cluster} variant="body2" gutterBottom>
          {[`${gap.cluster}: ${gap.message}`, gap.remedy]
            .filter(Boolean)
            .join(' ')}
        </Typography>
      ))}
      {value.items.length === 0 ? (
        <Typography variant="body2">{t('fleet.unclaimed.none')}</Typography>
      ) : (
        <ScrollArea name={t('fleet.scope.unclaimed')}>
          <Table size="small" aria-label={t('fleet.scope.unclaimed')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('fleet.column.service')}</TableCell>
                <TableCell>{t('fleet.column.model')}</TableCell>
                <TableCell>{t('fleet.column.accelerator')}</TableCell>
                <TableCell align="right">
                  {t('fleet.unclaimed.replicas')}
                </TableCell>
                <TableCell>{t('fleet.unclaimed.entity')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {value.items.map(item => (
                <TableRow
                  key={`${item.cluster}/${item.namespace}/${item.name}`}
                >
                  <TableCell component="th" role="rowheader" scope="row">
                    {`${item.cluster}/${item.namespace}/${item.name}`}
                  </TableCell>
                  <TableCell>{item.model ?? MISSING}</TableCell>
                  <TableCell>{item.accelerator?.name ?? MISSING}</TableCell>
                  <TableCell align="right">
                    {formatCount(item.replicas?.desired)}
                  </TableCell>
                  <TableCell>
                    <CopyButton text={() => item.catalogInfo}>
                      catalog-info.yaml
                    </CopyButton>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </ScrollArea>
      )}
    </>
  );
}
