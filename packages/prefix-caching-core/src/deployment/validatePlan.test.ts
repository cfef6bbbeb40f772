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

import { InputError } from '../accelerators';
import { PLATFORMS } from '../platforms';
import { referencePlan } from './__fixtures__/plans';
import { PlanError, renderDeployment, validatePlan } from '.';
import type { DeploymentPlan } from '.';

type Change = (plan: DeploymentPlan) => void;

function changed(change: Change): DeploymentPlan {
  const plan = referencePlan('kserve-0.20');
  change(plan);
  return plan;
}

/** A value of the wrong type, as JSON over HTTP may carry it. */
function set(path: string, value: unknown): Change {
  return plan => {
    let target: unknown = plan;
    const steps = path.split('.');
    for (const step of steps.slice(0, -1)) {
      target = (target as Record<string, unknown>)[step];
    }
    (target as Record<string, unknown>)[steps[steps.length - 1]] = value;
  };
}

/** The fields of an 8B model's config.json that the cache is reckoned with. */
const CONFIG = {
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  head_dim: 128,
  max_position_embeddings: 32768,
};

const CASES: [what: string, change: Change, path: string, message: RegExp][] = [
  [
    'an unknown accelerator',
    set('accelerators.0.id', 'nvidia-v100'),
    'accelerators[0].id',
    /'nvidia-v100' is no accelerator.*nvidia-t4, nvidia-l4/,
  ],
  [
    'an unknown model',
    set('model', { id: 'gpt-9' }),
    'model.id',
    /'gpt-9' is not in the model table.*qwen2\.5-3b-instruct.*model\.uri/,
  ],
  [
    'an unknown platform',
    set('platform', 'kserve-0.12'),
    'platform',
    /'kserve-0\.12' is not known.*rhaii-3\.4-ea1, kserve-0\.16/,
  ],
  [
    'a tensor parallelism that heads do not divide by',
    set('accelerators', [
      { id: 'nvidia-l4', devices: 8, tensorParallel: 3, maxModelLen: 4096 },
    ]),
    'accelerators[0].tensorParallel',
    /3 does not divide the 16 heads and 2 KV heads.*Valid on NVIDIA L4: 1, 2, 4, 8/,
  ],
  [
    'devices that heads do not divide by',
    plan => {
      plan.model = { id: 'qwen2.5-7b-instruct' };
      plan.accelerators = [{ id: 'nvidia-l4', devices: 8, maxModelLen: 4096 }];
    },
    'accelerators[0].devices',
    /28 heads and 4 KV heads.*1, 2, 4;/,
  ],
  [
    'a tensor parallelism that leaves devices unused',
    set('accelerators', [
      { id: 'nvidia-l4', devices: 4, tensorParallel: 2, maxModelLen: 4096 },
    ]),
    'accelerators[0].tensorParallel',
    /2 differs from the 4 engine devices.*Expected 4/,
  ],
  [
    'a number of devices that no host has',
    set('accelerators.1', { id: 'tpu-v6e', devices: 3 }),
    'accelerators[1].devices',
    /no choice of Google TPU v6e.*1 \(1x1\), 4 \(2x2\), 8 \(2x4\)/,
  ],
  [
    'a topology that does not match the devices',
    set('accelerators.1', { id: 'tpu-v6e', devices: 4, topology: '2x4' }),
    'accelerators[1].devices',
    /4 devices and topology 2x4/,
  ],
  [
    'a length beyond the model',
    set('accelerators.0.maxModelLen', 40000),
    'accelerators[0].maxModelLen',
    /40000 exceeds the longest context.*at most 32768/,
  ],
  [
    'a model that does not fit',
    plan => {
      plan.model = { id: 'qwen2.5-7b-instruct' };
      plan.accelerators = [{ id: 'nvidia-t4', devices: 1, maxModelLen: 4096 }];
    },
    'accelerators[0].maxModelLen',
    /refuse to start.*No length fits.*Choose a larger accelerator/,
  ],
  [
    'a length that does not fit, with the largest that may',
    set('accelerators', [{ id: 'nvidia-l4', devices: 1, maxModelLen: 131072 }]),
    'accelerators[0].maxModelLen',
    /at most 32768/,
  ],
  [
    'bfloat16 on a T4',
    set('accelerators.0.dtype', 'bfloat16'),
    'accelerators[0].dtype',
    /does not start on NVIDIA T4.*Expected half/,
  ],
  [
    'a TPU where no node has one',
    set('nodePlatform', 'karpenter'),
    'accelerators[1].id',
    /no node label on 'karpenter'.*gke/,
  ],
  [
    'no accelerator',
    set('accelerators', []),
    'accelerators',
    /Expected at least one/,
  ],
  ['no name', set('name', ''), 'name', /is missing/],
  ['no owner', set('owner', undefined), 'owner', /is missing.*group:default/],
  [
    'a name longer than Kubernetes allows',
    set('name', 'n'.repeat(64)),
    'name',
    /has 64 characters.*at most 63/,
  ],
  [
    'a name that gives too long a service name',
    set('name', 'n'.repeat(60)),
    'name',
    /gives the service name 'n+-gpu-svc' of 68 characters/,
  ],
  [
    'a service name that no Kubernetes Service may have',
    set('accelerators.0.service', '3b-svc'),
    'accelerators[0].service',
    /beginning with a letter/,
  ],
  [
    'the same service name twice',
    plan => {
      plan.accelerators[0].service = 'one';
      plan.accelerators[1].service = 'one';
    },
    'accelerators[1].service',
    /'one' is the name of accelerators\[0\] too/,
  ],
  [
    'the same accelerator twice',
    set('accelerators.1', { id: 'nvidia-t4', maxModelLen: 4096 }),
    'accelerators[1].service',
    /Expected a name of its own/,
  ],
  ['a name in capitals', set('name', 'Qwen'), 'name', /RFC 1123/],
  [
    'a namespace with a line break',
    set('namespace', 'models\nkind: Secret'),
    'namespace',
    /cannot be used.*RFC 1123/,
  ],
  [
    'a namespace the scaffolder would execute',
    set('namespace', '${{ secrets.token }}'),
    'namespace',
    /contains '\$\{\{'.*execute as a template/,
  ],
  [
    'a model name KServe would execute',
    set('model.name', '{{ .Spec }}'),
    'model.name',
    /contains '\{\{'/,
  ],
  [
    'a description KServe would execute',
    set('description', 'ends with }}'),
    'description',
    /contains '\}\}'/,
  ],
  [
    'a model name that the launch script would execute',
    set('model.name', 'qwen;curl evil'),
    'model.name',
    /cannot be used/,
  ],
  [
    'a model address of another kind',
    set('model.uri', 'https://example.com/model'),
    'model.uri',
    /hf:\/\/, oci:\/\/, pvc:\/\/ or s3:\/\//,
  ],
  [
    'a model address that climbs',
    set('model.uri', 'pvc://models/../secrets'),
    'model.uri',
    /cannot be used/,
  ],
  ['no model at all', set('model', {}), 'model.uri', /is missing.*model\.id/],
  [
    'a gated model without a token',
    set('model', { id: 'llama-3.2-3b-instruct' }),
    'model.tokenSecret',
    /HF_TOKEN.*never the token itself/,
  ],
  ['no replica', set('replicas', 0), 'replicas', /whole number from 1/],
  ['half a replica', set('replicas', 1.5), 'replicas', /whole number/],
  ['replicas as text', set('replicas', '3'), 'replicas', /"3" cannot be used/],
  [
    'a dtype that is none',
    set('accelerators.0.dtype', 'half --trust-remote-code'),
    'accelerators[0].dtype',
    /Expected auto, half/,
  ],
  [
    'more memory than there is',
    set('accelerators.0.gpuMemoryUtilization', 1.2),
    'accelerators[0].gpuMemoryUtilization',
    /from 0.05 to 1/,
  ],
  [
    'a path out of the repository',
    set('argoCd', { repoUrl: 'https://example.com/x.git', path: '../../etc' }),
    'argoCd.path',
    /without \.\./,
  ],
  [
    'credentials in a repository address',
    set('argoCd', {
      repoUrl: 'https://user:token@example.com/x.git',
      path: 'deploy',
    }),
    'argoCd.repoUrl',
    /without credentials/,
  ],
  [
    'the reference document’s scorer, which no release has',
    set('scorers', [
      { type: 'prefix-cache-scorer', weight: 1 },
      { type: 'least-requests', weight: 0.5 },
    ]),
    'scorers[1].type',
    /'least-requests' is no scorer.*queue-scorer/,
  ],
  [
    'weights without affinity',
    set('scorers', [{ type: 'queue-scorer', weight: 1 }]),
    'scorers',
    /no prefix-cache-scorer/,
  ],
  [
    'half a weight where only whole ones are read',
    plan => {
      plan.platform = 'rhaii-3.4-ea1';
      plan.scorers = [{ type: 'prefix-cache-scorer', weight: 0.5 }];
    },
    'scorers[0].weight',
    /whole weights only/,
  ],
  [
    'an Istio that does not read this platform’s pools',
    set('platform', { id: 'rhaii-3.4-ea1', istio: '1.29.0' }),
    'platform.istio',
    /does not read pools of inference\.networking\.x-k8s\.io.*Expected Istio 1\.27/,
  ],
  [
    'TLS on where it cannot be',
    set('platform', { id: 'kserve-0.17', tls: true }),
    'platform.tls',
    /cannot serve TLS\. Expected false/,
  ],
  [
    'the EnvoyFilter away from its own platform',
    set('envoyFilter', true),
    'envoyFilter',
    /Red Hat AI Inference 3\.4\.0-ea\.1 alone/,
  ],
  [
    'an accelerator that is not offered',
    set('accelerators', [{ id: 'intel-gaudi3' }]),
    'accelerators[0].id',
    /no accelerator of the table/,
  ],
  [
    'a scorer this release’s picker does not have',
    plan => {
      plan.platform = 'kserve-0.16';
      plan.scorers = [
        { type: 'prefix-cache-scorer', weight: 3 },
        { type: 'no-hit-lru-scorer', weight: 2 },
      ];
    },
    'scorers[1].type',
    /not in the Endpoint Picker of KServe 0\.16/,
  ],
  [
    'an environment that is there twice',
    set('overlays', ['staging', 'staging']),
    'overlays[1]',
    /there twice/,
  ],
  ...(
    [
      ['--no-enable-prefix-caching', /switches off/],
      ['--disable-log-requests', /refused by newer engines/],
      ['--max-model-len=4096', /set maxModelLen instead/],
      ['--port=8001', /given to the engine by KServe 0\.20/],
      ['--enable-prefix-caching', /always written/],
      ['--seed=1', /there twice/],
      ['python3 -m vllm', /one argument such as/],
      ['--name={{ .Spec }}', /execute as a template/],
      ['--name=a\nb', /without control characters/],
    ] as const
  ).map(([argument, message]): [string, Change, string, RegExp] => [
    `the argument ${JSON.stringify(argument)}`,
    plan => {
      plan.accelerators[0].args = ['--seed=1', argument];
    },
    'accelerators[0].args[1]',
    message,
  ]),
  [
    'TLS off where it cannot be',
    set('platform', { id: 'rhaii-3.4-ea1', tls: false }),
    'platform.tls',
    /always serves TLS/,
  ],
  [
    'a model of the table named by its address, with heads that do not divide',
    plan => {
      plan.model = { uri: 'hf://Qwen/Qwen2.5-7B-Instruct' };
      plan.accelerators = [{ id: 'nvidia-h100', devices: 8 }];
    },
    'accelerators[0].devices',
    /Valid on NVIDIA H100 80 GB: 1, 2, 4;/,
  ],
  [
    'a description beside a model of the table',
    plan => {
      plan.model = { id: 'qwen2.5-3b-instruct', config: CONFIG };
    },
    'model.config',
    /beside model\.id 'qwen2\.5-3b-instruct'.*leave the other out/,
  ],
  [
    'a description without an address',
    plan => {
      plan.model = { config: CONFIG, weightsGib: 15 };
    },
    'model.uri',
    /does not say where the model is/,
  ],
  [
    'a description that lacks what the cache is reckoned with',
    plan => {
      plan.model = {
        uri: 'pvc://models/own',
        config: { ...CONFIG, num_hidden_layers: undefined },
        weightsGib: 15,
      };
    },
    'model.config.num_hidden_layers',
    /^is absent\. Expected a positive number/,
  ],
  [
    'a description without the size of its weights',
    plan => {
      plan.model = { uri: 'pvc://models/own', config: CONFIG };
    },
    'model.weightsGib',
    /add up the sizes of the safetensors files/,
  ],
  [
    'a size without a description',
    plan => {
      plan.model = { uri: 'pvc://models/own', weightsGib: 15 };
    },
    'model.config',
    /tells no fit/,
  ],
  [
    'a described model that does not fit',
    plan => {
      plan.model = { uri: 'pvc://models/own', config: CONFIG, weightsGib: 15 };
      plan.accelerators = [{ id: 'nvidia-t4', devices: 1 }];
    },
    'accelerators[0].maxModelLen',
    /No length fits/,
  ],
  [
    'a described model with heads that do not divide',
    plan => {
      plan.model = {
        uri: 'pvc://models/own',
        config: { ...CONFIG, num_attention_heads: 28, num_key_value_heads: 4 },
        weightsGib: 15,
      };
      plan.accelerators = [{ id: 'nvidia-h100', devices: 8 }];
    },
    'accelerators[0].devices',
    /28 heads and 4 KV heads of own/,
  ],
  [
    'an isolation there is none of',
    set('isolation', 'namespace'),
    'isolation',
    /Expected one of auto, hostname, gateway/,
  ],
  [
    'the filter with Gateways of their own',
    plan => {
      plan.platform = 'rhaii-3.4-ea1';
      plan.envoyFilter = true;
      plan.isolation = 'gateway';
    },
    'envoyFilter',
    /for the one gateway of all services/,
  ],
  [
    'a name that leaves no room for that of the Gateway’s Service',
    plan => {
      plan.name = 'q'.repeat(53);
      plan.isolation = 'gateway';
    },
    'name',
    /'q{53}-gpu-svc-istio' of 67 characters/,
  ],
  [
    'a domain that makes a host too long',
    plan => {
      plan.platform = 'rhaii-3.4-ea1';
      plan.gateway = {
        namespace: 'a',
        name: 'b',
        domain: `${'d.'.repeat(124)}e`,
      };
    },
    'gateway.domain',
    /Expected at most 253/,
  ],
];

describe('validatePlan', () => {
  it('fills in the length that fits a model which the plan describes', () => {
    const plan = changed(it => {
      it.model = { uri: 'pvc://models/own', config: CONFIG, weightsGib: 15 };
      it.accelerators = [{ id: 'nvidia-l4' }];
    });
    expect(validatePlan(plan)).toEqual([]);
    const { content } = renderDeployment(plan).find(({ path }) =>
      /^deploy\/.*svc\.yaml$/.test(path),
    )!;
    expect(content).toMatch(/--max-model-len=\d+/);
  });

  it.each(PLATFORMS.map(({ id }) => id))(
    'has nothing against the reference document’s case on %s',
    platform => {
      expect(validatePlan(referencePlan(platform))).toEqual([]);
    },
  );

  it.each(CASES)('refuses %s', (_, change, path, message) => {
    const plan = changed(change);
    const before = structuredClone(plan);
    const problems = validatePlan(plan);
    const problem = problems.find(candidate => candidate.path === path);
    expect(problems.map(candidate => candidate.path)).toContain(path);
    expect(problem?.message).toMatch(message);
    expect(() => renderDeployment(plan)).toThrow(PlanError);
    expect(plan).toEqual(before);
  });

  it('names every field at once, and begins with the first one’s path', () => {
    const plan = changed(it => {
      it.name = 'Qwen';
      it.replicas = 0;
    });
    expect(validatePlan(plan).map(({ path }) => path)).toEqual([
      'name',
      'replicas',
    ]);
    expect(() => renderDeployment(plan)).toThrow(/^name: "Qwen"/);
    expect(() => renderDeployment(plan)).toThrow(InputError);
  });

  it.each([[undefined], [42], ['plan'], [[]], [{}], [{ accelerators: {} }]])(
    'survives %j',
    nonsense => {
      expect(
        validatePlan(nonsense as unknown as DeploymentPlan).length,
      ).toBeGreaterThan(0);
    },
  );

  it('warns of one replica instead of refusing it', () => {
    const files = renderDeployment(changed(set('replicas', 1)));
    expect(files.find(({ path }) => path === 'README.md')?.content).toContain(
      'One replica only',
    );
  });
});
