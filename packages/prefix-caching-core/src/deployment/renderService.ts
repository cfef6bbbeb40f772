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

import { ENTITY_REF_ANNOTATION } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import type { PlatformProfile } from '../platforms';
import { manifestText } from './manifestText';
import type { Reason } from './manifestText';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import { routeRules } from './routeRules';
import { schedulerSpec } from './schedulerSpec';
import type { RenderedFile } from './types';
import {
  acceleratorPreset,
  asVariable,
  launcherOf,
  needsSharedMemory,
  workloadTemplate,
} from './workloadTemplate';

/** The label by which Backstage's Kubernetes tab finds an entity's objects. */
const KUBERNETES_ID = 'backstage.io/kubernetes-id';

function routeSpec(
  resolved: ResolvedPlan,
  service: ResolvedService,
): Record<string, unknown> {
  return {
    ...(service.hostname ? { hostnames: [service.hostname] } : {}),
    ...(resolved.profile.isolation === 'rule-names'
      ? { rules: routeRules(resolved, service) }
      : {}),
  };
}

function toObject(
  resolved: ResolvedPlan,
  service: ResolvedService,
): KubernetesObject {
  const { plan, profile, model } = resolved;
  const identity = { [KUBERNETES_ID]: plan.name };
  const preset = acceleratorPreset(resolved, service);
  return {
    apiVersion: profile.apiVersion,
    kind: 'LLMInferenceService',
    metadata: {
      name: service.name,
      namespace: plan.namespace,
      labels: identity,
      annotations: {
        [ENTITY_REF_ANNOTATION]: resolved.entityRef,
        'prefix-caching/accelerator': service.accelerator.id,
      },
    },
    spec: {
      ...(preset ? { baseRefs: [{ name: preset }] } : {}),
      ...(profile.podLabels ? { labels: { ...identity } } : {}),
      model: { uri: model.uri, name: model.name },
      replicas: plan.replicas,
      ...(profile.tensorParallel === 'parallelism' && service.tensorParallel > 1
        ? { parallelism: { tensor: service.tensorParallel } }
        : {}),
      router: {
        gateway:
          resolved.ownGateways || plan.gateway
            ? {
                refs: [
                  {
                    name: service.gateway.name,
                    namespace: service.gateway.namespace,
                  },
                ],
              }
            : {},
        route: { http: { spec: routeSpec(resolved, service) } },
        scheduler: schedulerSpec(resolved, service),
      },
      template: workloadTemplate(resolved, service),
    },
  };
}

const SCHEDULER = ['spec', 'router', 'scheduler'];
const ROUTE = ['spec', 'router', 'route', 'http', 'spec'];
const CONTAINER = ['spec', 'template', 'containers', 0];

function routeReasons(
  { namesRules }: PlatformProfile,
  service: ResolvedService,
): Reason[] {
  return [
    [
      [...ROUTE, 'hostnames'],
      `A host of its own keeps this route apart from others on the gateway.\nIstio up to 1.28.4 merges routes of one host and keeps the picker of the first only.`,
    ],
    [
      [...ROUTE, 'rules'],
      `The platform's own rules under names that only ${
        service.name
      } has.\nIstio keeps one picker per rule name; with the ${
        namesRules
          ? "platform's names, the last\nservice's picker would choose for all of them."
          : "names KServe gives from 0.19 on,\nthe last service's picker would choose for all of them."
      }`,
    ],
  ];
}

function schedulerReason(profile: PlatformProfile, ownScorers: boolean) {
  if (profile.schedulerConfig === 'inline') {
    return 'Written out, so that no upgrade changes how replicas are chosen.';
  }
  return ownScorers
    ? "This platform reads weights from the picker's arguments only, and a list of\narguments replaces its own: they come first, the weights last."
    : `Asks for the Endpoint Picker with the platform's own weights:\n${profile.defaultScorers
        .map(({ type, weight }) => `${type} ${weight}`)
        .join(', ')}.`;
}

function argumentReasons(
  resolved: ResolvedPlan,
  service: ResolvedService,
): Reason[] {
  const { profile } = resolved;
  const { accelerator } = service;
  const args = [...CONTAINER, 'args'];
  if (accelerator.command) {
    return [[args, 'With a command of its own nothing is added to these.']];
  }
  if (asVariable(resolved, service)) {
    return [
      [
        [...CONTAINER, 'env', 0],
        'Arguments go here: `args` would replace the launch script of this platform.',
      ],
    ];
  }
  return launcherOf(resolved, service)
    ? [
        [
          [...CONTAINER, 'command'],
          "The platform's own launcher, written out: a list of arguments replaces the\nplatform's whole list here, so name and port stand in it too.",
        ],
      ]
    : [
        [
          args,
          `Appended to \`vllm serve\`, which the platform launches with model, port and name.${
            profile.evaluates
              ? '\nIts script reads them a second time, so values stand in quotes of their own.'
              : ''
          }`,
        ],
      ];
}

function reasonsFor(
  resolved: ResolvedPlan,
  service: ResolvedService,
): Reason[] {
  const { profile, plan } = resolved;
  const { accelerator } = service;
  return [
    [
      ['metadata', 'annotations', ENTITY_REF_ANNOTATION],
      'The catalog entity this service belongs to: the portal shows arguments and\nlogs only to an entity that is named here.',
    ],
    [
      ['spec', 'baseRefs'],
      `The platform's own preset for ${accelerator.name}: it brings the image.`,
    ],
    [
      ['spec', 'replicas'],
      plan.replicas > 1
        ? 'Each replica keeps a cache of its own; the picker sends a prompt to the one\nthat holds its prefix.'
        : 'With a single replica there is nothing to choose between.',
    ],
    [
      ['spec', 'parallelism'],
      'One engine over all devices of a pod; the platform turns it into the flag.',
    ],
    ...routeReasons(profile, service),
    [SCHEDULER, schedulerReason(profile, plan.scorers !== undefined)],
    [
      ['spec', 'template', 'nodeSelector'],
      `Nodes that carry ${accelerator.name}.`,
    ],
    [
      [...CONTAINER, 'image'],
      accelerator.command
        ? 'No accelerator and no download: answers are made up.'
        : "The platform's own image cannot drive this accelerator.",
    ],
    ...argumentReasons(resolved, service),
    [
      [...CONTAINER, 'startupProbe'],
      `Loading${
        accelerator.vendor === 'tpu' ? ' and compiling' : ''
      } may take up to ${accelerator.startupSeconds / 60} minutes.`,
    ],
    ...(needsSharedMemory(service)
      ? ([
          [
            ['spec', 'template', 'volumes'],
            "Larger than the platform's own: GPUs of one pod talk through it.",
          ],
        ] as Reason[])
      : []),
  ];
}

/** `deploy/<service>.yaml`: the LLMInferenceService of one accelerator. */
export function renderService(
  resolved: ResolvedPlan,
  service: ResolvedService,
): RenderedFile {
  const object = toObject(resolved, service);
  return {
    path: `deploy/${service.name}.yaml`,
    content: manifestText(object, reasonsFor(resolved, service)),
    objects: [object],
  };
}
