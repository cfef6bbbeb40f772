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

import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RouterLogEvent } from 'backstage-plugin-prefix-caching-common';
import { healthyReport, routerLogOf } from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { RouterLog } from './RouterLog';

const [gpu, tpu] = healthyReport.targets;

describe('RouterLog', () => {
  it('reads when asked to, the service that was chosen', async () => {
    const asked: string[] = [];
    renderInReport(<RouterLog report={healthyReport} />, healthyReport, {
      api: {
        getRouterLog: async (_, { targetId }) => {
          asked.push(targetId);
          if (targetId === tpu.targetId) {
            throw new Error('The pod is gone');
          }
          return routerLogOf(new URLSearchParams({ targetId }));
        },
      },
    });
    const read = await screen.findByRole('button', { name: 'Read log' });
    // Each reading is recorded, so that none happens by looking at the page.
    expect(asked).toEqual([]);
    await userEvent.click(read);

    const log = await screen.findByRole('region', { name: /^Log of qwen/ });
    expect(log).toHaveTextContent(
      /Loaded raw configuration.* Request handled +→ …x2k9p +\(…x2k9p 4\.35\) +\[7f0d7a52-/,
    );
    expect(log).toHaveAttribute('tabindex', '0');
    expect(
      screen.getByText(/Older lines are left out. With verbosity 4/),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'TPU · v6e' }));
    expect(log).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Read log' }));
    expect(
      await screen.findByText('The log could not be read: The pod is gone'),
    ).toBeInTheDocument();
    expect(asked).toEqual([gpu.targetId, tpu.targetId]);
  });

  it('follows what is written until told to stop', async () => {
    let tell: (event: RouterLogEvent) => void = () => {};
    let signal: AbortSignal | undefined;
    renderInReport(<RouterLog report={healthyReport} />, healthyReport, {
      api: {
        followRouterLog: (_, __, onEvent, options) => {
          tell = event => act(() => onEvent(event));
          signal = options?.signal;
          return new Promise(() => {});
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Follow' }),
    );
    expect(screen.getByText('Waiting for lines.')).toBeInTheDocument();
    tell({ pod: 'picker-0', advice: 'More at verbosity 4.' });
    tell({ line: { text: 'first' } });
    tell({ skipped: 1200 });
    tell({ line: { text: 'second' } });
    const log = screen.getByRole('region', { name: 'Log of picker-0' });
    expect(log).toHaveTextContent(/^first second$/);
    expect(
      screen.getByText(
        '1,200 lines came too fast and are left out. More at verbosity 4.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Read again' })).toBeDisabled();

    await userEvent.click(
      screen.getByRole('button', { name: 'Stop following' }),
    );
    expect(signal?.aborted).toBe(true);
    tell({ line: { text: 'too late' } });
    expect(log).toHaveTextContent(/^first second$/);
    expect(screen.getByRole('button', { name: 'Follow' })).toBeEnabled();
  });

  it('says why a followed log has ended, and keeps few lines of a long one', async () => {
    renderInReport(<RouterLog report={healthyReport} />, healthyReport, {
      api: {
        followRouterLog: async (_, __, onEvent) => {
          onEvent({ pod: 'picker-0' });
          for (let line = 0; line < 600; line++) {
            onEvent({ line: { text: `line ${line}.` } });
          }
          onEvent({ end: 'The pod was replaced.' });
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Follow' }),
    );
    expect(
      await screen.findByText(
        'Older lines are left out. The pod was replaced.',
      ),
    ).toBeInTheDocument();
    const log = screen.getByRole('region', { name: 'Log of picker-0' });
    expect(log.textContent?.split('\n')).toHaveLength(500);
    expect(log).toHaveTextContent(/line 599\.$/);
  });

  it('says what is needed, and whom to ask', async () => {
    const report = {
      ...healthyReport,
      permissions: { run: true, routerLog: false },
    };
    renderInReport(<RouterLog report={report} />, report);
    expect(
      await screen.findByText(/Needs prefix-caching.router-log.read/),
    ).toHaveTextContent(/Ask team-assist/);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
