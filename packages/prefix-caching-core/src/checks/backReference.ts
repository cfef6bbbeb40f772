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

import { describeObject, ENTITY_REF_ANNOTATION } from '../kubernetes';
import type { Observation } from '../observation';
import { judge, kubectl } from './judgement';
import type { Expectations, Finding, Judgement } from './types';

/** Id of the finding on the link between entity and service. */
export const BACK_REFERENCE = 'ownership.back-reference';

/**
 * Whether the service names the entity back that claims it.
 *
 * An annotation on an entity is a claim, not a proof: anybody may write it.
 *
 * @public
 */
export function namesEntityBack(
  observation: Observation,
  entityRef: string,
): boolean {
  const named =
    observation.service?.metadata.annotations?.[ENTITY_REF_ANNOTATION];
  return named?.toLowerCase() === entityRef.toLowerCase();
}

function judgeReference(
  observation: Observation,
  expectations: Expectations,
): Judgement | undefined {
  const { entityRef, claimedBy = [] } = expectations;
  const others = [...new Set(claimedBy.map(ref => ref.toLowerCase()))].filter(
    ref => ref !== entityRef?.toLowerCase(),
  );
  if (entityRef === undefined) return undefined;
  const { service } = observation;
  if (!service) {
    return judge(
      'inconclusive',
      'The service was not read, so it cannot name an entity.',
      'no service',
    );
  }
  const named = service.metadata.annotations?.[ENTITY_REF_ANNOTATION];
  const evidence = [
    {
      subject: describeObject(service),
      value: `${ENTITY_REF_ANNOTATION}: ${named ?? 'absent'}`,
    },
  ];
  if (!namesEntityBack(observation, entityRef)) {
    return judge(
      'warn',
      named
        ? 'The service names another entity, not this one.'
        : 'The service does not name this entity back.',
      named ?? 'no such annotation',
      {
        evidence,
        remedy: `Annotate the service ${ENTITY_REF_ANNOTATION}: ${entityRef}; until then its arguments and logs are not shown here.`,
      },
    );
  }
  return others.length > 0
    ? judge(
        'warn',
        others.length === 1
          ? 'Another entity claims this service too.'
          : `${others.length} other entities claim this service too.`,
        `claimed by ${others.length + 1} entities`,
        {
          evidence,
          remedy: 'Take the annotation off the entities it does not belong to.',
        },
      )
    : judge('pass', 'The service names this entity.', named ?? entityRef, {
        evidence,
      });
}

/** The finding on the link between entity and service; none where no entity asks. */
export function backReferenceFindings(
  observation: Observation,
  expectations: Expectations,
): Finding[] {
  const judged = judgeReference(observation, expectations);
  if (!judged) return [];
  const { namespace, name } = observation.target;
  return [
    {
      check: BACK_REFERENCE,
      component: 'status',
      requirement: 'advice',
      expected: `annotation ${ENTITY_REF_ANNOTATION}: ${expectations.entityRef}, claimed by one entity`,
      responsible: 'owner',
      commands: [
        kubectl(
          'what the service names',
          'get',
          'llmisvc',
          name,
          '-n',
          namespace,
          '-o',
          'jsonpath={.metadata.annotations}',
        ),
      ],
      ...judged,
      evidence: judged.evidence ?? [],
    },
  ];
}
