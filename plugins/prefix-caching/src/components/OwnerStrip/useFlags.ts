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

import type { Entity } from '@backstage/catalog-model';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { formatList } from '../../format';
import { useMessages } from '../../hooks/useMessages';
import type { Owner } from '../../hooks/useOwner';
import { checkGroups, checkName } from '../../model';
import { useStateStyles } from '../../states';

const ORPHAN = 'backstage.io/orphan';
const FAILURE_MODE = 'router.failure-mode';
const BACK_REFERENCE = 'ownership.back-reference';

/** Something that is risky, in two or three words, with its explanation. */
export interface RedFlag {
  name: string;
  text: string;
  /** The check that says so, where one does. */
  check?: string;
  targetId?: string;
}

/** The red flags of an entity and its services; those of its ownership come first. */
export function useFlags(
  entity: Entity,
  report: EntityReport,
  owner: Owner | undefined,
): RedFlag[] {
  const { t } = useMessages();
  const { word } = useStateStyles()('advice');
  const advice = checkGroups(report.targets)
    .flatMap(group => group.rows)
    .filter(row => row.worst.state === 'advice')
    .map(row => ({
      name: nameOf(row.check),
      text: row.worst.finding.summary,
      check: row.check,
      targetId: row.worst.target.targetId,
    }));
  return [...ownership(), ...backReference(), ...advice];

  function ownership(): RedFlag[] {
    const flags: RedFlag[] = [];
    if (owner === undefined) {
      flags.push({ name: t('flag.noOwner'), text: t('flag.noOwnerText') });
    } else if (owner.missing) {
      flags.push({
        name: t('flag.ownerMissing'),
        text: t('flag.ownerMissingText', { owner: owner.ref }),
      });
    }
    if (entity.metadata.annotations?.[ORPHAN] === 'true') {
      flags.push({ name: t('flag.orphan'), text: t('flag.orphanText') });
    }
    return flags;
  }

  function backReference(): RedFlag[] {
    const unproved = report.targets.filter(
      target =>
        !target.backReference && target.verification?.phase !== 'absent',
    );
    const told = advice.some(({ check }) => check === BACK_REFERENCE);
    if (unproved.length === 0 || told) {
      return [];
    }
    const [first] = unproved;
    const finding = first.verification?.findings.find(
      ({ check }) => check === BACK_REFERENCE,
    );
    return [
      {
        name: t('flag.backReference'),
        text: t('flag.backReferenceText', {
          services: formatList(
            unproved.map(({ namespace, name }) => `${namespace}/${name}`),
          ),
        }),
        check: finding?.check,
        targetId: first.targetId,
      },
    ];
  }

  function nameOf(check: string): string {
    switch (check) {
      case FAILURE_MODE:
        return entity.spec?.lifecycle === 'production'
          ? t('flag.failOpen')
          : `${word}: ${checkName(check)}`;
      case BACK_REFERENCE:
        // The same check also says when several entities claim a service.
        return report.targets.some(target => !target.backReference)
          ? t('flag.backReference')
          : `${word}: ${checkName(check)}`;
      default:
        return `${word}: ${checkName(check)}`;
    }
  }
}
