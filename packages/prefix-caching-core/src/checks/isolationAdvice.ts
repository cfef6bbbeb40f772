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

import { judge, listed } from './judgement';
import type { Expectations, Judgement } from './types';

/** What the reference document says they are for, and what of it is said of this service. */
export function reasonsToIsolate({
  lifecycle,
  dataClass,
  tenancy,
}: Expectations): string[] {
  return [
    ...(lifecycle === 'production' ? ['it is in production'] : []),
    ...(/multi|shared/i.test(tenancy ?? '')
      ? ['the cluster has several tenants']
      : []),
    ...(/sensitive|customer|confidential|personal|pii|regulated|restricted|hipaa|pci|soc ?2/i.test(
      dataClass ?? '',
    ) && !/non.?sensitive/i.test(dataClass ?? '')
      ? [`its data is ${dataClass}`]
      : []),
  ];
}

/** What to say of a service that no policy isolates. */
export function withoutPolicies(expectations: Expectations): Judgement {
  const reasons = reasonsToIsolate(expectations);
  return reasons.length > 0
    ? judge(
        'warn',
        `No NetworkPolicy isolates this service, and ${reasons[0]}.`,
        `no policy selects its pods; ${listed(reasons)}`,
        {
          remedy:
            'Apply policies that let the gateway in at 9002 and 8000, and the picker to the engines at 8000.',
          responsible: 'owner',
        },
      )
    : judge(
        'skipped',
        'No NetworkPolicy selects these pods; prefix caching needs none.',
        'no policy selects its pods',
      );
}
