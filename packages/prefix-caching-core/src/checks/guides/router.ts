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

import { NOT_FROM_FILES } from './types';
import type { CheckGuides } from './types';

/** Guides of the checks of the Endpoint Picker and its pool. */
export const ROUTER_GUIDES: CheckGuides = {
  'router.available': {
    question: 'Is an Endpoint Picker asked for, and does one serve?',
    matters:
      'Always. The pool fails open: without a picker requests go to any replica and return 200.',
    reads:
      "The service, the picker's Deployment and Pods, by today's label and by the document's.",
    pass: 'One or more are ready, with a leader where there are several.',
    warn: 'Several serve without a leader, or it restarted three times or more.',
    fail: 'None is asked for, none is ready, or its Deployment is missing or scaled to zero.',
    inconclusive: 'It is starting, or pods may not be read.',
    skipped: NOT_FROM_FILES,
    remedy:
      "Add `router.scheduler: {}` to the service; read the picker's log and events.",
  },
  'router.scorers': {
    question:
      'Does the running picker weigh what replicas hold? Its own command, arguments or mounted configuration decide, not what the service declares.',
    matters:
      'After every upgrade: the controller keeps the configuration it finds, so weights may be those of a release long gone.',
    reads:
      "The picker's command and arguments in every spelling of the flag, the ConfigMap behind `--config-file`, and what the service declares.",
    pass: 'A prefix scorer has a weight above 0, and its producer is there.',
    warn: 'A profile lacks the prefix scorer, or other weights run than are declared.',
    fail: 'No prefix scorer, weight 0, or one whose producer nobody configured.',
    inconclusive:
      'No picker runs, its configuration cannot be read, or it carries no configuration flag.',
    skipped: 'The files give no weights.',
    remedy:
      'Give `prefix-cache-scorer` a weight above 0 in `router.scheduler.config`, or in `--config-text` before KServe 0.17.',
  },
  'router.pool': {
    question:
      'Does the pool that the route names exist, find the ready engines and nobody else, and agree with picker and Service on group and ports?',
    matters:
      'Where both API groups of InferencePool are installed, after a migration between them, and where labels were overridden.',
    reads:
      "HTTPRoutes, InferencePools of both groups, the picker's flags, its Service, and Pods.",
    pass: 'The pool finds the ready engines.',
    warn: 'It selects pods of other services as well.',
    fail: 'It does not exist, selects none or not all ready engines, or contradicts route, picker or Service.',
    inconclusive:
      'No engine is ready, or pools, routes or pods may not be read.',
    skipped: 'From files: only a cluster shows which pods a pool selects.',
    remedy:
      'What the finding names: the group, the port or the selector, in the one place where it differs.',
  },
  'router.metrics': {
    question:
      'Can the picker be scraped, and does it see as many endpoints as engines are ready?',
    matters:
      'A picker that cannot read its engines scores them all alike. Its metrics are also what bypass and prediction are judged by.',
    reads:
      "The answer of the picker's `/metrics`, its ready endpoints and KV usage, the engines' own KV usage, and ready Pods.",
    pass: 'Its metrics are readable, and it sees every ready engine.',
    warn: 'It sees some engines, too many, or believes all caches empty.',
    fail: 'It refuses the token (401, 403), cannot check tokens (500), or sees no engine.',
    inconclusive: 'It did not answer, or has not been scraped yet.',
    skipped: 'No token is configured for it, or only files are there.',
    remedy:
      'Configure a token in `prefixCaching.metrics.tokens`; bind its account to nonResourceURL `/metrics`; bind the picker to `system:auth-delegator`.',
  },
  'router.failure-mode': {
    question: 'What happens to requests when the picker fails?',
    matters:
      'In production: every release of KServe sets FailOpen, so that a dead picker costs the cache and nobody sees it.',
    reads: 'The InferencePool, and the lifecycle of the entity.',
    pass: 'FailClose, or FailOpen outside production.',
    warn: 'FailOpen in production.',
    inconclusive: 'No pool was seen, or pools may not be read.',
    skipped: 'The files hold no pool.',
    remedy:
      'Alert on `routing.bypass` and `router.available`, or set `failureMode: FailClose` where losing the cache is worse than losing requests.',
  },
};
