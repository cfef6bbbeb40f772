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
            properties: { run: { type: 'boolean' } },
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
            enum: ['progressing', 'running', 'stopped'],
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
            items: {
              type: 'object',
              required: ['subject', 'value'],
              properties: {
                subject: { type: 'string' },
                value: { type: 'string' },
                sensitive: { type: 'boolean' },
              },
            },
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
