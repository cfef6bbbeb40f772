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

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthyReport } from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { ClockProvider } from '../../hooks/useClock';
import { overallOf } from '../../model';
import { VerdictCard } from './VerdictCard';

const overall = overallOf(healthyReport)!;

describe('VerdictCard', () => {
  it('gives its verdict along as Markdown and as an address', async () => {
    const taken: string[] = [];
    document.execCommand = () => {
      taken.push(`${document.getSelection()}`);
      return true;
    };
    renderInReport(
      <ClockProvider
        generatedAt={healthyReport.generatedAt}
        receivedAt={Date.now()}
      >
        <VerdictCard
          report={healthyReport}
          overall={overall}
          feed={{
            report: healthyReport,
            verifying: false,
            verify: () => {},
            take: async () => {},
          }}
        />
      </ClockProvider>,
      healthyReport,
    );
    for (const [name, text] of [
      ['Copy as Markdown', /Prefix caching works on GPU and TPU/],
      [
        'Copy the API’s address',
        /\/api\/prefix-caching\/entities\/component\/default\/qwen-3b-chat$/,
      ],
    ] as const) {
      await userEvent.click(
        await screen.findByRole('button', { name: 'More of this verdict' }),
      );
      await userEvent.click(await screen.findByRole('menuitem', { name }));
      expect(taken.at(-1)).toMatch(text);
      expect(await screen.findByText('Copied')).toBeInTheDocument();
    }
  });
});
