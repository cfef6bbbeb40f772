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

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  EntityReport,
  WaiveRequest,
} from 'backstage-plugin-prefix-caching-common';
import { brokenReport, finding, gpuTarget, judged } from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { Checks } from './Checks';

const [gpu, tpu] = brokenReport.targets;
const CHECK = 'gateway.request-body';
const HASH = `#check=${CHECK}&target=${gpu.targetId}`;

function waived(by: Partial<EntityReport['permissions']> = {}): EntityReport {
  return {
    ...brokenReport,
    permissions: { run: true, ...by },
    targets: [
      {
        ...gpu,
        waivers: [
          {
            check: CHECK,
            reason: 'Agreed until the gateway is renewed.',
            by: 'user:default/ann',
            at: '2026-08-01T09:00:00.000Z',
            expiresAt: '2026-09-01T09:00:00.000Z',
          },
        ],
      },
      tpu,
    ],
  };
}

describe('Checks', () => {
  it('shows a check’s history, with what each change rested on', async () => {
    const asked: unknown[] = [];
    renderInReport(<Checks report={brokenReport} />, brokenReport, {
      hash: HASH,
      api: {
        getCheckHistory: async (ref, query) => {
          asked.push([ref, query]);
          return {
            ...query,
            items: [
              {
                check: query.check,
                from: 'pass',
                to: 'fail',
                summary: 'The filter came.',
                at: '2026-08-18T12:05:10.000Z',
                evidence: [{ subject: 'EnvoyFilter x', value: 'BUFFERED' }],
              },
            ],
          };
        },
      },
    });
    const [button] = await screen.findAllByRole('button', { name: 'History' });
    // Nothing is asked before somebody wants to know.
    expect(asked).toEqual([]);
    await userEvent.click(button);

    const history = await screen.findByRole('list', {
      name: `History of ${CHECK}`,
    });
    expect(history).toHaveTextContent(
      /Pass → Fail The filter came.EnvoyFilter x: BUFFERED$/,
    );
    expect(asked).toEqual([
      [
        { kind: 'component', namespace: 'default', name: 'qwen-3b-chat' },
        { targetId: gpu.targetId, check: CHECK, limit: 20 },
      ],
    ]);
  });

  it('lets those who may accept a finding, with a reason and a day', async () => {
    const sent: WaiveRequest[] = [];
    const report = {
      ...brokenReport,
      permissions: { run: true, waive: true },
    };
    const take = jest.fn(async (request: Promise<EntityReport>) => {
      await request;
    });
    renderInReport(<Checks report={report} />, report, {
      hash: HASH,
      feed: { take },
      api: {
        waive: async (_, request) => {
          sent.push(request);
          return waived();
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Accept for a time…' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: `Accept ${CHECK}` }),
    );
    expect(dialog.getByRole('button', { name: 'Accept' })).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'Known',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Accept' }));

    expect(sent).toEqual([
      {
        targetId: gpu.targetId,
        check: CHECK,
        reason: 'Known',
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    ]);
    expect(Date.parse(sent[0].expiresAt)).toBeGreaterThan(Date.now());
    expect(take).toHaveBeenCalledTimes(1);
  });

  it('says that a finding was accepted, and counts it no longer', async () => {
    const report = waived();
    const [withWaiver] = report.targets;
    renderInReport(<Checks report={report} />, report, { hash: HASH });

    expect(
      await screen.findByText(/Agreed until the gateway is renewed/),
    ).toBeInTheDocument();
    const row = screen.getByRole('row', { name: new RegExp(`^${CHECK}`) });
    expect(row).toHaveTextContent(/Failaccepted/);
    // Three fail, one of them was accepted.
    expect(
      screen.getByRole('button', { name: 'Needs attention (2)' }),
    ).toHaveAttribute('aria-pressed', 'true');
    expect(
      screen.queryByRole('button', { name: 'Withdraw' }),
    ).not.toBeInTheDocument();
    expect(withWaiver.waivers).toHaveLength(1);
  });

  it('shows what could not be read as refused, and stays readable with many rows', async () => {
    const many = Array.from({ length: 400 }, (_, index) =>
      finding({ check: `engine.added-${index}`, component: 'engine' }),
    );
    const refused = finding({
      check: 'network.policies',
      component: 'network',
      requirement: 'optional',
      verdict: 'inconclusive',
      actual: 'networkpolicies may not be read',
    });
    const target = judged(gpuTarget, 'pass', [...many, refused]);
    const report: EntityReport = {
      ...brokenReport,
      targets: [
        {
          ...target,
          verification: target.verification && {
            ...target.verification,
            gaps: [
              {
                what: 'networkpolicies',
                reason: 'forbidden',
                message: 'networkpolicies may not be read',
              },
            ],
          },
        },
      ],
    };
    renderInReport(<Checks report={report} />, report);

    const table = await screen.findByRole('table', { name: 'Checks' });
    // What passes takes one line, however many checks it is.
    expect(within(table).getAllByRole('row').length).toBeLessThan(8);
    expect(
      within(table).getByRole('row', { name: /^network.policies .*No access/ }),
    ).toBeInTheDocument();
  });
});
