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

import { brokenReport, finding, gpuTarget, judged } from '../__fixtures__';
import type { Translate } from '../hooks/useMessages';
import { verificationMarkdown } from './verificationMarkdown';

/** Keys stand for their texts; the tab's tests read the texts themselves. */
const keys: unknown = (key: string) => key;
const t = keys as Translate;

const options = {
  t,
  sentence: 'It does not work.',
  link: 'https://portal.example.com/x',
};

describe('verificationMarkdown', () => {
  it('tells what is wrong first, with all that is needed to mend it', () => {
    const text = verificationMarkdown(brokenReport, options);
    const order = [
      'It does not work.',
      '- <https://portal.example.com/x>',
      '## GPU · T4: state.fail – `gke-eu-west4/llm-serving/qwen-3b-gpu`',
      '### state.fail: gateway.request-body',
      '- details.expected: Istio itself hands the body to the endpoint picker',
      '- EnvoyFilter istio-ingress/prefix-body-gpu: `request_body_mode: BUFFERED`',
      '- details.fix: Remove EnvoyFilter prefix-body-gpu.',
      '- fact.since 2026-08-18T12:05:10.000Z',
      '- fact.responsible: group:default/ml-platform',
      '```sh\nkubectl -n istio-ingress get envoyfilter prefix-body-gpu -o yaml\n```',
      '### state.fail: routing.bypass',
      '- responsible.follows gateway.request-body',
      'state.pass: engine.prefix-caching, engine.arguments',
      'state.skipped: network.policies',
      '## TPU · v6e: state.pass',
    ].map(part => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('lets nothing that was read become Markdown, and says what was accepted', () => {
    const target = {
      ...judged(gpuTarget, 'pass', [
        finding({
          check: 'engine.arguments',
          component: 'engine',
          verdict: 'warn',
          summary: 'Bad <img src=x> [link](y)\n# heading',
          evidence: [{ subject: 'args', value: 'a `b` ``c``' }],
          commands: [{ purpose: 'See', command: 'echo "```"' }],
        }),
      ]),
      waivers: [
        {
          check: 'engine.arguments',
          reason: 'Known',
          by: 'user:default/ann',
          at: '2026-08-01T00:00:00.000Z',
          expiresAt: '2026-09-01T00:00:00.000Z',
        },
      ],
    };
    const text = verificationMarkdown(
      { ...brokenReport, targets: [target] },
      options,
    );
    expect(text).toContain('Bad \\<img src=x\\> \\[link\\](y) # heading');
    expect(text).toContain('- args: ``` a `b` ``c`` ```');
    expect(text).toContain('````sh\necho "```"\n````');
    expect(text).toContain(
      '- waiver.accepted 2026-08-01T00:00:00.000Z, user:default/ann. waiver.until 2026-09-01T00:00:00.000Z: Known',
    );
  });
});
