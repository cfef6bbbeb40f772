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
import Typography from '@material-ui/core/Typography';
import { LLM_INFERENCE_SERVICES_ANNOTATION } from 'backstage-plugin-prefix-caching-common';
import type { Finding } from 'prefix-caching-core';
import { useMessages } from '../../hooks/useMessages';
import { Command } from '../Command';
import { Section } from '../Section';

/** The template's name in the catalog of the portal that ships it. */
const TEMPLATE_PATH = '/create/templates/default/prefix-caching-deployment';

/** For an entity that names no service: how to name one, or to make one. */
export function NoServicesCard(props: { problem: Finding }) {
  const { t } = useMessages();
  return (
    <Section title={t('noServices.title')}>
      <Typography variant="body2">
        {props.problem.summary} {t('noServices.text')}
      </Typography>
      <Command
        purpose={t('noServices.annotation')}
        text={`metadata:\n  annotations:\n    ${LLM_INFERENCE_SERVICES_ANNOTATION}: my-namespace/my-gpu-service,my-namespace/my-tpu-service`}
      />
      <Typography variant="body2">
        <Link to={TEMPLATE_PATH} underline="always">
          {t('noServices.template')}
        </Link>
      </Typography>
    </Section>
  );
}
