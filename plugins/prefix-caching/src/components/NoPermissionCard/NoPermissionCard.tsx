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

import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityRefLinks,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { verificationReadPermission } from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { StateCard } from '../StateCard';

/** For those who may not read verifications: whom to ask, and nothing of a verdict. */
export function NoPermissionCard(props: { entity: Entity }) {
  const { t } = useMessages();
  const owners = getEntityRelations(props.entity, RELATION_OWNED_BY);
  return (
    <StateCard state="noPermission" sentence={t('noPermission.sentence')}>
      <Typography variant="body2">
        {t('noPermission.needs', {
          permission: verificationReadPermission.name,
        })}{' '}
        {owners.length > 0 && (
          <>
            {t('noPermission.ask')}{' '}
            <EntityRefLinks
              entityRefs={owners}
              defaultKind="group"
              underline="always"
            />
          </>
        )}
      </Typography>
    </StateCard>
  );
}
