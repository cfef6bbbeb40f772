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

import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import type { TargetReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import type { ProbeAnswer } from '../../hooks/useProbes';
import { replicaCounts, targetLabel } from '../../model';
import { Moment } from '../Moment';

/** One service that may be probed, or why it may not. */
export function ServiceChoice(props: {
  target: TargetReport;
  answer?: ProbeAnswer;
  chosen: boolean;
  onToggle(): void;
}) {
  const { target, answer, chosen, onToggle } = props;
  const { t } = useMessages();
  const offer = answer?.probes?.offer;
  const possible = offer?.possible === true;
  return (
    <div>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            color="primary"
            checked={possible && chosen}
            disabled={!possible}
            onChange={onToggle}
          />
        }
        label={
          <Typography variant="body2">
            {`${targetLabel(target)} · ${target.name}, ${t(
              'replica.ready',
              replicaCounts(target),
            )}`}
          </Typography>
        }
      />
      {!possible && (
        <Typography variant="caption" display="block">
          {answer?.error?.message ?? offer?.reason ?? t('probe.loading')}{' '}
          {offer?.nextAt && (
            <>
              {t('probe.nextAt')} <Moment iso={offer.nextAt} />
            </>
          )}
        </Typography>
      )}
    </div>
  );
}
