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
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Finding } from 'prefix-caching-core';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { useCheckLink } from '../../hooks/useCheckLink';
import { useMessages } from '../../hooks/useMessages';
import { checkName } from '../../model';

/**
 * Who can mend a finding; where it follows from another one, that one, so
 * that one team is called and not three.
 */
export function Responsible(props: {
  finding: Finding;
  targetId: string;
  responsible: EntityReport['responsible'];
}) {
  const { t } = useMessages();
  const checkLink = useCheckLink();
  const { causedBy } = props.finding;
  if (causedBy !== undefined) {
    return (
      <>
        {t('responsible.follows')}{' '}
        <Link to={checkLink(causedBy, props.targetId)} underline="always">
          {checkName(causedBy)}
        </Link>
      </>
    );
  }
  return (
    <ResponsibleTeam
      who={props.finding.responsible}
      responsible={props.responsible}
    />
  );
}

/** A team by its role; its role alone where no team is configured. */
export function ResponsibleTeam(props: {
  who: Finding['responsible'];
  responsible: EntityReport['responsible'];
}) {
  const { t } = useMessages();
  const ref = props.responsible[props.who];
  return ref === undefined ? (
    <>{t(`responsible.${props.who}`)}</>
  ) : (
    <EntityRefLink entityRef={ref} defaultKind="group" underline="always" />
  );
}
