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

import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { useMessages } from '../../hooks/useMessages';
import { checkGroups } from '../../model';
import { Section } from '../Section';
import { StateLabel } from '../StateLabel';
import { Policy } from './Policy';

/** What the endpoint picker weighs, as it runs; the document's weights only as its claim. */
export function RoutingPolicy(props: { report: EntityReport }) {
  const { t } = useMessages();
  const scorers = checkGroups(props.report.targets)
    .flatMap(group => group.rows)
    .find(row => row.check === 'router.scorers');
  const alike = groupByPolicy(props.report.targets);
  return (
    <Section
      title={t('policy.title')}
      caption={t('policy.caption')}
      actions={scorers && <StateLabel state={scorers.worst.state} />}
    >
      {alike.map(targets => (
        <Policy key={targets[0].targetId} targets={targets} />
      ))}
    </Section>
  );
}

/** Targets with the same live configuration are shown once. */
function groupByPolicy(targets: TargetReport[]): TargetReport[][] {
  const groups = new Map<string, TargetReport[]>();
  for (const target of targets) {
    const key = JSON.stringify(target.policy?.config.profiles ?? []);
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()];
}
