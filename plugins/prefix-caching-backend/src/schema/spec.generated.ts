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

export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'prefix-caching',
    version: '1',
    description:
      'Verifies prefix caching on KServe LLMInferenceServices, renders deployments of them, and serves what the entity tab shows. Shapes without a schema of their own here are those of the npm packages backstage-plugin-prefix-caching-common and prefix-caching-core.',
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/entities/{kind}/{namespace}/{name}': {
      get: {
        operationId: 'getEntity',
        summary: 'What the tab shows of one entity, from the store',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': { $ref: '#/components/responses/EntityReport' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/verifications': {
      post: {
        operationId: 'runVerification',
        summary: "Verifies the entity's targets, or one of them, now",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  targetId: {
                    type: 'string',
                    description: 'One of the targetIds that getEntity gave out',
                    minLength: 1,
                    maxLength: 64,
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': { $ref: '#/components/responses/EntityReport' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/checks/{check}/history': {
      get: {
        operationId: 'getCheckHistory',
        summary:
          "The changes of one check's verdict with what each rested on, newest first",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          {
            name: 'check',
            in: 'path',
            required: true,
            description: 'The id of a check, or `overall`',
            schema: { type: 'string', minLength: 1, maxLength: 128 },
          },
          { $ref: '#/components/parameters/targetId' },
          {
            name: 'limit',
            in: 'query',
            required: false,
            schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
          },
        ],
        responses: {
          '200': {
            description: 'The history',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/CheckHistory' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/router-log': {
      get: {
        operationId: 'getRouterLog',
        summary:
          "The last lines of a target's Endpoint Picker, without what may hold prompts",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/targetId' },
          {
            name: 'lines',
            in: 'query',
            required: false,
            schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
          },
          {
            name: 'follow',
            in: 'query',
            required: false,
            description:
              'Stay, and send lines as they are written: RouterLogEvents, one a line, for ten minutes at most',
            schema: { type: 'boolean', default: false },
          },
        ],
        responses: {
          '200': {
            description: 'The log',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RouterLogReport' },
              },
              'application/x-ndjson': { schema: { type: 'string' } },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/probes': {
      get: {
        operationId: 'getProbes',
        summary:
          'Past probes of one target, and what the next would cost; sends nothing',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/targetId' },
        ],
        responses: {
          '200': { $ref: '#/components/responses/ProbeReport' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'runProbe',
        summary:
          'Sends the requests of one probe, which cost tokens, and says what they showed',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['targetId'],
                properties: {
                  targetId: { type: 'string', minLength: 1, maxLength: 64 },
                },
              },
            },
          },
        },
        responses: {
          '200': { $ref: '#/components/responses/ProbeReport' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/series': {
      get: {
        operationId: 'getSeries',
        summary: 'Figures of one target over time, and what happened to it',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/targetId' },
          {
            name: 'from',
            in: 'query',
            required: false,
            description: 'Default an hour and a half before `to`',
            schema: { type: 'string', format: 'date-time' },
          },
          {
            name: 'to',
            in: 'query',
            required: false,
            description: 'Default now',
            schema: { type: 'string', format: 'date-time' },
          },
          {
            name: 'step',
            in: 'query',
            required: false,
            description:
              'Seconds; widened so that no line has more than 500 points',
            schema: { type: 'number', minimum: 1, maximum: 31536000 },
          },
          {
            name: 'figures',
            in: 'query',
            required: false,
            description: 'Default the figures of the target as a whole',
            schema: {
              type: 'array',
              maxItems: 15,
              items: { $ref: '#/components/schemas/Figure' },
            },
          },
          {
            name: 'byReplica',
            in: 'query',
            required: false,
            description: 'Also a line per replica',
            schema: { type: 'boolean', default: false },
          },
        ],
        responses: {
          '200': {
            description: 'The figures',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/SeriesReport' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/waivers': {
      post: {
        operationId: 'waive',
        summary:
          'Accepts a finding for a time; a waiver of the same check is replaced',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['targetId', 'check', 'reason', 'expiresAt'],
                properties: {
                  targetId: { type: 'string', minLength: 1, maxLength: 64 },
                  check: { type: 'string', minLength: 1, maxLength: 128 },
                  reason: { type: 'string', minLength: 1, maxLength: 1000 },
                  expiresAt: {
                    type: 'string',
                    description:
                      'ISO 8601, in the future, at most a year ahead',
                    maxLength: 40,
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': { $ref: '#/components/responses/EntityReport' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/waivers/withdrawals': {
      post: {
        operationId: 'unwaive',
        summary: 'Withdraws a waiver; the finding counts again',
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['targetId', 'check'],
                properties: {
                  targetId: { type: 'string', minLength: 1, maxLength: 64 },
                  check: { type: 'string', minLength: 1, maxLength: 128 },
                },
              },
            },
          },
        },
        responses: {
          '200': { $ref: '#/components/responses/EntityReport' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/entities/{kind}/{namespace}/{name}/what-if': {
      post: {
        operationId: 'whatIf',
        summary:
          "The replicas' present figures under other weights of the scorers",
        parameters: [
          { $ref: '#/components/parameters/kind' },
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['targetId', 'weights'],
                properties: {
                  targetId: { type: 'string', minLength: 1, maxLength: 64 },
                  weights: {
                    type: 'object',
                    description:
                      'By scorer name or plugin type; those left out stay',
                    maxProperties: 50,
                    additionalProperties: {
                      type: 'number',
                      minimum: 0,
                      maximum: 1000000,
                    },
                  },
                  prefixMatch: {
                    type: 'object',
                    description:
                      'The share of a prompt that each replica holds, by pod name; by default that of a typical request',
                    maxProperties: 1000,
                    additionalProperties: {
                      type: 'number',
                      minimum: 0,
                      maximum: 1,
                    },
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'Scores, ranking and affinity, before and after',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/WhatIfReport' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/fleet': {
      get: {
        operationId: 'getFleet',
        summary: 'Every target that the one who asks may see, worst first',
        parameters: [
          {
            name: 'owner',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'array',
              maxItems: 100,
              items: { type: 'string', maxLength: 256 },
            },
          },
          {
            name: 'system',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'array',
              maxItems: 100,
              items: { type: 'string', maxLength: 256 },
            },
          },
          {
            name: 'cluster',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'array',
              maxItems: 100,
              items: { type: 'string', maxLength: 256 },
            },
          },
          {
            name: 'accelerator',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'array',
              maxItems: 100,
              items: { type: 'string', maxLength: 256 },
            },
          },
          {
            name: 'model',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'array',
              maxItems: 100,
              items: { type: 'string', maxLength: 256 },
            },
          },
          {
            name: 'verdict',
            in: 'query',
            schema: {
              type: 'array',
              items: {
                type: 'string',
                enum: [
                  'pass',
                  'warn',
                  'fail',
                  'inconclusive',
                  'skipped',
                  'unknown',
                ],
              },
            },
          },
          {
            name: 'offset',
            in: 'query',
            schema: { type: 'integer', minimum: 0, default: 0 },
          },
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
          },
        ],
        responses: {
          '200': {
            description: 'One page',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/FleetPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/unclaimed': {
      get: {
        operationId: 'getUnclaimed',
        summary: 'Services in a cluster that no entity claims',
        responses: {
          '200': {
            description: 'The services, each with an entity ready to register',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/UnclaimedReport' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/clusters': {
      get: {
        operationId: 'getClusters',
        summary:
          'What the plugin may and may not read on each cluster, and how current it is',
        responses: {
          '200': {
            description:
              "The clusters, in the order of the portal's configuration",
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ClusterReport' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/cluster-names': {
      get: {
        operationId: 'getClusterNames',
        summary: 'The clusters that a target may be on; no cluster is called',
        responses: {
          '200': {
            description: "The names, as the portal's configuration has them",
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: { type: 'array', items: { type: 'string' } },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/accelerators': {
      get: {
        operationId: 'getAccelerators',
        summary: 'The accelerators a team may choose',
        responses: {
          '200': {
            description: 'The accelerator table',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Accelerator' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models': {
      get: {
        operationId: 'getModels',
        summary: 'The models whose memory needs are known',
        responses: {
          '200': {
            description: 'The model table',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelFacts' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/fit': {
      post: {
        operationId: 'assessFit',
        summary:
          'Whether a model fits an accelerator, and how long its context may be',
        requestBody: { $ref: '#/components/requestBodies/FitRequest' },
        responses: {
          '200': {
            description: 'The assessment',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/FitAssessment' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/render': {
      post: {
        operationId: 'render',
        summary: 'The files of a deployment',
        description:
          'A plan that cannot be rendered is answered with 400 and a message that starts with the path of the field.',
        requestBody: { $ref: '#/components/requestBodies/DeploymentPlan' },
        responses: {
          '200': {
            description: 'The files',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['files'],
                  properties: {
                    files: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/RenderedFile' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/verify': {
      post: {
        operationId: 'verify',
        summary: 'Verifies manifests, without a cluster',
        requestBody: { $ref: '#/components/requestBodies/VerifyManifests' },
        responses: {
          '200': {
            description: 'One verification per LLMInferenceService',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['verifications'],
                  properties: {
                    verifications: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Verification' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
    parameters: {
      kind: {
        name: 'kind',
        in: 'path',
        required: true,
        schema: { type: 'string' },
      },
      namespace: {
        name: 'namespace',
        in: 'path',
        required: true,
        schema: { type: 'string' },
      },
      name: {
        name: 'name',
        in: 'path',
        required: true,
        schema: { type: 'string' },
      },
      targetId: {
        name: 'targetId',
        in: 'query',
        required: true,
        description: 'One of the targetIds that getEntity gave out',
        schema: { type: 'string', minLength: 1, maxLength: 64 },
      },
    },
    requestBodies: {
      FitRequest: {
        required: true,
        content: {
          'application/json': {
            schema: {
              description:
                'A FitRequest of prefix-caching-core; checked by the handler, which names the field',
            },
          },
        },
      },
      DeploymentPlan: {
        required: true,
        content: {
          'application/json': {
            schema: {
              description:
                'A DeploymentPlan of prefix-caching-core; checked by the handler, which names the field',
            },
          },
        },
      },
      VerifyManifests: {
        required: true,
        content: {
          'application/json': {
            schema: {
              description:
                'Files or objects, and expectations; checked by the handler, which names the field',
            },
          },
        },
      },
    },
    responses: {
      EntityReport: {
        description: "The entity's targets with their last verification",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/EntityReport' },
          },
        },
      },
      ProbeReport: {
        description: 'Past probes, and what the next would cost',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ProbeReport' },
          },
        },
      },
      Error: {
        description: "Backstage's error shape",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    schemas: {
      Error: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
      Verdict: {
        type: 'string',
        enum: ['pass', 'warn', 'fail', 'inconclusive', 'skipped'],
      },
      Figure: {
        type: 'string',
        enum: [
          'predicted-hit-ratio',
          'delivered-hit-ratio',
          'external-hit-ratio',
          'request-rate',
          'error-rate',
          'time-to-first-token-p50',
          'time-to-first-token-p95',
          'time-to-first-token-p99',
          'waiting',
          'running',
          'kv-usage',
          'ready-endpoints',
          'pick-share',
          'scheduler-latency',
          'index-size',
        ],
      },
      SeriesReport: {
        type: 'object',
        required: [
          'targetId',
          'from',
          'to',
          'stepSeconds',
          'source',
          'series',
          'events',
          'gaps',
        ],
        properties: {
          targetId: { type: 'string' },
          from: { type: 'string', format: 'date-time' },
          to: { type: 'string', format: 'date-time' },
          stepSeconds: { type: 'number' },
          source: { type: 'string', enum: ['samples', 'prometheus'] },
          series: {
            type: 'array',
            items: {
              type: 'object',
              required: ['figure', 'points'],
              properties: {
                figure: { $ref: '#/components/schemas/Figure' },
                pod: { type: 'string' },
                points: {
                  description:
                    'Pairs of milliseconds since 1970, at the end of a step, and the value or null',
                  type: 'array',
                  items: { type: 'array' },
                },
              },
            },
          },
          events: {
            type: 'array',
            items: {
              type: 'object',
              required: ['at', 'kind', 'summary'],
              properties: {
                at: { type: 'string', format: 'date-time' },
                kind: {
                  type: 'string',
                  enum: ['verdict', 'router-restart', 'scale'],
                },
                summary: { type: 'string' },
                verdict: { $ref: '#/components/schemas/Verdict' },
              },
            },
          },
          gaps: {
            type: 'array',
            items: {
              type: 'object',
              required: ['message'],
              properties: {
                figure: { $ref: '#/components/schemas/Figure' },
                message: { type: 'string' },
              },
            },
          },
        },
      },
      EntityReport: {
        type: 'object',
        required: [
          'entityRef',
          'targets',
          'problems',
          'responsible',
          'intervalSeconds',
          'generatedAt',
          'permissions',
        ],
        properties: {
          entityRef: { type: 'string' },
          targets: {
            type: 'array',
            items: { $ref: '#/components/schemas/TargetReport' },
          },
          problems: {
            type: 'array',
            items: { $ref: '#/components/schemas/Finding' },
          },
          responsible: {
            type: 'object',
            properties: {
              owner: { type: 'string' },
              platform: { type: 'string' },
            },
          },
          intervalSeconds: { type: 'number' },
          generatedAt: { type: 'string', format: 'date-time' },
          permissions: {
            type: 'object',
            required: ['run'],
            properties: {
              run: { type: 'boolean' },
              probe: { type: 'boolean' },
              routerLog: { type: 'boolean' },
              waive: { type: 'boolean' },
            },
          },
        },
      },
      TargetReport: {
        type: 'object',
        required: [
          'targetId',
          'cluster',
          'namespace',
          'name',
          'engines',
          'backReference',
          'changes',
        ],
        properties: {
          targetId: { type: 'string' },
          cluster: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          accelerator: {
            type: 'object',
            required: ['name'],
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              class: { type: 'string' },
            },
          },
          model: { type: 'string' },
          replicas: {
            type: 'object',
            properties: {
              desired: { type: 'integer' },
              ready: { type: 'integer' },
            },
          },
          verification: { $ref: '#/components/schemas/Verification' },
          since: { type: 'string', format: 'date-time' },
          router: { $ref: '#/components/schemas/EndpointReport' },
          engines: {
            type: 'array',
            items: { $ref: '#/components/schemas/EndpointReport' },
          },
          funnel: {
            type: 'object',
            required: ['steps'],
            properties: {
              seconds: { type: 'number' },
              steps: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['id'],
                  properties: {
                    id: {
                      type: 'string',
                      enum: ['held', 'captured', 'delivered'],
                    },
                    ratio: { type: 'number' },
                    bound: { type: 'string', enum: ['lower', 'exact'] },
                    reason: { type: 'string' },
                  },
                },
              },
            },
          },
          policy: {
            type: 'object',
            required: ['config', 'source'],
            properties: {
              config: {
                description: 'An EndpointPickerConfig of prefix-caching-core',
              },
              source: { type: 'string' },
            },
          },
          versions: {
            type: 'object',
            properties: {
              kserve: { type: 'string' },
              istio: { type: 'string' },
              epp: { type: 'string' },
              engine: { type: 'string' },
            },
          },
          backReference: { type: 'boolean' },
          sampledAt: { type: 'string', format: 'date-time' },
          lastRun: {
            type: 'object',
            required: ['at', 'by', 'durationMs'],
            properties: {
              at: { type: 'string', format: 'date-time' },
              by: { type: 'string' },
              durationMs: { type: 'number' },
            },
          },
          changes: {
            type: 'array',
            items: { $ref: '#/components/schemas/VerdictChange' },
          },
          waivers: {
            type: 'array',
            items: { $ref: '#/components/schemas/Waiver' },
          },
        },
      },
      Waiver: {
        type: 'object',
        required: ['check', 'reason', 'by', 'at', 'expiresAt'],
        properties: {
          check: { type: 'string' },
          reason: { type: 'string' },
          by: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
        },
      },
      WhatIfReport: {
        type: 'object',
        required: ['targetId', 'live', 'changed', 'outcomes', 'assumed'],
        properties: {
          targetId: { type: 'string' },
          live: { type: 'array', items: { description: 'An EndpointScore' } },
          changed: {
            type: 'array',
            items: { description: 'An EndpointScore' },
          },
          outcomes: {
            type: 'array',
            items: { description: 'A WhatIfOutcome' },
          },
          assumed: {
            type: 'object',
            required: ['prefixMatch', 'reason'],
            properties: {
              prefixMatch: {
                type: 'object',
                additionalProperties: { type: 'number' },
              },
              reason: { type: 'string' },
            },
          },
          sampledAt: { type: 'string', format: 'date-time' },
        },
      },
      ProbeReport: {
        type: 'object',
        required: ['results'],
        properties: {
          offer: {
            type: 'object',
            required: ['targetId', 'possible'],
            properties: {
              targetId: { type: 'string' },
              possible: { type: 'boolean' },
              reason: { type: 'string' },
              requests: { type: 'integer' },
              promptTokens: { type: 'integer' },
              outputTokens: { type: 'integer' },
              prefixes: { type: 'integer' },
              url: { type: 'string' },
              nextAt: { type: 'string', format: 'date-time' },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: [
                'at',
                'by',
                'outcome',
                'summary',
                'evidence',
                'replicas',
                'prefixes',
                'timeToFirstToken',
                'requests',
                'durationMs',
              ],
              properties: {
                at: { type: 'string', format: 'date-time' },
                by: { type: 'string' },
                outcome: {
                  type: 'string',
                  enum: ['hit', 'miss', 'routing-at-fault', 'inconclusive'],
                },
                summary: { type: 'string' },
                evidence: {
                  type: 'string',
                  enum: ['cached-tokens', 'counters', 'time', 'none'],
                },
                replicas: { type: 'integer' },
                prefixes: { type: 'integer' },
                prefixTokens: { type: 'integer' },
                affine: { type: 'integer' },
                hits: { type: 'integer' },
                controlMissed: { type: 'boolean' },
                largeBodyHit: { type: 'boolean' },
                timeToFirstToken: {
                  type: 'object',
                  properties: {
                    cold: { type: 'number' },
                    warm: { type: 'number' },
                  },
                },
                requests: { type: 'integer' },
                promptTokens: { type: 'integer' },
                durationMs: { type: 'number' },
              },
            },
          },
        },
      },
      RouterLogReport: {
        type: 'object',
        required: ['targetId', 'lines', 'truncated'],
        properties: {
          targetId: { type: 'string' },
          pod: { type: 'string' },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              required: ['text'],
              properties: {
                at: { type: 'string', format: 'date-time' },
                level: { type: 'string' },
                text: { type: 'string' },
                decision: {
                  type: 'object',
                  properties: {
                    requestId: { type: 'string' },
                    endpoint: { type: 'string' },
                    scores: {
                      type: 'object',
                      additionalProperties: { type: 'number' },
                    },
                  },
                },
              },
            },
          },
          truncated: {
            type: 'boolean',
            description: 'Whether lines were left out',
          },
          advice: {
            type: 'string',
            description: 'Which verbosity or flag shows more',
          },
        },
      },
      CheckHistory: {
        type: 'object',
        required: ['targetId', 'check', 'items'],
        properties: {
          targetId: { type: 'string' },
          check: { type: 'string' },
          items: {
            type: 'array',
            items: {
              allOf: [
                { $ref: '#/components/schemas/VerdictChange' },
                {
                  type: 'object',
                  required: ['evidence'],
                  properties: {
                    actual: { type: 'string' },
                    evidence: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Evidence' },
                    },
                  },
                },
              ],
            },
          },
        },
      },
      FleetVerdict: {
        type: 'string',
        enum: ['pass', 'warn', 'fail', 'inconclusive', 'skipped', 'unknown'],
      },
      FleetPage: {
        type: 'object',
        required: [
          'items',
          'totalItems',
          'totals',
          'cells',
          'choices',
          'generatedAt',
        ],
        properties: {
          items: {
            type: 'array',
            items: {
              description:
                'A FleetRow of backstage-plugin-prefix-caching-common',
            },
          },
          totalItems: { type: 'integer' },
          totals: {
            type: 'object',
            required: [
              'pass',
              'warn',
              'fail',
              'inconclusive',
              'skipped',
              'unknown',
            ],
            properties: {
              pass: { type: 'integer' },
              warn: { type: 'integer' },
              fail: { type: 'integer' },
              inconclusive: { type: 'integer' },
              skipped: { type: 'integer' },
              unknown: { type: 'integer' },
            },
          },
          cells: {
            type: 'array',
            items: {
              type: 'object',
              required: ['model', 'accelerator', 'targets', 'worst', 'count'],
              properties: {
                model: { type: 'string' },
                accelerator: { type: 'string' },
                targets: { type: 'integer' },
                worst: { $ref: '#/components/schemas/FleetVerdict' },
                count: { type: 'integer' },
              },
            },
          },
          choices: {
            type: 'object',
            required: ['owners', 'systems', 'clusters', 'accelerators'],
            properties: {
              owners: { type: 'array', items: { type: 'string' } },
              systems: { type: 'array', items: { type: 'string' } },
              clusters: { type: 'array', items: { type: 'string' } },
              accelerators: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['id', 'name'],
                  properties: {
                    id: { type: 'string' },
                    name: { type: 'string' },
                  },
                },
              },
            },
          },
          generatedAt: { type: 'string', format: 'date-time' },
        },
      },
      ClusterReport: {
        type: 'object',
        required: ['name', 'transport', 'kinds', 'rights'],
        properties: {
          name: { type: 'string' },
          transport: { type: 'string', enum: ['direct', 'kubernetes-plugin'] },
          reachable: { type: 'boolean' },
          message: { type: 'string' },
          versions: {
            type: 'object',
            properties: {
              kubernetes: { type: 'string' },
              kserve: { type: 'string' },
              istio: { type: 'string' },
            },
          },
          kinds: {
            type: 'array',
            items: {
              type: 'object',
              required: ['resource', 'via'],
              properties: {
                resource: { type: 'string' },
                namespace: { type: 'string' },
                objects: { type: 'integer' },
                via: { type: 'string', enum: ['watch', 'list'] },
                asOf: { type: 'string', format: 'date-time' },
                problem: { type: 'string' },
              },
            },
          },
          rights: {
            type: 'array',
            items: {
              type: 'object',
              required: ['verb', 'resource', 'required', 'checks'],
              properties: {
                verb: { type: 'string' },
                resource: { type: 'string' },
                group: { type: 'string' },
                namespace: { type: 'string' },
                allowed: { type: 'boolean' },
                required: { type: 'boolean' },
                checks: { type: 'array', items: { type: 'string' } },
                remedy: { type: 'string' },
              },
            },
          },
          checkedAt: { type: 'string', format: 'date-time' },
        },
      },
      UnclaimedReport: {
        type: 'object',
        required: ['items', 'gaps'],
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['cluster', 'namespace', 'name', 'catalogInfo'],
              properties: {
                cluster: { type: 'string' },
                namespace: { type: 'string' },
                name: { type: 'string' },
                model: { type: 'string' },
                accelerator: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    id: { type: 'string' },
                    name: { type: 'string' },
                  },
                },
                replicas: {
                  type: 'object',
                  properties: {
                    desired: { type: 'integer' },
                    ready: { type: 'integer' },
                  },
                },
                createdAt: { type: 'string', format: 'date-time' },
                entityRef: { type: 'string' },
                catalogInfo: { type: 'string' },
              },
            },
          },
          gaps: {
            type: 'array',
            items: {
              type: 'object',
              required: ['cluster', 'message'],
              properties: {
                cluster: { type: 'string' },
                message: { type: 'string' },
                remedy: { type: 'string' },
              },
            },
          },
        },
      },
      EndpointReport: {
        type: 'object',
        required: ['pod', 'ready'],
        properties: {
          pod: { type: 'string' },
          ready: { type: 'boolean' },
          node: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          source: { type: 'string' },
          metrics: {
            description:
              'RouterMetrics or EngineMetrics of prefix-caching-core',
          },
          increase: {
            description:
              'An IncreaseReport of backstage-plugin-prefix-caching-common',
          },
          gap: { type: 'string' },
        },
      },
      VerdictChange: {
        type: 'object',
        required: ['check', 'to', 'summary', 'at'],
        properties: {
          check: { type: 'string' },
          from: { $ref: '#/components/schemas/Verdict' },
          to: { $ref: '#/components/schemas/Verdict' },
          summary: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          phase: {
            type: 'string',
            enum: ['absent', 'progressing', 'running', 'stopped'],
          },
        },
      },
      Evidence: {
        type: 'object',
        required: ['subject', 'value'],
        properties: {
          subject: { type: 'string' },
          value: { type: 'string' },
          sensitive: { type: 'boolean' },
        },
      },
      Verification: {
        type: 'object',
        required: [
          'target',
          'verdict',
          'summary',
          'phase',
          'freshness',
          'findings',
          'observedAt',
          'gaps',
        ],
        properties: {
          target: {
            type: 'object',
            required: ['cluster', 'namespace', 'name'],
            properties: {
              cluster: { type: 'string' },
              namespace: { type: 'string' },
              name: { type: 'string' },
            },
          },
          verdict: { $ref: '#/components/schemas/Verdict' },
          summary: { type: 'string' },
          phase: {
            type: 'string',
            enum: ['absent', 'progressing', 'running', 'stopped'],
          },
          freshness: { type: 'string', enum: ['fresh', 'stale'] },
          findings: {
            type: 'array',
            items: { $ref: '#/components/schemas/Finding' },
          },
          observedAt: { type: 'string', format: 'date-time' },
          gaps: { type: 'array', items: { $ref: '#/components/schemas/Gap' } },
        },
      },
      Finding: {
        type: 'object',
        required: [
          'check',
          'component',
          'requirement',
          'verdict',
          'summary',
          'expected',
          'actual',
          'evidence',
          'commands',
          'responsible',
        ],
        properties: {
          check: { type: 'string' },
          component: {
            type: 'string',
            enum: [
              'engine',
              'router',
              'gateway',
              'network',
              'routing',
              'status',
            ],
          },
          requirement: {
            type: 'string',
            enum: ['required', 'optional', 'advice'],
          },
          verdict: { $ref: '#/components/schemas/Verdict' },
          summary: { type: 'string' },
          expected: { type: 'string' },
          actual: { type: 'string' },
          evidence: {
            type: 'array',
            items: { $ref: '#/components/schemas/Evidence' },
          },
          remedy: { type: 'string' },
          commands: {
            type: 'array',
            items: {
              type: 'object',
              required: ['purpose', 'command'],
              properties: {
                purpose: { type: 'string' },
                command: { type: 'string' },
              },
            },
          },
          responsible: { type: 'string', enum: ['owner', 'platform'] },
          causedBy: { type: 'string' },
          since: {
            type: 'object',
            required: ['first'],
            properties: {
              first: { type: 'string', format: 'date-time' },
              confirmed: { type: 'string', format: 'date-time' },
            },
          },
        },
      },
      Gap: {
        type: 'object',
        required: ['what', 'reason', 'message'],
        properties: {
          what: { type: 'string' },
          reason: { type: 'string' },
          message: { type: 'string' },
          remedy: { type: 'string' },
          namespace: { type: 'string' },
          endpoint: { type: 'string' },
          status: { type: 'integer' },
        },
      },
      Accelerator: { description: 'An Accelerator of prefix-caching-core' },
      ModelFacts: { description: 'ModelFacts of prefix-caching-core' },
      FitAssessment: { description: 'A FitAssessment of prefix-caching-core' },
      RenderedFile: {
        type: 'object',
        required: ['path', 'content', 'objects'],
        properties: {
          path: { type: 'string' },
          content: { type: 'string' },
          objects: {
            type: 'array',
            items: { description: 'A Kubernetes or catalog object' },
          },
        },
      },
    },
  },
} as const;
