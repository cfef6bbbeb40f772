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

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { errorAnswer, type Answer } from '../__testUtils__/renderServer';
import {
  finding,
  report,
  startReportServer,
} from '../__testUtils__/reportServer';
import { createVerifyAction } from './verify';

const PATH = '/api/prefix-caching/entities/component/default/qwen';

const brokenGateway = finding({
  check: 'gateway.request-body',
  component: 'gateway',
  verdict: 'fail',
  summary: 'Nothing hands the body to the Endpoint Picker.',
  remedy: 'Add the EnvoyFilter.',
  responsible: 'platform',
});
const noTraffic = finding({
  check: 'routing.delivered-hits',
  component: 'routing',
  verdict: 'inconclusive',
  summary: 'No requests yet.',
});
const unknownCluster = finding({
  check: 'entity.cluster',
  component: 'status',
  verdict: 'fail',
  summary: "llm-serving/qwen-gpu is claimed on cluster 'new'.",
});

describe('prefix-caching:verify', () => {
  let stop: () => Promise<void> = async () => {};
  afterEach(() => stop());

  /** Runs the action; time passes only while it waits. */
  async function run(
    answers: (Answer | 'never')[],
    options: {
      input?: object;
      isDryRun?: boolean;
      signal?: AbortSignal;
      onWait?: () => void;
    } = {},
  ) {
    const server = await startReportServer(answers);
    stop = server.stop;
    let now = Date.UTC(2026, 10, 22, 10);
    const action = createVerifyAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => server.baseUrl,
      }),
      now: () => now,
      wait: async (ms, signal) => {
        now += ms;
        options.onWait?.();
        signal?.throwIfAborted();
      },
    });
    const logger = mockServices.logger.mock();
    const context = {
      ...createMockActionContext({
        input: { entityRef: 'qwen', ...options.input },
      }),
      logger,
      isDryRun: options.isDryRun,
      signal: options.signal,
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
    };
    const outcome = action.handler(context);
    await outcome.catch(() => {});
    const outputs = Object.fromEntries(
      (context.output as jest.Mock).mock.calls,
    );
    const log = [...logger.info.mock.calls, ...logger.warn.mock.calls].map(
      ([line]) => line,
    );
    return { server, outcome, outputs, log };
  }

  it('waits for two verdicts that agree, as the initiator, and tells what it sees', async () => {
    const { server, outcome, outputs, log } = await run([
      errorAnswer(404, 'NotFoundError', 'There is no entity'),
      report('fail', { problems: [unknownCluster] }),
      report('fail', { phase: 'absent' }),
      report(),
      report('fail', { phase: 'progressing' }),
      report('pass'),
      report('fail'),
      report('pass'),
      report('pass'),
    ]);
    await outcome;
    expect(server.calls).toHaveLength(9);
    for (const call of server.calls) {
      expect(call).toEqual({
        method: 'POST',
        url: `${PATH}/verifications`,
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.user('user:default/ada'),
          targetPluginId: 'prefix-caching',
        }),
      });
    }
    expect(outputs).toEqual({
      entityRef: 'component:default/qwen',
      verdict: 'pass',
      summary: 'llm-serving/qwen-gpu: pass (running). It is pass.',
    });
    expect(log).toEqual([
      'component:default/qwen is not in the catalog yet, or the portal has no prefix-caching back end: There is no entity',
      "llm-serving/qwen-gpu: fail (running). It is fail.; llm-serving/qwen-gpu is claimed on cluster 'new'.",
      'llm-serving/qwen-gpu: fail (absent). It is fail.',
      'llm-serving/qwen-gpu: not verified yet.',
      'llm-serving/qwen-gpu: fail (progressing). It is fail.',
      'llm-serving/qwen-gpu: pass (running). It is pass.',
      'llm-serving/qwen-gpu: fail (running). It is fail.',
      '[1 min] llm-serving/qwen-gpu: pass (running). It is pass.',
      'Verdict for component:default/qwen: pass.',
    ]);
  });

  it('fails the task with what is wrong and who can mend it', async () => {
    const failing = report('fail', { findings: [brokenGateway] });
    const { outcome, outputs } = await run([failing]);
    await expect(outcome).rejects.toThrow(
      [
        'Prefix caching does not work for component:default/qwen.',
        'gateway.request-body: Nothing hands the body to the Endpoint Picker. Add the EnvoyFilter. Responsible: group:default/platform.',
      ].join('\n'),
    );
    expect(outputs.verdict).toBe('fail');
    await stop();
    const never = await run([failing], { input: { failOn: 'never' } });
    await expect(never.outcome).resolves.toBeUndefined();
    expect(never.outputs.verdict).toBe('fail');
  });

  it('does not wait for traffic unless proof is asked for', async () => {
    const unproven = report('inconclusive', { findings: [noTraffic] });
    const configured = await run([unproven]);
    await configured.outcome;
    expect(configured.server.calls).toHaveLength(2);
    expect(configured.outputs.verdict).toBe('inconclusive');
    await stop();

    const input = { untilProven: true, deadlineMinutes: 1 };
    const proven = await run([unproven, unproven, report('pass')], { input });
    await proven.outcome;
    expect(proven.outputs.verdict).toBe('pass');
    await stop();

    const late = await run([unproven], {
      input: { ...input, failOn: 'inconclusive' },
    });
    await expect(late.outcome).rejects.toThrow(
      'Whether prefix caching works for component:default/qwen was not decided in time.\nllm-serving/qwen-gpu: inconclusive',
    );
    expect(late.server.calls).toHaveLength(7);
  });

  it('ends at the deadline with what it saw last, and a word every minute', async () => {
    const { server, outcome, outputs, log } = await run(
      [report('fail', { phase: 'progressing' })],
      { input: { deadlineMinutes: 3 } },
    );
    await outcome;
    expect(server.calls).toHaveLength(19);
    expect(outputs.verdict).toBe('inconclusive');
    expect(log.slice(1, -1)).toEqual([
      '[1 min] llm-serving/qwen-gpu: fail (progressing). It is fail.',
      '[2 min] llm-serving/qwen-gpu: fail (progressing). It is fail.',
      '[3 min] llm-serving/qwen-gpu: fail (progressing). It is fail.',
      'Verdict for component:default/qwen: inconclusive.',
      'No settled verdict for component:default/qwen within 3 minutes.',
    ]);
    expect(log.at(-1)).toContain('router.available: ');
  });

  it('watches the scheduled runs where it may not start any', async () => {
    const { server, outcome } = await run([
      errorAnswer(403, 'NotAllowedError', 'ask for run'),
      report('pass'),
      report('pass'),
    ]);
    await outcome;
    expect(server.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${PATH}/verifications`,
      `GET ${PATH}`,
      `GET ${PATH}`,
    ]);
  });

  it('waits through what passes, and not through a refusal', async () => {
    const passing = await run([
      errorAnswer(503, 'ServiceUnavailable', 'starting'),
      report('pass'),
    ]);
    await passing.outcome;
    expect(passing.log[0]).toBe(
      'The prefix-caching back end answered 503: starting',
    );
    await stop();
    const refused = await run([
      errorAnswer(403, 'NotAllowedError', 'ask for read'),
    ]);
    await expect(refused.outcome).rejects.toThrow(
      'The prefix-caching back end refused to verify component:default/qwen (403): ask for read',
    );
    await stop();
    const unknown = await run([report('pass')], {
      input: { entityRef: 'a/b/c' },
    });
    await expect(unknown.outcome).rejects.toThrow("'a/b/c' is no entity ref");
  });

  it('stops when the task is cancelled, while it waits and while it asks', async () => {
    const waiting = new AbortController();
    const cancelled = await run([report()], {
      signal: waiting.signal,
      onWait: () => waiting.abort(),
    });
    await expect(cancelled.outcome).rejects.toThrow('abort');
    expect(cancelled.server.calls).toHaveLength(1);
    await stop();
    const asking = new AbortController();
    setTimeout(() => asking.abort(), 50);
    const hanging = await run(['never'], { signal: asking.signal });
    await expect(hanging.outcome).rejects.toThrow('abort');
  });

  it('asks nothing in a dry run, and each of its examples names this action and its inputs', async () => {
    const { server, outcome, outputs } = await run([report('pass')], {
      isDryRun: true,
    });
    await outcome;
    expect(server.calls).toEqual([]);
    expect(outputs.verdict).toBe('skipped');

    const action = createVerifyAction({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock(),
    });
    expect(action.supportsDryRun).toBe(true);
    const inputs = Object.keys(action.schema?.input?.properties ?? {});
    for (const { example } of action.examples ?? []) {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.input)));
    }
  });
});
