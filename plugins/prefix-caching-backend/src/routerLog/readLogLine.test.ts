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

import { readLogLine } from './readLogLine';

const STAMP = '2026-11-28T10:00:00.123456789Z';
const AT = '2026-11-28T10:00:00.123Z';
const ID = '7f0d7a52-0f5e-4f1c-9b8e-3a35c8f0a001';
const SECRET = 'Our patient Ada Lovelace was admitted on Monday';

const podOfAddress = (address: string) =>
  address === '10.0.0.7:8000' ? 'qwen-x2k9p' : undefined;

function json(msg: string, fields: object, level = 'info') {
  return `${STAMP} ${JSON.stringify({
    level,
    ts: '2026-11-28T10:00:00Z',
    caller: 'handlers/server.go:223',
    msg,
    ...fields,
  })}`;
}

describe('readLogLine', () => {
  it.each([
    [
      'a request that came in',
      json('EPP received request', { 'x-request-id': ID }),
      {
        at: AT,
        level: 'info',
        text: 'EPP received request',
        decision: { requestId: ID },
      },
    ],
    [
      'the endpoint, by its pod',
      json('Request handled', {
        'x-request-id': ID,
        objectiveKey: '',
        incomingModelName: 'qwen',
        targetModel: 'qwen',
        endpoint: '10.0.0.7:8000,10.0.0.8:8000',
      }),
      {
        at: AT,
        level: 'info',
        text: 'Request handled objectiveKey= incomingModelName=qwen targetModel=qwen endpoint=10.0.0.7:8000,10.0.0.8:8000',
        decision: { requestId: ID, endpoint: 'qwen-x2k9p' },
      },
    ],
    [
      'the score of one scorer, whose endpoint is an object',
      json(
        'Calculated score',
        {
          plugin: 'queue-scorer/queue-scorer',
          endpoint: { name: 'qwen-x2k9p-rank-0', namespace: 'llm' },
          score: 0.75,
        },
        'debug',
      ),
      {
        at: AT,
        level: 'debug',
        text: 'Calculated score plugin=queue-scorer/queue-scorer endpoint={"name":"qwen-x2k9p-rank-0","namespace":"llm"} score=0.75',
        decision: { scores: { 'qwen-x2k9p': 0.75 } },
      },
    ],
    [
      'the score of one scorer, whose endpoint is a text',
      json('Calculated score', { endpoint: 'llm/qwen-x2k9p', score: 1 }),
      {
        at: AT,
        level: 'info',
        text: 'Calculated score endpoint=llm/qwen-x2k9p score=1',
        decision: { scores: { 'qwen-x2k9p': 1 } },
      },
    ],
    [
      'the totals',
      json('Candidate pods for picking', {
        'endpoints-weighted-score': [
          {
            Endpoint: {
              NamespacedName: { Namespace: 'llm', Name: 'qwen-x2k9p-rank-0' },
              PodName: 'qwen-x2k9p',
            },
            Score: 4.35,
          },
          {
            Endpoint: { NamespacedName: { Namespace: 'llm', Name: 'qwen-b' } },
            Score: 2,
          },
        ],
      }),
      {
        at: AT,
        level: 'info',
        text: 'Candidate pods for picking [not shown: endpoints-weighted-score]',
        decision: { scores: { 'qwen-x2k9p': 4.35, 'qwen-b': 2 } },
      },
    ],
    [
      'what was picked',
      json('Completed running picker plugin successfully', {
        plugin: 'max-score-picker/max-score-picker',
        result: { TargetEndpoints: [{ Pod: { PodName: 'qwen-b' } }] },
      }),
      {
        at: AT,
        level: 'info',
        text: 'Completed running picker plugin successfully plugin=max-score-picker/max-score-picker [not shown: result]',
        decision: { endpoint: 'qwen-b' },
      },
    ],
    [
      'an id that is none',
      json('EPP received request', { 'x-request-id': `${SECRET}?` }),
      { at: AT, level: 'info', text: 'EPP received request' },
    ],
    [
      'the console encoding',
      `${STAMP} 2026-11-28T10:00:00Z\tINFO\tsetup\trunner/runner.go:100\tGIE build\t{"commit-hash": "df9f890", "flags": {"v": 2}}`,
      {
        at: AT,
        level: 'info',
        text: 'GIE build commit-hash=df9f890 [not shown: flags]',
      },
    ],
    [
      'the console encoding without fields',
      '2026-11-28T10:00:00Z\tERROR\trunner/runner.go:100\tNo endpoint is ready',
      { level: 'error', text: 'No endpoint is ready' },
    ],
    [
      'a line of no kind',
      'W1128 10:00:00.1 1 reflector.go:561] failed to list *v1.Pod: forbidden',
      {
        text: 'W1128 10:00:00.1 1 reflector.go:561] failed to list *v1.Pod: forbidden',
      },
    ],
    ['an empty line', '', { text: '' }],
    [
      'half an object',
      '{"level":"info","msg":"x',
      { text: '{"level":"info","msg":"x' },
    ],
  ])('reads %s', (_name, raw, expected) => {
    expect(readLogLine(raw, podOfAddress)).toEqual(expected);
  });

  const token = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(40)}.${'b'.repeat(40)}`;
  const request = {
    model: 'qwen',
    messages: [{ role: 'user', content: SECRET }],
  };
  it.each([
    ['a body that failed', json('Failed to process request', { request })],
    ['a field nobody knows', json('Something new', { body: SECRET })],
    [
      'a field of a known name that holds an object',
      json('x', { error: JSON.stringify(request) }),
    ],
    [
      'an error that quotes',
      json('x', {
        error: `bad prompt "${SECRET}, and so on, for a long while"`,
      }),
    ],
    [
      'a message with an object',
      json(`parsing ${JSON.stringify(request)}`, {}),
    ],
    ['headers', json('x', { headers: { authorization: `Bearer ${SECRET}` } })],
    [
      'half a body',
      `${JSON.stringify({ level: 'debug', request }).slice(0, -3)}`,
    ],
    ['text around a body', `panic: cannot read ${JSON.stringify(request)}`],
    [
      'a console line with a body',
      `t\tDEBUG\tx.go:1\tFailed\t${JSON.stringify({ request })}`,
    ],
  ])('gives no prompt away: %s', (_name, raw) => {
    expect(JSON.stringify(readLogLine(raw))).not.toContain('Lovelace');
  });

  it.each([
    `token review failed for ${token}`,
    `Authorization: Bearer ${'s'.repeat(30)}`,
    `HF_TOKEN=hf_${'s'.repeat(30)}`,
    `api_key: "${'s'.repeat(30)}"`,
    `password=${'s'.repeat(30)}`,
  ])('gives no credential away: %s', text => {
    for (const raw of [text, json(text, {}), json('x', { error: text })]) {
      expect(JSON.stringify(readLogLine(raw))).not.toMatch(/s{30}|a{40}|b{40}/);
    }
  });

  it('reads what is long and hostile in bounded time and space', () => {
    for (const raw of [
      '"'.repeat(1_000_000),
      '{'.repeat(1_000_000),
      `${'\\"'.repeat(500_000)}`,
      'token='.repeat(200_000),
      json('x'.repeat(1_000_000), {}),
    ]) {
      expect(readLogLine(raw).text.length).toBeLessThan(1_000);
    }
  });
});
