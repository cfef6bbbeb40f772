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
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatDuration } from '../../format';
import { useElementId } from '../../hooks/useElementId';
import { useMessages } from '../../hooks/useMessages';
import { sampleSeconds } from '../../model';
import { Section } from '../Section';
import { FlowSteps } from './FlowSteps';
import { Lane } from './Lane';

/** Where a request breaks: one lane per target, one box per station. */
export function RequestPath(props: { report: EntityReport }) {
  const { t } = useMessages();
  const stepsId = useElementId();
  const [stepsOpen, setStepsOpen] = useState(false);
  const { targets } = props.report;
  const seconds = targets.map(sampleSeconds).find(value => value !== undefined);
  return (
    <Section
      title={t('path.title')}
      caption={
        seconds === undefined
          ? t('path.captionNoSamples')
          : t('path.caption', { period: formatDuration(seconds * 1000) })
      }
      actions={
        // Up here, for under the lanes it would not fit the first screen.
        <Button
          size="small"
          color="primary"
          endIcon={stepsOpen ? <ExpandLess /> : <ExpandMore />}
          aria-expanded={stepsOpen}
          aria-controls={stepsId}
          onClick={() => setStepsOpen(!stepsOpen)}
        >
          {t('flow.title')}
        </Button>
      }
    >
      {targets.map(target => (
        <Lane key={target.targetId} target={target} />
      ))}
      <FlowSteps id={stepsId} open={stepsOpen} targets={targets} />
    </Section>
  );
}
