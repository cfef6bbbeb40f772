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

import { existsSync, readdirSync, readFileSync } from 'fs';
import path from 'path';
import { verify } from './checks';
import type { Finding } from './checks';
import type { DeploymentPlan } from './deployment';
import { referencePlan } from './deployment/__fixtures__/plans';
import {
  CONFORMANCE,
  violations,
} from './deployment/__testUtils__/customResourceSchema';
import { renderResolved } from './deployment/renderDeployment';
import { resolvePlan } from './deployment/resolvePlan';
import {
  at,
  generatedNames,
  LABEL_VALUES,
  LABELS,
  readObjects,
} from './kubernetes';
import type { KubernetesObject } from './kubernetes';
import { observeTarget } from './observation';
import { findPlatform } from './platforms';
import type { PlatformId, PlatformProfile } from './platforms';
import type { Verdict } from './verdicts';

/*
 * Rendering must not vouch for itself. Each field of a profile is changed in a
 * copy that only the renderer sees; then a check on the objects, beside those
 * that the real release creates, or the release's own CRD must object.
 */

const describeIf = existsSync(CONFORMANCE)
  ? describe
  : // The real objects and CRDs are kept outside of the repository.
    describe.skip;

const RELEASES: Record<string, { crd: string; objects: string }> = {
  'rhaii-3.4-ea1': {
    crd: 'crd/rhaii-3.4-ea1/serving.kserve.io_llminferenceservices.yaml',
    objects: 'objects/v0.16.0-tls',
  },
  'kserve-0.20': {
    crd: 'crd/kserve-v0.20.0/serving.kserve.io_llminferenceservices.yaml',
    objects: 'objects/v0.20.0-plain',
  },
};

/** The one service whose objects the real release's are. */
const NAME = 'qwen-3b';

interface Setting {
  plan?: Partial<DeploymentPlan>;
  /** Whether the objects the release creates stand beside what is rendered. */
  beside?: readonly string[];
  istio?: string;
  /** Judged as a cluster that was asked for these kinds. */
  asked?: readonly string[];
  /** Whether the picker of the release's preset stands beside, with the rule its controller writes. */
  presetPicker?: boolean;
  /** Two services instead of the one whose objects stand beside. */
  pair?: boolean;
}

type Row = [
  field: keyof PlatformProfile,
  platform: PlatformId,
  mutation: Partial<PlatformProfile>,
  /** The check that objects, or `CRD`. */
  objects: string,
  setting?: Setting,
];

const ROWS: Row[] = [
  [
    'apiVersion',
    'rhaii-3.4-ea1',
    { apiVersion: 'serving.kserve.io/v1alpha2' },
    'CRD',
  ],
  [
    'apiVersion',
    'kserve-0.20',
    // Still served, and the version in which `args` replace the launch script.
    { apiVersion: 'serving.kserve.io/v1alpha1' },
    'engine.arguments',
  ],
  [
    'pickerArguments',
    'rhaii-3.4-ea1',
    {
      pickerArguments: findPlatform('rhaii-3.4-ea1').pickerArguments?.map(
        word => word.replace('x-k8s.io', 'k8s.io'),
      ),
    },
    'router.pool',
    {
      plan: { scorers: [{ type: 'prefix-cache-scorer', weight: 3 }] },
      beside: ['InferencePool', 'HTTPRoute'],
    },
  ],
  [
    'poolGroup',
    'kserve-0.20',
    { poolGroup: 'inference.networking.x-k8s.io' },
    'router.pool',
  ],
  [
    'istio',
    'kserve-0.20',
    { istio: '1.30' },
    'gateway.shared-picker',
    {
      plan: { platform: { id: 'kserve-0.20', istio: '1.28.0' } },
      istio: '1.28.0',
      pair: true,
    },
  ],
  [
    'tls',
    'kserve-0.20',
    { tls: true },
    'gateway.picker-tls',
    { beside: ['Deployment', 'InferencePool'] },
  ],
  [
    'tls',
    'rhaii-3.4-ea1',
    { tls: false },
    'gateway.picker-tls',
    { beside: ['InferencePool', 'HTTPRoute'], presetPicker: true },
  ],
  ['arguments', 'rhaii-3.4-ea1', { arguments: 'append' }, 'engine.arguments'],
  ...(['rhaii-3.4-ea1', 'kserve-0.20'] as const).map(
    (platform): Row => [
      'evaluates',
      platform,
      { evaluates: false },
      'engine.arguments',
      {
        plan: {
          accelerators: [
            {
              id: 'nvidia-t4',
              service: NAME,
              args: ['--speculative-config={"method":"ngram"}'],
            },
          ],
        },
      },
    ],
  ),
  [
    'tensorParallel',
    'rhaii-3.4-ea1',
    { tensorParallel: 'parallelism' },
    'engine.arguments',
    { pair: true },
  ],
  [
    'argumentsVariable',
    'rhaii-3.4-ea1',
    // What a slip of the pen would write.
    { argumentsVariable: 'VLLM_ARGS' as 'VLLM_ADDITIONAL_ARGS' },
    'engine.arguments',
    { pair: true },
  ],
  ['podLabels', 'rhaii-3.4-ea1', { podLabels: true }, 'CRD'],
  ['targetPort', 'kserve-0.20', { targetPort: 8080 }, 'router.pool'],
  ['targetPort', 'rhaii-3.4-ea1', { targetPort: 8080 }, 'engine.arguments'],
  ['schedulerConfig', 'rhaii-3.4-ea1', { schedulerConfig: 'inline' }, 'CRD'],
  [
    'isolation',
    'kserve-0.20',
    { isolation: 'hostname' },
    'gateway.shared-picker',
    { pair: true },
  ],
  [
    'writesDestinationRule',
    'kserve-0.20',
    { writesDestinationRule: true },
    'gateway.picker-tls',
    {
      beside: ['Deployment', 'InferencePool', 'HTTPRoute'],
      asked: ['Deployment', 'InferencePool', 'HTTPRoute', 'DestinationRule'],
    },
  ],
  [
    'pickerTlsWhenOff',
    'kserve-0.20',
    { pickerTlsWhenOff: false },
    'gateway.picker-tls',
    {
      beside: ['Deployment', 'InferencePool', 'HTTPRoute'],
      asked: ['Deployment', 'InferencePool', 'HTTPRoute', 'DestinationRule'],
    },
  ],
  [
    'routeRules',
    'kserve-0.20',
    {
      routeRules: findPlatform('kserve-0.20').routeRules.map(rule => ({
        ...rule,
        to: 'service' as const,
      })),
    },
    'gateway.routes',
  ],
  [
    'pickerConfigApiVersion',
    'kserve-0.20',
    { pickerConfigApiVersion: 'inference.networking.k8s.io/v2' },
    'router.scorers',
  ],
  [
    'defaultScorers',
    'kserve-0.20',
    { defaultScorers: [{ type: 'queue-scorer', weight: 2 }] },
    'router.scorers',
  ],
  [
    'gateway',
    'rhaii-3.4-ea1',
    { gateway: { namespace: 'elsewhere', name: 'inference-gateway' } },
    'network.policies',
    { plan: { gateway: undefined }, beside: ['HTTPRoute', 'InferencePool'] },
  ],
];

/** Fields that change nothing a cluster acts on, each with the reason. */
const WITHOUT_EFFECT: Partial<
  Record<keyof PlatformProfile, Partial<Record<PlatformId | 'both', string>>>
> = {
  id: { both: 'the key of the table; no file holds it' },
  name: { both: 'shown in the README only' },
  source: { both: 'where the row was read; no file holds it' },
  pickerReference: { both: 'the platform writes the pool; detection reads it' },
  kserve: { both: 'detection compares it; no file holds it' },
  writesOlderPool: {
    both: 'read only where a plan names an Istio of the other side of 1.28',
  },
  tlsChoice: { both: 'a plan that wants TLS otherwise is refused by it' },
  platformFlags: { both: 'a plan that repeats one is refused by it' },
  publisherName: { both: 'the platform gives the name; detection reads it' },
  acceleratorPresets: {
    both: "without a preset the platform's default image drives these devices",
  },
  schedulerFields: { both: 'presets.test.ts compares them with the CRD' },
  pickerConfigFlag: { 'rhaii-3.4-ea1': 'checks read either spelling' },
  namesRules: {
    both: 'why rules are written out, in a comment and in the README',
  },
  writesMonitors: { both: 'no check reads monitors' },
  envoyFilter: { both: 'a plan that asks for the filter is refused by it' },
  fractionalWeights: { both: 'a plan with half a weight is refused by it' },
  missingScorers: { both: 'a plan that names one is refused by it' },
  eppImage: { both: "the platform's own image is used; detection reads it" },
  removedFlags: { both: 'no such flag is rendered' },
  distribution: {
    both: 'whose build of the same engine is pulled; either serves',
  },
  istio: { 'rhaii-3.4-ea1': 'hosts are always given there' },
  poolGroup: {
    'rhaii-3.4-ea1':
      'the platform writes route and pool; the picker is told in its arguments',
  },
  pickerTlsWhenOff: { 'rhaii-3.4-ea1': 'its TLS is always on' },
  routeRules: {
    'rhaii-3.4-ea1':
      'the platform writes them; only the EnvoyFilter counts them',
  },
  arguments: {
    'kserve-0.20': 'its launch script reads VLLM_ADDITIONAL_ARGS as well',
  },
  tensorParallel: {
    'kserve-0.20': 'flag and field reach the same option of the engine',
  },
  argumentsVariable: {
    'kserve-0.20': 'arguments are given as a list there',
  },
  podLabels: {
    'kserve-0.20': 'only the Kubernetes tab of the portal reads these labels',
  },
  schedulerConfig: {
    'kserve-0.20':
      "without it the platform's weights apply, which are the same; the finding then says that files give none",
  },
  isolation: {
    'rhaii-3.4-ea1':
      'hosts are kept for the sake of its Istio, and rule names come on top',
  },
  writesDestinationRule: {
    'rhaii-3.4-ea1': 'a second rule of the same mode for the same host',
  },
  pickerConfigApiVersion: {
    'rhaii-3.4-ea1': 'written only when a plan gives weights',
  },
  defaultScorers: { 'rhaii-3.4-ea1': 'named in a comment only' },
  gateway: {
    'kserve-0.20':
      'the real objects that stand beside are of a gateway of another name',
  },
};

function planFor(platform: PlatformId, { plan, pair }: Setting) {
  const reference = referencePlan(platform);
  const [gpu] = reference.accelerators;
  return {
    ...reference,
    accelerators: pair ? reference.accelerators : [{ ...gpu, service: NAME }],
    ...plan,
  };
}

function realObjects(platform: PlatformId, kinds: readonly string[]) {
  const folder = path.join(CONFORMANCE, RELEASES[platform].objects);
  return readdirSync(folder)
    .flatMap(
      file =>
        readObjects(readFileSync(path.join(folder, file), 'utf8')).objects,
    )
    .filter(({ kind }) => kinds.includes(kind));
}

/** The picker as the preset of the release has it, and the DestinationRule of its controller. */
function presetPicker(): KubernetesObject[] {
  const scheduler = readObjects(
    readFileSync(
      path.join(
        CONFORMANCE,
        'presets/rhaii-3.4-ea1/charts-kserve-files-resources.yaml',
      ),
      'utf8',
    ),
  ).objects.find(
    ({ metadata }) => metadata.name === 'kserve-config-llm-scheduler',
  );
  const names = generatedNames(NAME);
  const namespace = 'rhaii-inference';
  const labels = {
    [LABELS.name]: NAME,
    [LABELS.partOf]: LABEL_VALUES.partOf,
    [LABELS.component]: LABEL_VALUES.picker,
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: names.picker, namespace, labels },
      spec: {
        template: {
          metadata: { labels },
          spec: at(scheduler, 'spec', 'router', 'scheduler', 'template'),
        },
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: names.picker, namespace },
      spec: {
        host: `${names.pickerService}.${namespace}.svc.cluster.local`,
        trafficPolicy: {
          tls: { mode: 'SIMPLE', caCertificates: '/var/run/ca.crt' },
        },
      },
    },
  ];
}

function crdViolations(
  platform: PlatformId,
  objects: KubernetesObject[],
): string[] {
  return objects
    .filter(({ kind }) => kind === 'LLMInferenceService')
    .flatMap(service => {
      try {
        return violations(RELEASES[platform].crd, service);
      } catch (error) {
        return [(error as Error).message];
      }
    });
}

/** What the check says, or the CRD, of everything rendered with a profile; the worst of its services. */
function objection(
  [, platform, , objects, setting = {}]: Row,
  profile: PlatformProfile,
): Verdict {
  const rendered = renderResolved(
    resolvePlan(planFor(platform, setting), undefined, profile),
  )
    .filter(file => file.path.startsWith('deploy/'))
    .flatMap(file => file.objects);
  if (objects === 'CRD') {
    return crdViolations(platform, rendered).length > 0 ? 'fail' : 'pass';
  }
  const all = [
    ...rendered,
    ...realObjects(platform, setting.beside ?? []),
    ...(setting.presetPicker ? presetPicker() : []),
  ];
  const services = rendered.filter(
    ({ kind }) => kind === 'LLMInferenceService',
  );
  const findings = services.flatMap(({ metadata }): Finding[] =>
    verify(
      observeTarget({
        source: setting.asked ? 'cluster' : 'manifests',
        target: {
          cluster: '',
          namespace: metadata.namespace ?? 'default',
          name: metadata.name,
        },
        objects: all,
        asked: setting.asked ?? all.map(({ kind }) => kind),
        observedAt: '1970-01-01T00:00:00.000Z',
      }),
      { istio: setting.istio },
    ).findings.filter(({ check }) => check === objects),
  );
  expect(findings).not.toEqual([]);
  return findings.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass';
}

describeIf('a profile field that is wrong in the renderer alone', () => {
  it.each(ROWS)('%s of %s: %j is objected to by %s', (...row) => {
    const [, platform, mutation, , setting = {}] = row;
    const { platform: choice } = planFor(platform, setting);
    const right = {
      ...findPlatform(platform),
      ...(typeof choice === 'object' && choice.istio
        ? { istio: choice.istio }
        : {}),
    };
    expect(objection(row, right)).toBe('pass');
    expect(objection(row, { ...right, ...mutation })).toBe('fail');
  });

  it.each(['rhaii-3.4-ea1', 'kserve-0.20'] as const)(
    'every field of %s has a row, or a reason to have none',
    platform => {
      const covered = ROWS.filter(row => row[1] === platform).map(
        ([field]) => field,
      );
      const excused = (
        Object.keys(WITHOUT_EFFECT) as (keyof PlatformProfile)[]
      ).filter(
        field =>
          WITHOUT_EFFECT[field]?.both ?? WITHOUT_EFFECT[field]?.[platform],
      );
      expect([...new Set([...covered, ...excused])].sort()).toEqual(
        Object.keys(findPlatform(platform)).sort(),
      );
      expect(covered.filter(field => excused.includes(field))).toEqual([]);
    },
  );
});
