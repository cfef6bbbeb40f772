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

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import type {
  Finding,
  Phase,
  Verdict,
} from 'backstage-plugin-prefix-caching-common/core';
import type { Answer } from './renderServer';

/** Answers one report after the other, the last one for good. */
export async function startReportServer(answers: (Answer | 'never')[]) {
  const calls: { method?: string; url?: string; authorization?: string }[] = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    calls.push({ method, url, authorization: headers.authorization });
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    request.resume();
    if (answer !== 'never') {
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/prefix-caching`,
    calls,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function finding(change: Partial<Finding>): Finding {
  return {
    check: 'router.available',
    component: 'router',
    requirement: 'required',
    verdict: 'pass',
    summary: 'An Endpoint Picker is available.',
    expected: 'one or more',
    actual: 'one',
    evidence: [],
    commands: [],
    responsible: 'owner',
    ...change,
  };
}

/** The report of an entity with one service, which may not be verified yet. */
export function report(
  verdict?: Verdict,
  options: {
    phase?: Phase;
    findings?: Finding[];
    problems?: Finding[];
    targets?: TargetReport[];
  } = {},
): Answer {
  const target = {
    cluster: 'gke-eu',
    namespace: 'llm-serving',
    name: 'qwen-gpu',
  };
  const body: EntityReport = {
    entityRef: 'component:default/qwen',
    targets: options.targets ?? [
      {
        targetId: 't',
        ...target,
        engines: [],
        backReference: true,
        changes: [],
        ...(verdict && {
          verification: {
            target,
            verdict,
            summary: `It is ${verdict}.`,
            phase: options.phase ?? 'running',
            freshness: 'fresh',
            findings: options.findings ?? [finding({ verdict })],
            observedAt: '2026-11-22T10:00:00.000Z',
            gaps: [],
          },
        }),
      },
    ],
    problems: options.problems ?? [],
    responsible: {
      owner: 'group:default/team-a',
      platform: 'group:default/platform',
    },
    intervalSeconds: 10,
    generatedAt: '2026-11-22T10:00:00.000Z',
    permissions: { run: true },
  };
  return { status: 200, body };
}
