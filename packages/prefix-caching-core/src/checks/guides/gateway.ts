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

import type { CheckGuides } from './types';

/** Guides of the checks of the gateway and of the network. */
export const GATEWAY_GUIDES: CheckGuides = {
  'gateway.routes': {
    question:
      'Do completions and chat completions go to an InferencePool, by the rule that Gateway API picks, and did the gateway accept the route?',
    matters:
      'Always. A path that goes to the Service instead of the pool is answered, and the picker never sees it.',
    reads:
      'HTTPRoutes with their backends and conditions, and services on the same gateway.',
    pass: 'Every prompt path goes to the pool, and the gateway accepts the route.',
    warn: 'Another service of the namespace has the same model name.',
    fail: 'The gateway refuses the route, or a prompt path goes around the picker.',
    inconclusive: 'No route was found, or no gateway has accepted it yet.',
    skipped: 'From files: only a cluster shows whether a route is accepted.',
    remedy:
      "Send completions and chat completions to the InferencePool alone; mend what the route's condition names.",
  },
  'gateway.request-body': {
    question:
      'Who hands the request body to the picker? Istio does it by itself; an EnvoyFilter can only break it.',
    matters:
      'Where somebody followed an older guide: a filter for request bodies removes the call to the picker, and requests still return 200.',
    reads:
      "EnvoyFilters beside the gateway and in Istio's root namespace, Istio's shadow Service of the pool, and the feature switch on istiod.",
    pass: 'Istio hands it over, and no EnvoyFilter interferes; or counters prove it twice in a row.',
    warn: 'A filter matches nothing, or would do harm and was seen not to.',
    fail: "A filter removes the call, replaces it or hands over the body in another mode; or Istio's support is off.",
    inconclusive:
      'EnvoyFilters may not be read, nothing shows that Istio calls the picker, or the gateway is not run by Istio.',
    skipped: 'From files without an EnvoyFilter.',
    remedy:
      'Remove the filter; set `ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true` on istiod.',
  },
  'gateway.picker-tls': {
    question:
      'Do gateway and picker speak the same, TLS or plain text, and does nothing stand in between?',
    matters:
      'Where TLS of the platform was switched off or on: the picker serves TLS unless told not to, and only a DestinationRule makes the gateway speak it.',
    reads:
      "The picker's flags, DestinationRules that reach its host, Pods for sidecars, and the schemes of engines and scrapes.",
    pass: 'Both speak TLS, or both plain text.',
    warn: "The gateway verifies the picker's own certificate without its CA, or a sidecar is in the way.",
    fail: 'One speaks TLS and the other plain text.',
    inconclusive:
      'DestinationRules or pods may not be read, no picker runs, or the gateway is not run by Istio.',
    skipped: 'The files hold no Deployment of the picker.',
    remedy:
      "Add a DestinationRule with mode SIMPLE for the picker's Service, or `--secure-serving=false` to the picker.",
  },
  'gateway.shared-picker': {
    question:
      'Does each route end at the picker of its own pool, and not at that of another service?',
    matters:
      'As soon as a second service stands behind one gateway, as a GPU and a TPU service of one model do.',
    reads:
      "HTTPRoutes of all services on the gateway with hosts and rule names, Istio's release, and the counters of neighbours.",
    pass: 'No other service on the gateway shares it; or counters prove it twice in a row.',
    warn: 'It may be shared, by a release of Istio that some patches have mended.',
    fail: 'Routes share a host or rule names in a release of Istio that mixes them, or one rule mixes backends.',
    inconclusive:
      'Routes may not be read, or the Istio release that decides is not known.',
    skipped: 'The files ask for no route or no picker.',
    remedy:
      'Give each service a host of its own, rules of its own names, and each rule one pool.',
  },
  'network.policies': {
    question:
      'Where there are NetworkPolicies: do they let through what has to get through, and do they select pods at all?',
    matters:
      'Where isolation is asked for: production, confidential data, several tenants. Caching itself needs none.',
    reads:
      'NetworkPolicies of the namespaces involved, labels of Pods and namespaces; lifecycle, data class and tenancy.',
    pass: 'They let the required traffic through, and select pods.',
    warn: 'They select no pod, let everybody in, or are missing where they are advised.',
    fail: 'A required connection is blocked.',
    inconclusive:
      'They may not be read, no pod exists, or they go by labels nobody read.',
    skipped: 'There are none, and nothing said of the service calls for them.',
    remedy:
      'Open the ports the finding names; select pods by `app.kubernetes.io/name` and `kserve.io/component: workload`.',
  },
};
