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

import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import RefreshIcon from '@material-ui/icons/Refresh';
import type { ReportFeed } from '../../hooks/useEntityReport';
import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';

/** Has everything verified now; says why when it may not. */
export function VerifyButton(props: {
  allowed: boolean;
  primary: boolean;
  feed: ReportFeed;
}) {
  const { t } = useMessages();
  const reasonId = useElementId();
  const { verify, verifying } = props.feed;
  return (
    <div>
      <Button
        size="small"
        color="primary"
        variant={props.primary ? 'contained' : 'outlined'}
        startIcon={<RefreshIcon />}
        disabled={!props.allowed || verifying}
        aria-describedby={props.allowed ? undefined : reasonId}
        onClick={verify}
      >
        {verifying ? t('verify.running') : t('verify.action')}
      </Button>
      {!props.allowed && (
        <Typography id={reasonId} variant="caption" display="block">
          {t('verify.notAllowed')}
        </Typography>
      )}
    </div>
  );
}
