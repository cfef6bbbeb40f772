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

/** What the documentation says of a check beyond what the check says itself. */
export interface CheckGuide {
  question: string;
  inconclusive: string;
  skipped: string;
  /** Known problems it shows, by where they were reported. */
  catches: readonly { issue: string; shows: string }[];
}

const FILES = 'From files: they cannot tell.';

/** One guide per check, by its id. */
export const CHECK_GUIDES: Record<string, CheckGuide> = {
  'engine.prefix-caching': {
    question:
      'Is prefix caching on in every engine? The engine itself decides (`vllm:cache_config_info`), then an off switch, then an on switch, then the default of its release.',
    inconclusive:
      'No engine runs, pods may not be read, or the release has no known default and its metrics did not answer.',
    skipped: 'The files hold no engine container.',
    catches: [],
  },
  'engine.arguments': {
    question:
      'Do the arguments start the engine, and start it as they are written?',
    inconclusive: 'No engine runs that would prove it.',
    skipped: 'The files hold no engine container.',
    catches: [
      {
        issue: 'kserve#4883, opendatahub-io/kserve#1005, vllm#29402',
        shows:
          '`--disable-log-requests` was removed, and the engine ends with "unrecognized arguments".',
      },
    ],
  },
  'engine.replicas': {
    question:
      'Are there two ready engines or more, each on the accelerator that was asked for?',
    inconclusive: 'Engines are starting, or pods may not be read.',
    skipped: 'The files give no number of replicas.',
    catches: [],
  },
  'router.available': {
    question: 'Is an Endpoint Picker asked for, and does one serve?',
    inconclusive: 'It is starting, or pods may not be read.',
    skipped: FILES,
    catches: [
      {
        issue: 'llm-d-router#1290',
        shows:
          'Several pickers without leader election each know only their own picks.',
      },
      {
        issue: 'llm-d-router#1158',
        shows:
          'A picker that is restarted for want of memory forgets its index.',
      },
    ],
  },
  'router.scorers': {
    question:
      'Does the running picker weigh what replicas hold? Its own command, arguments or mounted configuration decide, not what the service declares.',
    inconclusive:
      'No picker runs, its configuration cannot be read, or it carries no configuration flag.',
    skipped: 'The files give no weights.',
    catches: [
      {
        issue: 'llm-d-router#1289',
        shows: 'A prefix scorer whose producer is not configured scores 0.',
      },
    ],
  },
  'router.pool': {
    question:
      'Does the pool that the route names exist, find the ready engines and nobody else, and agree with picker and Service on group and ports?',
    inconclusive:
      'No engine is ready, or pools, routes or pods may not be read.',
    skipped: 'From files: only a cluster shows which pods a pool selects.',
    catches: [
      {
        issue: 'opendatahub-io/kserve#1090, #1097',
        shows:
          'The pool names port 8000 instead of 9002, or the picker watches the other API group.',
      },
      {
        issue: 'kserve#5050',
        shows: 'The route names a group that is not served.',
      },
      {
        issue: 'kserve#5442, #5441',
        shows: 'The Service lacks the port at which the pool calls its picker.',
      },
    ],
  },
  'router.metrics': {
    question:
      'Can the picker be scraped, and does it see as many endpoints as engines are ready?',
    inconclusive: 'It did not answer, or has not been scraped yet.',
    skipped: 'No token is configured for it, or only files are there.',
    catches: [
      {
        issue: 'llm-d-router#2370, gateway-api-inference-extension#1637, #1639',
        shows:
          '401 without a valid token, 403 without the right to read, 500 where the picker cannot check tokens.',
      },
      {
        issue: 'inference-perf#277',
        shows:
          'The engine renamed its KV cache metric, and the picker believes every cache empty.',
      },
    ],
  },
  'gateway.routes': {
    question:
      'Do completions and chat completions go to an InferencePool, by the rule that Gateway API picks, and did the gateway accept the route?',
    inconclusive: 'No route was found, or no gateway has accepted it yet.',
    skipped: 'From files: only a cluster shows whether a route is accepted.',
    catches: [
      {
        issue: 'kserve#5986',
        shows: 'The route is not accepted; its condition says why.',
      },
      {
        issue: 'kserve#5800',
        shows: 'Two services of one model name collide under model routing.',
      },
      {
        issue: 'kserve#5050',
        shows: 'The backend is not resolved, and every request returns 503.',
      },
    ],
  },
  'gateway.request-body': {
    question:
      'Who hands the request body to the picker? Istio does it by itself; an EnvoyFilter can only break it.',
    inconclusive:
      'EnvoyFilters may not be read, nothing shows that Istio calls the picker, or the gateway is not run by Istio.',
    skipped: 'From files without an EnvoyFilter.',
    catches: [
      {
        issue: 'gateway-api-inference-extension#1344',
        shows:
          "Istio's switch for InferencePools is off; there is no shadow Service.",
      },
      {
        issue: 'the reference document itself',
        shows:
          'Its EnvoyFilter matches every route of the gateway and removes the call to the picker.',
      },
    ],
  },
  'gateway.picker-tls': {
    question:
      'Do gateway and picker speak the same, TLS or plain text, and does nothing stand in between?',
    inconclusive:
      'DestinationRules or pods may not be read, no picker runs, or the gateway is not run by Istio.',
    skipped: 'The files hold no Deployment of the picker.',
    catches: [
      {
        issue: 'istio#59577',
        shows: 'All conditions are green, and every request returns 500.',
      },
      {
        issue: 'kserve#5716',
        shows: "KServe's TLS is off, and the picker still serves TLS.",
      },
    ],
  },
  'gateway.shared-picker': {
    question:
      'Does each route end at the picker of its own pool, and not at that of another service?',
    inconclusive:
      'Routes may not be read, or the Istio release that decides is not known.',
    skipped: 'The files ask for no route or no picker.',
    catches: [
      {
        issue: 'istio#58392, #58004',
        shows:
          'Before Istio 1.28.5 routes of one host are merged, and one picker is kept.',
      },
      {
        issue: 'istio#61594',
        shows: 'Equal rule names on one gateway share a picker.',
      },
    ],
  },
  'network.policies': {
    question:
      'Where there are NetworkPolicies: do they let through what has to get through, and do they select pods at all?',
    inconclusive:
      'They may not be read, no pod exists, or they go by labels nobody read.',
    skipped: 'There are none, and nothing said of the service calls for them.',
    catches: [],
  },
  'routing.bypass': {
    question: 'Do engines serve requests that the picker never saw?',
    inconclusive: 'No traffic, fewer than two samples, or no metrics.',
    skipped: FILES,
    catches: [
      {
        issue: 'opendatahub-io/kserve#749',
        shows:
          'The pool fails open: requests return 200 while the picker is never asked.',
      },
    ],
  },
  'routing.delivered-hits': {
    question:
      'How many prompt tokens did the engines really take from cache, and is a low figure a fault or are prompts just different?',
    inconclusive:
      'Fewer than two samples, too few prompt tokens between them, or no metrics.',
    skipped: FILES,
    catches: [
      {
        issue: 'llm-d-router#2897, gateway-api-inference-extension#1304, #1512',
        shows: 'The picker predicts hits that the engines do not deliver.',
      },
      {
        issue: 'vllm#54607, #53749, llm-d-router#1650',
        shows:
          'A block larger than the shared prefix never hits, while everything looks healthy.',
      },
    ],
  },
  'status.conditions': {
    question: 'What does KServe itself say of the service?',
    inconclusive: 'It has not reported yet, or the service may not be read.',
    skipped: 'From files, or while the service is stopped on purpose.',
    catches: [],
  },
};
