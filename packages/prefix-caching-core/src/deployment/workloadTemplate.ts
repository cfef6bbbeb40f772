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

import { engineArguments } from './engineArguments';
import type { ResolvedPlan, ResolvedService } from './resolvedPlan';
import { kubeletText, shellWord } from './shellWords';

type Fields = Record<string, unknown>;

/** Shared memory that collective communication between GPUs needs. */
const SHARED_MEMORY = '8Gi';

function presentFields(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Whether several GPUs of one pod talk to each other. */
export function needsSharedMemory(service: ResolvedService): boolean {
  return (
    service.tensorParallel > 1 &&
    service.accelerator.resource !== undefined &&
    service.accelerator.vendor !== 'tpu'
  );
}

/** The LLMInferenceServiceConfig that brings the accelerator's image, where the platform has one. */
export function acceleratorPreset(
  { profile }: ResolvedPlan,
  { accelerator }: ResolvedService,
): string | undefined {
  return profile.acceleratorPresets && accelerator.image === undefined
    ? accelerator.odhPreset
    : undefined;
}

function imageOf(resolved: ResolvedPlan, service: ResolvedService) {
  const { image, images } = service.accelerator;
  return acceleratorPreset(resolved, service)
    ? undefined
    : images?.[resolved.profile.distribution] ?? image;
}

function startupProbe({ profile }: ResolvedPlan, service: ResolvedService) {
  const periodSeconds = service.accelerator.startupSeconds > 1800 ? 30 : 10;
  return {
    httpGet: {
      path: '/health',
      port: profile.targetPort,
      scheme: profile.tls ? 'HTTPS' : 'HTTP',
    },
    periodSeconds,
    failureThreshold: Math.ceil(
      service.accelerator.startupSeconds / periodSeconds,
    ),
  };
}

/** The launcher, where it has to be written out beside a list of arguments. */
export function launcherOf(
  { profile }: Pick<ResolvedPlan, 'profile'>,
  { accelerator }: Pick<ResolvedService, 'accelerator'>,
): readonly string[] | undefined {
  return (
    accelerator.command ??
    (profile.arguments === 'replace-arguments'
      ? ['vllm', 'serve', '/mnt/models']
      : undefined)
  );
}

/** Whether the platform's launch script, which reads words a second time, starts the engine. */
function isEvaluated({ profile }: ResolvedPlan, service: ResolvedService) {
  return profile.evaluates && service.accelerator.command === undefined;
}

/** The engine's arguments as a container has to carry them for the engine to get what the plan says. */
export function carriedArguments(
  resolved: ResolvedPlan,
  service: ResolvedService,
): string[] {
  const words = engineArguments(resolved, service);
  return (isEvaluated(resolved, service) ? words.map(shellWord) : words).map(
    kubeletText,
  );
}

/** Whether arguments go into the environment, since a list would replace the launch script. */
export function asVariable(
  { profile }: Pick<ResolvedPlan, 'profile'>,
  { accelerator }: Pick<ResolvedService, 'accelerator'>,
): boolean {
  return (
    profile.arguments === 'replace-script' && accelerator.command === undefined
  );
}

function environment(resolved: ResolvedPlan, service: ResolvedService) {
  const { accelerator, choice } = service;
  const own = [...accelerator.env, ...(choice.env ?? [])];
  if (accelerator.engine === 'llm-d-inference-sim') {
    const fromPod = (name: string, fieldPath: string) => ({
      name,
      valueFrom: { fieldRef: { fieldPath } },
    });
    return [
      ...own,
      fromPod('POD_NAME', 'metadata.name'),
      fromPod('POD_IP', 'status.podIP'),
    ];
  }
  return asVariable(resolved, service)
    ? [
        {
          name: resolved.profile.argumentsVariable ?? 'VLLM_ADDITIONAL_ARGS',
          value: carriedArguments(resolved, service).join(' '),
        },
        ...own,
      ]
    : own;
}

function container(resolved: ResolvedPlan, service: ResolvedService): Fields {
  const { accelerator, choice } = service;
  const amounts = {
    ...(accelerator.resource && {
      [accelerator.resource]: String(choice.devices),
    }),
    ...accelerator.podResources,
  };
  return presentFields({
    name: 'main',
    image: imageOf(resolved, service),
    command: launcherOf(resolved, service),
    args: asVariable(resolved, service)
      ? undefined
      : carriedArguments(resolved, service),
    env: environment(resolved, service),
    resources:
      Object.keys(amounts).length > 0
        ? { limits: amounts, requests: { ...amounts } }
        : undefined,
    startupProbe: startupProbe(resolved, service),
    volumeMounts: needsSharedMemory(service)
      ? [{ name: 'dshm', mountPath: '/dev/shm' }]
      : undefined,
  });
}

function nodeSelector(
  { nodePlatform }: ResolvedPlan,
  { accelerator, choice }: ResolvedService,
): Record<string, string> | undefined {
  const labels = {
    ...accelerator.nodeSelectors[nodePlatform],
    ...(accelerator.topologyLabel && choice.topology
      ? { [accelerator.topologyLabel]: choice.topology }
      : {}),
  };
  return Object.keys(labels).length > 0 ? labels : undefined;
}

/** `spec.template`: merged by name into the platform's own pod template. */
export function workloadTemplate(
  resolved: ResolvedPlan,
  service: ResolvedService,
): Fields {
  const { plan, serviceAccount } = resolved;
  const { supplementalGroups } = service.accelerator;
  return presentFields({
    serviceAccountName: serviceAccount,
    imagePullSecrets: plan.imagePullSecrets?.map(name => ({ name })),
    nodeSelector: nodeSelector(resolved, service),
    tolerations: service.accelerator.tolerations.map(it => ({ ...it })),
    securityContext: supplementalGroups && {
      supplementalGroups: [...supplementalGroups],
    },
    containers: [container(resolved, service)],
    volumes: needsSharedMemory(service)
      ? [
          {
            name: 'dshm',
            emptyDir: { medium: 'Memory', sizeLimit: SHARED_MEMORY },
          },
        ]
      : undefined,
  });
}
