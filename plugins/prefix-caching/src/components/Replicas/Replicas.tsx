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
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatDuration } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import { sampleSeconds } from '../../model';
import { ScrollArea } from '../ScrollArea';
import { Section } from '../Section';
import { ReplicaTable } from './ReplicaTable';

/** Hot spots and cold replicas: who gets the requests, and what is in each cache. */
export function Replicas(props: { report: EntityReport }) {
  const { t } = useMessages();
  const { targets } = props.report;
  const seconds = targets.map(sampleSeconds).find(value => value !== undefined);
  return (
    <Section
      title={t('replicas.title')}
      caption={
        seconds === undefined
          ? t('replicas.captionNoSamples')
          : t('replicas.caption', { period: formatDuration(seconds * 1000) })
      }
    >
      <ScrollArea name={t('matrix.replicas')}>
        <ReplicaTable targets={targets} />
      </ScrollArea>
      <Typography variant="caption">{t('replicas.note')}</Typography>
    </Section>
  );
}
