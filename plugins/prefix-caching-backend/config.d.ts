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

import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Verification of prefix caching on KServe LLMInferenceServices. */
  prefixCaching?: {
    /**
     * Names of the clusters to look at, as the `kubernetes` section knows
     * them. Default: all of them.
     */
    clusters?: string[];

    /**
     * How clusters are reached. `auto` (default): those whose credential the
     * portal's own config holds directly, all others through the Kubernetes
     * plugin's proxy. `direct` or `kubernetes-plugin`: one way only.
     */
    transport?: 'auto' | 'direct' | 'kubernetes-plugin';

    /** When all targets are verified in the background. */
    schedule?: {
      /** Time between two runs. Default: 60 seconds; at least 5. */
      frequency?: HumanDuration | string;
      /** After which a run is abandoned. Default: 5 minutes. */
      timeout?: HumanDuration | string;
      /** Time from the start of the back end to the first run. Default: 3 seconds. */
      initialDelay?: HumanDuration | string;
    };

    /** How the Endpoint Picker's metrics are read. */
    metrics?: {
      /**
       * Tokens that the Endpoint Pickers' /metrics accepts: of an account with
       * `nonResourceURLs: ["/metrics"], verbs: ["get"]`. They are sent to
       * tenants' pods, so never give an account that may do more.
       */
      tokens?: Array<{
        /** Name of the cluster. */
        cluster: string;
        /** Only for targets of this namespace. Default: all namespaces. */
        namespace?: string;
        /** @visibility secret */
        token: string;
      }>;
      /**
       * Whether port-forwards may be opened to Endpoint Pickers of clusters
       * that are reached directly. Needs `create` and `get` on
       * `pods/portforward`, a powerful right. Default: false.
       */
      portForward?: boolean;
    };

    /** What counts as good and bad. Ratios are 0 to 1, times are seconds. */
    thresholds?: {
      /** Delivered hit ratio below which it is poor. Default: 0.3. */
      hitRatioPoor?: number;
      /** Delivered hit ratio from which it is good. Default: 0.6. */
      hitRatioGood?: number;
      /** Prompt tokens between two samples below which no ratio is judged. */
      minimumQueryTokens?: number;
      /** Difference of predicted and delivered ratio that is worth a warning. */
      predictionGap?: number;
      /** Age at which a verification is stale. */
      staleAfterSeconds?: number;
    };

    /** Who answers for findings that are not the service owner's. */
    responsible?: {
      /** Entity ref of the platform team, such as `group:default/platform`. */
      platform?: string;
    };

    /**
     * Labels, and the annotations of the owner's entity they are read from,
     * such as `On call: pagerduty.com/service-id`.
     * @deepVisibility frontend
     */
    ownerAnnotations?: {
      [label: string]: string;
    };

    /** How long changes of verdicts are kept. Default: 365 days. */
    retention?: HumanDuration | string;

    /**
     * What an entity may see of a service that does not name it back in its
     * `prefix-caching/entity-ref` annotation. `none`: everything. `sensitive`
     * (default): no arguments, no environment. `all`: nothing but that.
     */
    requireBackReference?: 'none' | 'sensitive' | 'all';
  };
}
