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

import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { prefixCachingApiRef } from '../../api';
import { useMessages } from '../../hooks/useMessages';
import { useReport } from '../../hooks/useReportContext';
import type { CheckCell } from '../../model';
import { waiverOf } from '../../states';
import { Moment } from '../Moment';
import { WaiveDialog } from './WaiveDialog';

/** What a waiver does not make sense for. */
const NOTHING_TO_ACCEPT = ['pass', 'skipped'];

/** Says that a finding was accepted, by whom, why and until when; lets those who may do either. */
export function WaiverNote(props: { cell: CheckCell }) {
  const { finding, target } = props.cell;
  const { check } = finding;
  const { targetId } = target;
  const { t } = useMessages();
  const api = useApi(prefixCachingApiRef);
  const { report, entityRef, feed } = useReport();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<Error>();
  const waiver = waiverOf(target, check);
  const may = report.permissions.waive === true;

  if (waiver !== undefined) {
    return (
      <div>
        <b>{t('waiver.accepted')}</b> <Moment iso={waiver.at} />,{' '}
        <EntityRefLink
          entityRef={waiver.by}
          defaultKind="user"
          underline="always"
        />
        . {t('waiver.until')} <Moment iso={waiver.expiresAt} />: {waiver.reason}{' '}
        {may && (
          <Button
            size="small"
            color="primary"
            onClick={() =>
              feed
                .take(api.unwaive(entityRef, { targetId, check }))
                .then(() => setError(undefined), setError)
            }
          >
            {t('waiver.withdraw')}
          </Button>
        )}
        {error && (
          <Typography variant="body2" role="alert">
            {error.message}
          </Typography>
        )}
      </div>
    );
  }
  if (!may || NOTHING_TO_ACCEPT.includes(finding.verdict)) {
    return null;
  }
  return (
    <>
      <Button size="small" color="primary" onClick={() => setOpen(true)}>
        {t('waiver.action')}
      </Button>
      {open && (
        <WaiveDialog
          check={check}
          onClose={() => setOpen(false)}
          onWaive={({ reason, expiresAt }) =>
            feed.take(
              api.waive(entityRef, { targetId, check, reason, expiresAt }),
            )
          }
        />
      )}
    </>
  );
}
