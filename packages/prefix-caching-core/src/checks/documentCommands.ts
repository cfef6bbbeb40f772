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

/** A command the reference document verifies by, and what stands for it here. */
export interface DocumentCommand {
  command: string;
  expects: string;
  today: string;
  checks: readonly string[];
}

/** The document's verification commands, in its order. */
export const DOCUMENT_COMMANDS: readonly DocumentCommand[] = [
  {
    command:
      'get pod -l kserve.io/component=workload | grep enable-prefix-caching',
    expects: '`--enable-prefix-caching` in the arguments',
    today:
      'The flag may be absent: it is the default. All pods are looked at, and what the engine itself reports counts more.',
    checks: ['engine.prefix-caching'],
  },
  {
    command: 'get inferencepool',
    expects: 'a pool made by KServe',
    today: 'The pool that the route really names, in the group it names.',
    checks: ['router.pool'],
  },
  {
    command: 'get pods -l app.kubernetes.io/component=router-scheduler',
    expects: '1 running pod',
    today:
      'The label is `llminferenceservice-router-scheduler`; pods with the old one are found too.',
    checks: ['router.available'],
  },
  {
    command: 'exec EPP -- curl localhost:9090/metrics | grep scorer',
    expects: 'scoring decisions',
    today:
      'The endpoint wants a token, and its scorer metrics are durations. The live weights are read from the pod.',
    checks: ['router.metrics', 'router.scorers'],
  },
  {
    command: 'logs -l app.kubernetes.io/component=router-scheduler',
    expects: 'routing decisions',
    today: 'Counters of picker and engines are compared over two samples.',
    checks: ['routing.bypass'],
  },
  {
    command: 'get / describe envoyfilter',
    expects: 'a filter with 4 route matches',
    today: 'No such filter: Istio calls the picker by itself.',
    checks: ['gateway.request-body'],
  },
  {
    command: 'get networkpolicy',
    expects: 'selector `kserve.io/component: workload`',
    today:
      'That label alone selects every model of the namespace. Each required flow is evaluated.',
    checks: ['network.policies'],
  },
];
