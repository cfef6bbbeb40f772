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

import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthyReport } from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { RoutingPolicy } from './RoutingPolicy';

describe('RoutingPolicy', () => {
  it('writes the sum out with today’s numbers', async () => {
    renderInReport(<RoutingPolicy report={healthyReport} />, healthyReport);

    const [gpu] = await screen.findAllByRole('table', {
      name: 'Final score of each replica',
    });
    const [, first, second] = within(gpu).getAllByRole('row');
    expect(first).toHaveTextContent(
      '…vt8zn warm2·1.00 = 2.003·0.78 = 2.354.35',
    );
    expect(second).toHaveTextContent('2·1.00 = 2.003·0.00 = 0.002.00');
    expect(screen.getAllByText(/Affinity wins by \+2.35/)).toHaveLength(2);
    expect(
      screen.getByText(/Read from Deployment llm-serving/),
    ).toBeInTheDocument();
  });

  it('lets other weights and situations be tried out, in the browser alone', async () => {
    renderInReport(<RoutingPolicy report={healthyReport} />, healthyReport);

    // 3·0.783 − 2
    expect(
      await screen.findByText('Stays on the warm replica, margin +0.35'),
    ).toBeInTheDocument();
    const waiting = screen.getByRole('slider', {
      name: 'Waiting on warm replica',
    });
    expect(waiting).toHaveAttribute('aria-valuetext', '1 request waiting');

    const weight = screen.getByRole('slider', {
      name: 'Weight of queue-scorer',
    });
    weight.focus();
    fireEvent.keyDown(weight, { key: 'ArrowRight' });
    expect(
      screen.getByText('Leaves the warm replica, margin -0.15'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/stays there if at least 83% of its prompt matches/),
    ).toBeInTheDocument();

    const chart = await screen.findByRole('img', {
      name: 'Score margin of the warm replica over its prefix match',
    });
    expect(chart.querySelector('desc')).toHaveTextContent(
      'With 1 request waiting there, a request stays from a match of 83%.',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the live weights' }),
    );
    expect(
      screen.getByText('Stays on the warm replica, margin +0.35'),
    ).toBeInTheDocument();
  });

  it('says so where the live configuration could not be read', async () => {
    const report = {
      ...healthyReport,
      targets: healthyReport.targets.map(target => ({
        ...target,
        policy: undefined,
      })),
    };
    renderInReport(<RoutingPolicy report={report} />, report);
    expect(
      await screen.findByText(/live configuration .* could not be read/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('slider')).not.toBeInTheDocument();
  });
});
