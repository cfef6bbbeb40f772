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

import { manifestText } from './manifestText';
import type { ResolvedPlan } from './resolvedPlan';
import { serviceAddress } from './serviceAddress';

function operation(summary: string, required: string[]) {
  return {
    post: {
      summary,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { type: 'object', required } },
        },
      },
      responses: { '200': { description: 'The answer of the model.' } },
    },
  };
}

/** The part of the OpenAI API that goes through the picker, as OpenAPI 3.0. */
export function openApiDefinition(resolved: ResolvedPlan): string {
  return manifestText({
    openapi: '3.0.3',
    info: {
      title: resolved.plan.name,
      version: '1',
      description: `OpenAI-compatible. Ask for the model ${resolved.model.name}.`,
    },
    servers: resolved.services.map(service => ({
      url: serviceAddress(resolved, service),
      description: service.accelerator.name,
    })),
    paths: {
      '/chat/completions': operation('Continue a conversation', [
        'model',
        'messages',
      ]),
      '/completions': operation('Continue a text', ['model', 'prompt']),
      '/models': {
        get: {
          summary: 'The models that are served',
          responses: { '200': { description: 'A list of models.' } },
        },
      },
    },
  });
}
