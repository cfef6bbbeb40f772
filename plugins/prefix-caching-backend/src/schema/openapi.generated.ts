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
      phase: 'progressing' | 'running' | 'stopped';
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
      evidence: {
        subject: string;
        value: string;
        sensitive?: boolean;
      }[];
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
