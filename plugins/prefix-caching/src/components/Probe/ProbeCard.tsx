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

import Typography from '@material-ui/core/Typography';
import { probeRunPermission } from 'backstage-plugin-prefix-caching-common';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { targetLabel } from '../../model';
import { ScrollArea } from '../ScrollArea';
import { Section } from '../Section';
import { LastProbes } from './LastProbes';
import { ProbeButton } from './ProbeButton';
import { useProbeDialog } from './ProbeProvider';

/** The last probes, and the way to run one. */
export function ProbeCard(props: { report: EntityReport }) {
  const { report } = props;
  const { t } = useMessages();
  const { feed, open } = useProbeDialog() ?? {};
  return (
    <Section
      title={t('probe.title')}
      caption={t('probe.caption')}
      actions={<ProbeButton />}
    >
      <ScrollArea name={t('probe.last')}>
        <LastProbes targets={report.targets} answers={feed?.answers ?? {}} />
      </ScrollArea>
      {report.targets.map(target => {
        const error = feed?.answers[target.targetId]?.error;
        return (
          error && (
            <Typography key={target.targetId} variant="body2" role="alert">
              {t('probe.notRead', {
                target: targetLabel(target),
                message: error.message,
              })}
            </Typography>
          )
        );
      })}
      {open === undefined && (
        <Typography variant="caption" display="block">
          {t('probe.notAllowed', { permission: probeRunPermission.name })}
        </Typography>
      )}
    </Section>
  );
}
