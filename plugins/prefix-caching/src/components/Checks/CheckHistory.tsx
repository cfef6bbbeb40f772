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
import useAsync from 'react-use/lib/useAsync';
import type { VerdictChangeWithEvidence } from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../../api';
import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';
import { useReport } from '../../hooks/useReportContext';
import { Moment } from '../Moment';
import { StateLabel } from '../StateLabel';

const SHOWN = 20;

/** When a check's verdict changed, from what to what, and what that rested on; read when asked for. */
export function CheckHistory(props: { targetId: string; check: string }) {
  const { t } = useMessages();
  const id = useElementId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        color="primary"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t('history.title')}
      </Button>
      <div id={id} style={{ flexBasis: '100%' }}>
        {open && <Changes {...props} />}
      </div>
    </>
  );
}

function Changes(props: { targetId: string; check: string }) {
  const { targetId, check } = props;
  const api = useApi(prefixCachingApiRef);
  const { t } = useMessages();
  const { entityRef } = useReport();
  const { kind, namespace, name } = entityRef;
  const { value, error, loading } = useAsync(
    () =>
      api.getCheckHistory(
        { kind, namespace, name },
        { targetId, check, limit: SHOWN },
      ),
    [api, kind, namespace, name, targetId, check],
  );
  if (loading) {
    return <Typography variant="body2">{t('history.loading')}</Typography>;
  }
  if (error) {
    return (
      <Typography variant="body2" role="alert">
        {t('history.failed', { message: error.message })}
      </Typography>
    );
  }
  return value === undefined || value.items.length === 0 ? (
    <Typography variant="body2">{t('history.none')}</Typography>
  ) : (
    <ol
      aria-label={t('history.of', { check })}
      style={{ margin: 0, paddingLeft: 18 }}
    >
      {value.items.map(change => (
        <li key={`${change.at} ${change.to}`}>
          <Change change={change} />
        </li>
      ))}
    </ol>
  );
}

function Change({ change }: { change: VerdictChangeWithEvidence }) {
  const { from, to, at, summary, evidence } = change;
  return (
    <>
      <Moment iso={at} />{' '}
      {from && (
        <>
          <StateLabel state={from} size="small" /> →{' '}
        </>
      )}
      <StateLabel state={to} size="small" /> {summary}
      {evidence.length > 0 && (
        <div>
          {evidence.map(({ subject, value }) => (
            <div key={`${subject} ${value}`}>
              {subject}: <code>{value}</code>
            </div>
          ))}
        </div>
      )}
    </>
  );
}
