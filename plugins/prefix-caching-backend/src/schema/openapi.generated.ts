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

// Generated from openapi.yaml by `yarn generate`. Do not edit.

export interface paths {
  '/entities/{kind}/{namespace}/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the tab shows of one entity, from the store */
    get: operations['getEntity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/verifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verifies the entity's targets, or one of them, now */
    post: operations['runVerification'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/checks/{check}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The changes of one check's verdict with what each rested on, newest first */
    get: operations['getCheckHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/router-log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The last lines of a target's Endpoint Picker, without what may hold prompts */
    get: operations['getRouterLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/probes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Past probes of one target, and what the next would cost; sends nothing */
    get: operations['getProbes'];
    put?: never;
    /** Sends the requests of one probe, which cost tokens, and says what they showed */
    post: operations['runProbe'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/series': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Figures of one target over time, and what happened to it */
    get: operations['getSeries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/waivers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Accepts a finding for a time; a waiver of the same check is replaced */
    post: operations['waive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/waivers/withdrawals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Withdraws a waiver; the finding counts again */
    post: operations['unwaive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/entities/{kind}/{namespace}/{name}/what-if': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The replicas' present figures under other weights of the scorers */
    post: operations['whatIf'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/fleet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every target that the one who asks may see, worst first */
    get: operations['getFleet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/unclaimed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Services in a cluster that no entity claims */
    get: operations['getUnclaimed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/clusters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the plugin may and may not read on each cluster, and how current it is */
    get: operations['getClusters'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/cluster-names': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The clusters that a target may be on; no cluster is called */
    get: operations['getClusterNames'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/accelerators': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The accelerators a team may choose */
    get: operations['getAccelerators'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The models whose memory needs are known */
    get: operations['getModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/fit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Whether a model fits an accelerator, and how long its context may be */
    post: operations['assessFit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/render': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The files of a deployment
     * @description A plan that cannot be rendered is answered with 400 and a message that starts with the path of the field.
     */
    post: operations['render'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verifies manifests, without a cluster */
    post: operations['verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Error: {
      error: {
        name: string;
        message: string;
      };
    };
    /** @enum {string} */
    Verdict: 'pass' | 'warn' | 'fail' | 'inconclusive' | 'skipped';
    /** @enum {string} */
    Figure:
      | 'predicted-hit-ratio'
      | 'delivered-hit-ratio'
      | 'external-hit-ratio'
      | 'request-rate'
      | 'error-rate'
      | 'time-to-first-token-p50'
      | 'time-to-first-token-p95'
      | 'time-to-first-token-p99'
      | 'waiting'
      | 'running'
      | 'kv-usage'
      | 'ready-endpoints'
      | 'pick-share'
      | 'scheduler-latency'
      | 'index-size';
    SeriesReport: {
      targetId: string;
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      stepSeconds: number;
      /** @enum {string} */
      source: 'samples' | 'prometheus';
      series: {
        figure: components['schemas']['Figure'];
        pod?: string;
        /** @description Pairs of milliseconds since 1970, at the end of a step, and the value or null */
        points: unknown[][];
      }[];
      events: {
        /** Format: date-time */
        at: string;
        /** @enum {string} */
        kind: 'verdict' | 'router-restart' | 'scale';
        summary: string;
        verdict?: components['schemas']['Verdict'];
      }[];
      gaps: {
        figure?: components['schemas']['Figure'];
        message: string;
      }[];
    };
    EntityReport: {
      entityRef: string;
      targets: components['schemas']['TargetReport'][];
      problems: components['schemas']['Finding'][];
      responsible: {
        owner?: string;
        platform?: string;
      };
      intervalSeconds: number;
      /** Format: date-time */
      generatedAt: string;
      permissions: {
        run: boolean;
        probe?: boolean;
        routerLog?: boolean;
        waive?: boolean;
      };
    };
    TargetReport: {
      targetId: string;
      cluster: string;
      namespace: string;
      name: string;
      accelerator?: {
        id?: string;
        name: string;
        class?: string;
      };
      model?: string;
      replicas?: {
        desired?: number;
        ready?: number;
      };
      verification?: components['schemas']['Verification'];
      /** Format: date-time */
      since?: string;
      router?: components['schemas']['EndpointReport'];
      engines: components['schemas']['EndpointReport'][];
      funnel?: {
        seconds?: number;
        steps: {
          /** @enum {string} */
          id: 'held' | 'captured' | 'delivered';
          ratio?: number;
          /** @enum {string} */
          bound?: 'lower' | 'exact';
          reason?: string;
        }[];
      };
      policy?: {
        /** @description An EndpointPickerConfig of prefix-caching-core */
        config: unknown;
        source: string;
      };
      versions?: {
        kserve?: string;
        istio?: string;
        epp?: string;
        engine?: string;
      };
      backReference: boolean;
      /** Format: date-time */
      sampledAt?: string;
      lastRun?: {
        /** Format: date-time */
        at: string;
        by: string;
        durationMs: number;
      };
      changes: components['schemas']['VerdictChange'][];
      waivers?: components['schemas']['Waiver'][];
    };
    Waiver: {
      check: string;
      reason: string;
      by: string;
      /** Format: date-time */
      at: string;
      /** Format: date-time */
      expiresAt: string;
    };
    WhatIfReport: {
      targetId: string;
      live: unknown[];
      changed: unknown[];
      outcomes: unknown[];
      assumed: {
        prefixMatch: {
          [key: string]: number;
        };
        reason: string;
      };
      /** Format: date-time */
      sampledAt?: string;
    };
    ProbeReport: {
      offer?: {
        targetId: string;
        possible: boolean;
        reason?: string;
        requests?: number;
        promptTokens?: number;
        outputTokens?: number;
        prefixes?: number;
        url?: string;
        /** Format: date-time */
        nextAt?: string;
      };
      results: {
        /** Format: date-time */
        at: string;
        by: string;
        /** @enum {string} */
        outcome: 'hit' | 'miss' | 'routing-at-fault' | 'inconclusive';
        summary: string;
        /** @enum {string} */
        evidence: 'cached-tokens' | 'counters' | 'time' | 'none';
        replicas: number;
        prefixes: number;
        prefixTokens?: number;
        affine?: number;
        hits?: number;
        controlMissed?: boolean;
        largeBodyHit?: boolean;
        timeToFirstToken: {
          cold?: number;
          warm?: number;
        };
        requests: number;
        promptTokens?: number;
        durationMs: number;
      }[];
    };
    RouterLogReport: {
      targetId: string;
      pod?: string;
      lines: {
        /** Format: date-time */
        at?: string;
        level?: string;
        text: string;
        decision?: {
          requestId?: string;
          endpoint?: string;
          scores?: {
            [key: string]: number;
          };
        };
      }[];
      /** @description Whether lines were left out */
      truncated: boolean;
      /** @description Which verbosity or flag shows more */
      advice?: string;
    };
    CheckHistory: {
      targetId: string;
      check: string;
      items: (components['schemas']['VerdictChange'] & {
        actual?: string;
        evidence: components['schemas']['Evidence'][];
      })[];
    };
    /** @enum {string} */
    FleetVerdict:
      | 'pass'
      | 'warn'
      | 'fail'
      | 'inconclusive'
      | 'skipped'
      | 'unknown';
    FleetPage: {
      items: unknown[];
      totalItems: number;
      totals: {
        pass: number;
        warn: number;
        fail: number;
        inconclusive: number;
        skipped: number;
        unknown: number;
      };
      cells: {
        model: string;
        accelerator: string;
        targets: number;
        worst: components['schemas']['FleetVerdict'];
        count: number;
      }[];
      choices: {
        owners: string[];
        systems: string[];
        clusters: string[];
        accelerators: {
          id: string;
          name: string;
        }[];
      };
      /** Format: date-time */
      generatedAt: string;
    };
    ClusterReport: {
      name: string;
      /** @enum {string} */
      transport: 'direct' | 'kubernetes-plugin';
      reachable?: boolean;
      message?: string;
      versions?: {
        kubernetes?: string;
        kserve?: string;
        istio?: string;
      };
      kinds: {
        resource: string;
        namespace?: string;
        objects?: number;
        /** @enum {string} */
        via: 'watch' | 'list';
        /** Format: date-time */
        asOf?: string;
        problem?: string;
      }[];
      rights: {
        verb: string;
        resource: string;
        group?: string;
        namespace?: string;
        allowed?: boolean;
        required: boolean;
        checks: string[];
        remedy?: string;
      }[];
      /** Format: date-time */
      checkedAt?: string;
    };
    UnclaimedReport: {
      items: {
        cluster: string;
        namespace: string;
        name: string;
        model?: string;
        accelerator?: {
          id?: string;
          name: string;
        };
        replicas?: {
          desired?: number;
          ready?: number;
        };
        /** Format: date-time */
        createdAt?: string;
        entityRef?: string;
        catalogInfo: string;
      }[];
      gaps: {
        cluster: string;
        message: string;
        remedy?: string;
      }[];
    };
    EndpointReport: {
      pod: string;
      ready: boolean;
      node?: string;
      /** Format: date-time */
      at?: string;
      source?: string;
      /** @description RouterMetrics or EngineMetrics of prefix-caching-core */
      metrics?: unknown;
      /** @description An IncreaseReport of backstage-plugin-prefix-caching-common */
      increase?: unknown;
      gap?: string;
    };
    VerdictChange: {
      check: string;
      from?: components['schemas']['Verdict'];
      to: components['schemas']['Verdict'];
      summary: string;
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      phase?: 'absent' | 'progressing' | 'running' | 'stopped';
    };
    Evidence: {
      subject: string;
      value: string;
      sensitive?: boolean;
    };
    Verification: {
      target: {
        cluster: string;
        namespace: string;
        name: string;
      };
      verdict: components['schemas']['Verdict'];
      summary: string;
      /** @enum {string} */
      phase: 'absent' | 'progressing' | 'running' | 'stopped';
      /** @enum {string} */
      freshness: 'fresh' | 'stale';
      findings: components['schemas']['Finding'][];
      /** Format: date-time */
      observedAt: string;
      gaps: components['schemas']['Gap'][];
    };
    Finding: {
      check: string;
      /** @enum {string} */
      component:
        | 'engine'
        | 'router'
        | 'gateway'
        | 'network'
        | 'routing'
        | 'status';
      /** @enum {string} */
      requirement: 'required' | 'optional' | 'advice';
      verdict: components['schemas']['Verdict'];
      summary: string;
      expected: string;
      actual: string;
      evidence: components['schemas']['Evidence'][];
      remedy?: string;
      commands: {
        purpose: string;
        command: string;
      }[];
      /** @enum {string} */
      responsible: 'owner' | 'platform';
      causedBy?: string;
      since?: {
        /** Format: date-time */
        first: string;
        /** Format: date-time */
        confirmed?: string;
      };
    };
    Gap: {
      what: string;
      reason: string;
      message: string;
      remedy?: string;
      namespace?: string;
      endpoint?: string;
      status?: number;
    };
    /** @description An Accelerator of prefix-caching-core */
    Accelerator: unknown;
    /** @description ModelFacts of prefix-caching-core */
    ModelFacts: unknown;
    /** @description A FitAssessment of prefix-caching-core */
    FitAssessment: unknown;
    RenderedFile: {
      path: string;
      content: string;
      objects: unknown[];
    };
  };
  responses: {
    /** @description The entity's targets with their last verification */
    EntityReport: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['EntityReport'];
      };
    };
    /** @description Past probes, and what the next would cost */
    ProbeReport: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ProbeReport'];
      };
    };
    /** @description Backstage's error shape */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
  };
  parameters: {
    kind: string;
    namespace: string;
    name: string;
    /** @description One of the targetIds that getEntity gave out */
    targetId: string;
  };
  requestBodies: {
    FitRequest: {
      content: {
        'application/json': unknown;
      };
    };
    DeploymentPlan: {
      content: {
        'application/json': unknown;
      };
    };
    VerifyManifests: {
      content: {
        'application/json': unknown;
      };
    };
  };
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getEntity: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['EntityReport'];
      default: components['responses']['Error'];
    };
  };
  runVerification: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description One of the targetIds that getEntity gave out */
          targetId?: string;
        };
      };
    };
    responses: {
      200: components['responses']['EntityReport'];
      default: components['responses']['Error'];
    };
  };
  getCheckHistory: {
    parameters: {
      query: {
        /** @description One of the targetIds that getEntity gave out */
        targetId: components['parameters']['targetId'];
        limit?: number;
      };
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
        /** @description The id of a check, or `overall` */
        check: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The history */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckHistory'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getRouterLog: {
    parameters: {
      query: {
        /** @description One of the targetIds that getEntity gave out */
        targetId: components['parameters']['targetId'];
        lines?: number;
        /** @description Stay, and send lines as they are written: RouterLogEvents, one a line, for ten minutes at most */
        follow?: boolean;
      };
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The log */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RouterLogReport'];
          'application/x-ndjson': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  getProbes: {
    parameters: {
      query: {
        /** @description One of the targetIds that getEntity gave out */
        targetId: components['parameters']['targetId'];
      };
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['ProbeReport'];
      default: components['responses']['Error'];
    };
  };
  runProbe: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          targetId: string;
        };
      };
    };
    responses: {
      200: components['responses']['ProbeReport'];
      default: components['responses']['Error'];
    };
  };
  getSeries: {
    parameters: {
      query: {
        /** @description One of the targetIds that getEntity gave out */
        targetId: components['parameters']['targetId'];
        /** @description Default an hour and a half before `to` */
        from?: string;
        /** @description Default now */
        to?: string;
        /** @description Seconds; widened so that no line has more than 500 points */
        step?: number;
        /** @description Default the figures of the target as a whole */
        figures?: components['schemas']['Figure'][];
        /** @description Also a line per replica */
        byReplica?: boolean;
      };
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The figures */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SeriesReport'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  waive: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          targetId: string;
          check: string;
          reason: string;
          /** @description ISO 8601, in the future, at most a year ahead */
          expiresAt: string;
        };
      };
    };
    responses: {
      200: components['responses']['EntityReport'];
      default: components['responses']['Error'];
    };
  };
  unwaive: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          targetId: string;
          check: string;
        };
      };
    };
    responses: {
      200: components['responses']['EntityReport'];
      default: components['responses']['Error'];
    };
  };
  whatIf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: components['parameters']['kind'];
        namespace: components['parameters']['namespace'];
        name: components['parameters']['name'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          targetId: string;
          /** @description By scorer name or plugin type; those left out stay */
          weights: {
            [key: string]: number;
          };
          /** @description The share of a prompt that each replica holds, by pod name; by default that of a typical request */
          prefixMatch?: {
            [key: string]: number;
          };
        };
      };
    };
    responses: {
      /** @description Scores, ranking and affinity, before and after */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WhatIfReport'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getFleet: {
    parameters: {
      query?: {
        owner?: string[];
        system?: string[];
        cluster?: string[];
        accelerator?: string[];
        model?: string[];
        verdict?: (
          | 'pass'
          | 'warn'
          | 'fail'
          | 'inconclusive'
          | 'skipped'
          | 'unknown'
        )[];
        offset?: number;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FleetPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getUnclaimed: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The services, each with an entity ready to register */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UnclaimedReport'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getClusters: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The clusters, in the order of the portal's configuration */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ClusterReport'][];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getClusterNames: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The names, as the portal's configuration has them */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: string[];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getAccelerators: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The accelerator table */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Accelerator'][];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getModels: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The model table */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ModelFacts'][];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  assessFit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['FitRequest'];
    responses: {
      /** @description The assessment */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FitAssessment'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  render: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['DeploymentPlan'];
    responses: {
      /** @description The files */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            files: components['schemas']['RenderedFile'][];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['VerifyManifests'];
    responses: {
      /** @description One verification per LLMInferenceService */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            verifications: components['schemas']['Verification'][];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
}
