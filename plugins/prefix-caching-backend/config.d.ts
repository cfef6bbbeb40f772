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

    /**
     * Whether what a cluster holds is listed once and then watched. `false`
     * lists it again for each run, for API servers that must not be watched.
     * Default: true.
     */
    clusterWatch?: boolean;

    /** When all targets are verified in the background. */
    schedule?: {
      /** Time between two runs. Default: 60 seconds; at least 5. */
      frequency?: HumanDuration | string;
      /**
       * After which a run is abandoned, and after which another back end takes
       * over from one that was killed in the middle of it. Default: 3 minutes.
       */
      timeout?: HumanDuration | string;
      /** Time from the start of the back end to the first run. Default: 3 seconds. */
      initialDelay?: HumanDuration | string;
      /**
       * Runs in a row that must say the same before a changed verdict becomes
       * part of the history. It is shown at once. Default: 2; 1 to 100.
       */
      confirmAfter?: number;
    };

    /** How the Endpoint Picker's metrics are read. */
    metrics?: {
      /**
       * Tokens that the Endpoint Pickers' /metrics accepts: of an account with
       * `nonResourceURLs: ["/metrics"], verbs: ["get"]`. They are sent to
       * tenants' pods, so never give an account that may do more. Each entry
       * has exactly one of `token`, `secret` and `serviceAccount`.
       */
      tokens?: Array<{
        /** Name of the cluster. */
        cluster: string;
        /** Only for targets of this namespace. Default: all namespaces. */
        namespace?: string;
        /** @visibility secret */
        token?: string;
        /**
         * Reads the token from one key of one Secret of that cluster. Needs
         * `get` on exactly that Secret.
         */
        secret?: {
          namespace: string;
          name: string;
          /** Default: token. */
          key?: string;
        };
        /**
         * Asks for short-lived tokens of one service account, which should be
         * allowed nothing but to read metrics. Needs `create` on
         * `serviceaccounts/token` of exactly that account.
         */
        serviceAccount?: {
          namespace: string;
          name: string;
          /** Who shall accept it. Default: the API server, which pickers ask. */
          audience?: string;
        };
      }>;
      /**
       * Prometheus or Thanos servers, one per cluster. Metrics are read there
       * first, charts too, and what they keep is not kept twice.
       */
      prometheus?: Array<{
        /** Name of the cluster whose metrics it has. */
        cluster: string;
        /** Base URL: `/api/v1/query` follows it. */
        url: string;
        /** @visibility secret */
        token?: string;
        /**
         * Sent with each query, such as a tenant's `X-Scope-OrgID`.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        tls?: {
          /** PEM file of the CA that signed its certificate. */
          caFile?: string;
          /** The same, base64 encoded. */
          caData?: string;
          /** Takes any certificate. Default: false. */
          skipVerify?: boolean;
        };
        /** Labels each query demands, such as the cluster's in a Thanos of many. */
        matchers?: { [label: string]: string };
        /** What the labels that name a pod are called there. */
        labels?: {
          /** Default: namespace. */
          namespace?: string;
          /** Default: pod. */
          pod?: string;
        };
        /** How often it scrapes. Default: 30 seconds. */
        scrapeInterval?: HumanDuration | string;
      }>;
      /**
       * Whether port-forwards may be opened to Endpoint Pickers of clusters
       * that are reached directly. Needs `create` and `get` on
       * `pods/portforward`, a powerful right. Default: false.
       */
      portForward?: boolean;
    };

    /**
     * Probes: real requests that show whether a repeated prefix comes back from
     * cache. They cost tokens, and need the permission
     * `prefix-caching.probe.run`, the annotation `prefix-caching/probe: enabled`
     * on the entity, a service that names the entity back, and a gateway here.
     */
    probe?: {
      /** Between two probes of one service. Default: 10 minutes; at least 1. */
      interval?: HumanDuration | string;
      /** Without one for its cluster, a service cannot be probed. */
      gateways?: Array<{
        /** The portal's name of the cluster. */
        cluster: string;
        /** Only services of this namespace. */
        namespace?: string;
        /**
         * The gateway as the portal reaches it, instead of the address in a
         * service's status, whose path and host name are kept.
         */
        url?: string;
        /**
         * Instead of `url`: the hosts that a service's address may name;
         * `.example.com` allows all below it.
         */
        hosts?: string[];
        /**
         * Bearer token for the gateway; never the cluster's own.
         * @visibility secret
         */
        token?: string;
        /** The gateway's certificate authority, PEM in base64. */
        caData?: string;
        skipTLSVerify?: boolean;
      }>;
    };

    /**
     * Accelerators to add, change, hide or restrict, by id. A row of the table
     * takes the fields given here; an unknown id is a new row, and has to say
     * its `name`, `vendor`, `choices` and `usableGib` (or `hbmGb`), or which
     * row it is `basedOn`. All fields: docs/accelerators.md.
     */
    accelerators?: {
      [id: string]: {
        /** Not offered. */
        hidden?: boolean;
        /** Offered to these users and groups only; entity refs. */
        allowedFor?: string[];
        /** A new row: the id of the row whose values it starts from. */
        basedOn?: string;
        name?: string;
        vendor?:
          | 'nvidia'
          | 'tpu'
          | 'amd'
          | 'gaudi'
          | 'xpu'
          | 'neuron'
          | 'spyre'
          | 'cpu'
          | 'none';
        /** The middle of a service's default name, such as `gpu`. */
        class?: string;
        /** Kubernetes extended resource, such as `nvidia.com/gpu`. */
        resource?: string;
        otherResources?: string[];
        /** Nominal memory of one unit of the resource, GB. */
        hbmGb?: number;
        /** Memory per engine device as the engine sees it, GiB. */
        usableGib?: number;
        fixedKvCacheGib?: number;
        fixedKvTokens?: number;
        /** Engine devices per unit of the resource. Default: 1. */
        devicesPerUnit?: number;
        /** What a pod may ask for: numbers of devices, or objects with a topology. */
        choices?: Array<
          | number
          | {
              devices: number;
              topology?: string;
              env?: Array<{ name: string; value: string }>;
            }
        >;
        multiHostTopologies?: string[];
        dtype?: 'auto' | 'half' | 'float16' | 'bfloat16' | 'float32';
        dtypes?: string[];
        /** Tokens per block of the KV cache, when the engine cannot be asked. */
        blockSize?: number;
        blockSizeAssumed?: boolean;
        fp8Kv?: boolean;
        unsupportedWeights?: Array<'bf16' | 'fp8' | 'mxfp4' | 'int4'>;
        /** Node labels per kind of platform: gke, gfd, karpenter, eks-auto, generic. */
        nodeSelectors?: { [platform: string]: { [label: string]: string } };
        otherLabelValues?: { [platform: string]: string[] };
        nodeLabels?: string[];
        topologyLabel?: string;
        tolerations?: Array<{
          key: string;
          operator: 'Exists' | 'Equal';
          value?: string;
          effect: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
        }>;
        /** Container image; without it the platform's own is used where it drives the device. */
        image?: string;
        images?: { upstream?: string; redhat?: string };
        /** Whether the platform's own image drives the device. */
        platformImage?: boolean;
        odhPreset?: string;
        command?: string[];
        engine?: 'vllm' | 'llm-d-inference-sim';
        env?: Array<{ name: string; value: string }>;
        args?: string[];
        podResources?: { [name: string]: string };
        supplementalGroups?: number[];
        /** How long a start may take, seconds. */
        startupSeconds?: number;
        support?:
          | 'reference'
          | 'good'
          | 'limited'
          | 'legacy'
          | 'experimental'
          | 'unverified'
          | 'dev-and-ci';
        evidence?: 'verified' | 'mixed' | 'recalled' | 'configured';
        note?: string;
      };
    };

    /**
     * Models to add, change, hide or restrict, by id. A new model gives its
     * facts, or the fields of its `config.json` under `config` with
     * `weightsGib` or `parameters`. All fields: docs/models.md.
     */
    models?: {
      [id: string]: {
        hidden?: boolean;
        allowedFor?: string[];
        name?: string;
        huggingFace?: string;
        family?: 'qwen' | 'llama';
        attention?: 'gqa' | 'mla';
        layers?: number;
        fullAttentionLayers?: number;
        slidingWindow?: number;
        heads?: number;
        kvHeads?: number;
        headDim?: number;
        latentDim?: number;
        /** Resident weights, GiB. */
        weightsGib?: number;
        weightsDtype?: 'bf16' | 'fp8' | 'mxfp4' | 'int4';
        maxContext?: number;
        mixtureOfExperts?: boolean;
        multimodal?: boolean;
        /** Needs an access token to download. */
        gated?: boolean;
        evidence?: 'verified' | 'recalled' | 'configured';
        note?: string;
        /** The content of the model's config.json. */
        config?: { [field: string]: unknown };
        /** With `config`: the number of parameters, where weightsGib is not known. */
        parameters?: number;
      };
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
      /**
       * Age at which a verification is stale. What was read of a cluster that no longer answers
       * counts for as long, two minutes at most. Default: 180.
       */
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

    /**
     * How long things are kept. A duration is that of changes of verdicts; an
     * object says it for each.
     */
    retention?:
      | HumanDuration
      | string
      | {
          /** Changes of verdicts. Default: 365 days. */
          changes?: HumanDuration | string;
          /** Figures of single runs. Default: 48 hours; at least 2. */
          samples?: HumanDuration | string;
          /** Figures of whole hours, and events. Default: 30 days. */
          hourlyMeans?: HumanDuration | string;
        };

    /**
     * What an entity may see of a service that does not name it back in its
     * `prefix-caching/entity-ref` annotation. `none`: everything. `sensitive`
     * (default): no arguments, no environment. `all`: nothing but that.
     */
    requireBackReference?: 'none' | 'sensitive' | 'all';
  };
}
