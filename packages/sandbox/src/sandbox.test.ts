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

import { resolve } from 'node:path';
import { ManualClock } from './clock';
import { startSandbox, type Sandbox } from './sandbox';
import { listAt, textAt } from './json';

const examplesDir = resolve(__dirname, '../../../examples');

/** Just enough of the text format for these tests: the sum of a family's samples. */
function sum(page: string, family: string): number | undefined {
  const values = page
    .split('\n')
    .filter(
      line => line.startsWith(`${family}{`) || line.startsWith(`${family} `),
    )
    .map(line => Number(line.split(' ').pop()));
  return values.length ? values.reduce((a, b) => a + b, 0) : undefined;
}

describe('the sandbox', () => {
  let clock: ManualClock;
  let sandbox: Sandbox;

  beforeEach(async () => {
    clock = new ManualClock();
    sandbox = await startSandbox({
      apiPort: 0,
      gitPort: 0,
      examplesDir,
      clock,
    });
  });
  afterEach(() => sandbox.close());

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${sandbox.api.url}${path}`, {
      ...init,
      headers: { authorization: 'Bearer sandbox-admin', ...init.headers },
    });
  const read = async (path: string): Promise<unknown> =>
    (await call(path)).json();
  const patch = (path: string, body: unknown) =>
    call(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(body),
    });

  const serviceBase = '/apis/serving.kserve.io/v1alpha2/namespaces/llm-serving';
  const podBase = '/api/v1/namespaces/llm-serving/pods';
  const epp = (name: string) =>
    `/apis/apps/v1/namespaces/llm-serving/deployments/${name}-kserve-router-scheduler`;

  async function conditions(name: string, base = serviceBase) {
    const service = await read(`${base}/llminferenceservices/${name}`);
    return Object.fromEntries(
      listAt(service, 'status', 'conditions').map(entry => [
        textAt(entry, 'type'),
        textAt(entry, 'status'),
      ]),
    );
  }
  async function podNames(name: string, component: string): Promise<string[]> {
    const selector = `app.kubernetes.io/name=${name},app.kubernetes.io/component=${component}`;
    const pods = await read(
      `${podBase}?labelSelector=${encodeURIComponent(selector)}`,
    );
    return listAt(pods, 'items').map(
      pod => textAt(pod, 'metadata', 'name') ?? '',
    );
  }
  async function engineTokens(name: string) {
    let queries = 0;
    let hits = 0;
    for (const pod of await podNames(name, 'llminferenceservice-workload')) {
      const answer = await call(`${podBase}/${pod}:8000/proxy/metrics`);
      const page = await answer.text();
      queries += sum(page, 'vllm:prefix_cache_queries_total') ?? 0;
      hits += sum(page, 'vllm:prefix_cache_hits_total') ?? 0;
    }
    return { queries, hits };
  }
  /** EPP metrics without a token: switched on for these tests by its own flag. */
  async function pickerPage(name: string) {
    const [pod] = await podNames(name, 'llminferenceservice-router-scheduler');
    const answer = await call(`${podBase}/${pod}:9090/proxy/metrics`);
    return answer.text();
  }
  async function openPickerMetrics(name: string) {
    const deployment = await read(epp(name));
    const containers = listAt(
      deployment,
      'spec',
      'template',
      'spec',
      'containers',
    );
    const [main, ...others] = containers;
    const args = [...listAt(main, 'args'), '--metrics-endpoint-auth=false'];
    await patch(epp(name), {
      spec: {
        template: {
          spec: { containers: [{ ...(main as object), args }, ...others] },
        },
      },
    });
    clock.advance(4);
  }
  const complete = (name: string, prompt: string) =>
    fetch(`${sandbox.api.url}/gateway/llm-serving/${name}/v1/completions`, {
      method: 'POST',
      body: JSON.stringify({ prompt }),
    });

  it('starts every deployment with all its conditions True', async () => {
    const searchBase = serviceBase.replace('llm-serving', 'llm-search');
    for (const [name, base] of [
      ['qwen-3b-gpu', serviceBase],
      ['qwen-3b-tpu', serviceBase],
      ['llama-8b-summarize', serviceBase],
      ['mistral-7b-search', searchBase],
      ['qwen-8b-batch', serviceBase],
    ]) {
      expect(await conditions(name, base)).toEqual({
        Ready: 'True',
        PresetsCombined: 'True',
        MainWorkloadReady: 'True',
        WorkloadsReady: 'True',
        GatewaysReady: 'True',
        HTTPRoutesReady: 'True',
        InferencePoolReady: 'True',
        SchedulerWorkloadReady: 'True',
        RouterReady: 'True',
      });
    }
  });

  it('streams an answer as vLLM does, and keeps salted prompts apart', async () => {
    expect((await engineTokens('qwen-8b-batch')).queries).toBe(0);
    const prompt = 'x'.repeat(2000);
    const cached = async (salt: string) => {
      const response = await fetch(
        `${sandbox.api.url}/gateway/llm-serving/qwen-8b-batch/v1/completions`,
        {
          method: 'POST',
          body: JSON.stringify({
            prompt,
            cache_salt: salt,
            max_tokens: 1,
            stream: true,
            stream_options: { include_usage: true },
          }),
        },
      );
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      const events = (await response.text())
        .split('\n\n')
        .filter(Boolean)
        .map(event => event.replace(/^data: /, ''));
      expect(events.pop()).toBe('[DONE]');
      const { usage, choices } = JSON.parse(events.pop() ?? '');
      expect(choices).toEqual([]);
      expect(usage.prompt_tokens).toBe(500);
      return usage.prompt_tokens_details.cached_tokens;
    };
    expect(await cached('a')).toBe(0);
    expect(await cached('a')).toBe(496);
    expect(await cached('b')).toBe(0);
  });

  it('keeps prefixes warm where the picker is asked, and not where it is bypassed', async () => {
    const healthy = await engineTokens('qwen-3b-gpu');
    const bypassed = await engineTokens('llama-8b-summarize');
    expect(healthy.hits / healthy.queries).toBeGreaterThan(0.6);
    expect(bypassed.hits / bypassed.queries).toBeLessThan(0.3);

    await openPickerMetrics('llama-8b-summarize');
    clock.advance(10);
    const page = await pickerPage('llama-8b-summarize');
    expect(sum(page, 'llm_d_epp_request_total')).toBeUndefined();
    expect(sum(page, 'llm_d_epp_ready_endpoints')).toBe(3);
  });

  it('stays green when the EPP is gone, while its counters stop and the engines go on', async () => {
    await openPickerMetrics('qwen-3b-gpu');
    clock.advance(10);
    const page = await pickerPage('qwen-3b-gpu');
    expect(sum(page, 'llm_d_epp_request_total')).toBeGreaterThan(10);
    expect(sum(page, 'inference_objective_request_total')).toBe(
      sum(page, 'llm_d_epp_request_total'),
    );
    expect(page).toContain('extension_point="Scorer"');
    expect(page).toMatch(/model_server_endpoint="[\w-]+-rank-0"/);
    expect(page).not.toContain('request_error_total');

    const patched = await patch(epp('qwen-3b-gpu'), { spec: { replicas: 0 } });
    expect(patched.status).toBe(200);
    const before = await engineTokens('qwen-3b-gpu');
    clock.advance(10);

    expect(
      await podNames('qwen-3b-gpu', 'llminferenceservice-router-scheduler'),
    ).toEqual([]);
    expect(new Set(Object.values(await conditions('qwen-3b-gpu')))).toEqual(
      new Set(['True']),
    );
    const answer = await complete('qwen-3b-gpu', 'Translate to French: Hello');
    expect(answer.status).toBe(200);
    const after = await engineTokens('qwen-3b-gpu');
    expect(after.queries).toBeGreaterThan(before.queries);

    await patch(epp('qwen-3b-gpu'), { spec: { replicas: 1 } });
    clock.advance(12);
    expect(
      sum(await pickerPage('qwen-3b-gpu'), 'llm_d_epp_request_total'),
    ).toBeGreaterThan(10);
  });

  it.each<[string, (admin: typeof call) => Promise<unknown>]>([
    [
      'the DestinationRule for the EPP is missing',
      admin =>
        admin(
          '/apis/networking.istio.io/v1/namespaces/llm-serving/destinationrules/qwen-3b-gpu-epp',
          { method: 'DELETE' },
        ),
    ],
    [
      'istiod has the Inference Extension switched off',
      () =>
        patch('/apis/apps/v1/namespaces/istio-system/deployments/istiod', {
          spec: {
            template: {
              spec: {
                containers: [
                  { name: 'discovery', image: 'docker.io/istio/pilot:1.30.4' },
                ],
              },
            },
          },
        }),
    ],
    [
      'a NetworkPolicy leaves the EPP no port 9002',
      admin =>
        admin(
          '/apis/networking.k8s.io/v1/namespaces/llm-serving/networkpolicies',
          {
            method: 'POST',
            body: JSON.stringify({
              apiVersion: 'networking.k8s.io/v1',
              kind: 'NetworkPolicy',
              metadata: { name: 'metrics-only' },
              spec: {
                podSelector: {
                  matchLabels: {
                    'app.kubernetes.io/component':
                      'llminferenceservice-router-scheduler',
                  },
                },
                policyTypes: ['Ingress'],
                ingress: [{ ports: [{ protocol: 'TCP', port: 9090 }] }],
              },
            }),
          },
        ),
    ],
  ])('bypasses the EPP, unseen, when %s', async (_case, breakIt) => {
    await openPickerMetrics('qwen-3b-gpu');
    await breakIt(call);
    clock.advance(2);
    const before = await pickerPage('qwen-3b-gpu');
    const tokens = await engineTokens('qwen-3b-gpu');
    clock.advance(10);
    const after = await pickerPage('qwen-3b-gpu');
    expect(sum(after, 'llm_d_epp_request_total')).toBe(
      sum(before, 'llm_d_epp_request_total'),
    );
    expect((await engineTokens('qwen-3b-gpu')).queries).toBeGreaterThan(
      tokens.queries,
    );
    expect((await complete('qwen-3b-gpu', 'hello')).status).toBe(200);
    expect((await conditions('qwen-3b-gpu')).Ready).toBe('True');
  });

  it('lets one EPP serve two services whose rules have the same names', async () => {
    for (const name of ['qwen-3b-gpu', 'qwen-3b-tpu']) {
      await patch(`${serviceBase}/llminferenceservices/${name}`, {
        spec: { router: { route: null } },
      });
      await patch(`${serviceBase}/llminferenceservices/${name}`, {
        spec: { router: { route: {} } },
      });
      await openPickerMetrics(name);
    }
    clock.advance(2);
    const counts = async () => [
      sum(await pickerPage('qwen-3b-gpu'), 'llm_d_epp_request_total') ?? 0,
      sum(await pickerPage('qwen-3b-tpu'), 'llm_d_epp_request_total') ?? 0,
    ];
    const [gpu, tpu] = await counts();
    clock.advance(10);
    const [gpuLater, tpuLater] = await counts();
    expect(gpuLater).toBe(gpu);
    expect(tpuLater - tpu).toBeGreaterThan(50);
  });

  it('has no hits on an engine with prefix caching switched off', async () => {
    await patch(`${serviceBase}/llminferenceservices/qwen-3b-tpu`, {
      spec: {
        template: {
          containers: [{ name: 'main', args: ['--no-enable-prefix-caching'] }],
        },
      },
    });
    clock.advance(40);
    const [pod] = await podNames('qwen-3b-tpu', 'llminferenceservice-workload');
    const answer = await call(`${podBase}/${pod}:8000/proxy/metrics`);
    const page = await answer.text();
    expect(page).toContain('enable_prefix_caching="False"');
    expect(sum(page, 'vllm:prefix_cache_queries_total')).toBe(0);
    expect(sum(page, 'vllm:prompt_tokens_total')).toBeGreaterThan(0);
  });

  it('lets an engine crash on a flag vLLM has removed', async () => {
    await patch(`${serviceBase}/llminferenceservices/qwen-8b-batch`, {
      spec: {
        template: {
          containers: [{ name: 'main', args: ['--disable-log-requests'] }],
        },
      },
    });
    clock.advance(30);
    const pods = await read(
      `${podBase}?labelSelector=${encodeURIComponent(
        'app.kubernetes.io/name=qwen-8b-batch,kserve.io/component=workload',
      )}`,
    );
    const reasons = listAt(pods, 'items').map(pod =>
      textAt(
        pod,
        'status',
        'containerStatuses',
        0,
        'state',
        'waiting',
        'reason',
      ),
    );
    expect(reasons).toContain('CrashLoopBackOff');
  });

  it('says which port is taken', async () => {
    const { port } = new URL(sandbox.api.url);
    await expect(
      startSandbox({ apiPort: Number(port), gitPort: 0, examplesDir, clock }),
    ).rejects.toThrow(`Port ${port} for the sandbox's Kubernetes API is taken`);
  });
});
