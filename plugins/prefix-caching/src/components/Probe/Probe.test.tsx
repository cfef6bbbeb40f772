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

import { useState } from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { healthyReport, probesOf, strayedProbe } from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { ReportProvider, useReport } from '../../hooks/useReportContext';
import { ProbeCard } from './ProbeCard';
import { ProbeProvider } from './ProbeProvider';

const [gpu, tpu] = healthyReport.targets;

/** The report after a probe that somebody else ran. */
const probedReport: EntityReport = {
  ...healthyReport,
  targets: healthyReport.targets.map(target => ({
    ...target,
    verification: target.verification && {
      ...target.verification,
      findings: target.verification.findings.slice(0, 1).map(finding => ({
        ...finding,
        check: 'routing.probe',
        evidence: [{ subject: 'probe of 2026-08-18 by another', value: '' }],
      })),
    },
  })),
};

function RefreshedCard() {
  const { feed } = useReport();
  const [report, setReport] = useState(healthyReport);
  return (
    <ReportProvider report={report} feed={feed}>
      <ProbeProvider report={report}>
        <ProbeCard report={report} />
      </ProbeProvider>
      <button onClick={() => setReport(probedReport)}>refresh</button>
    </ReportProvider>
  );
}

describe('the probe', () => {
  it('says what it costs, sends nothing before that, then shows what came back', async () => {
    const sent: string[] = [];
    renderInReport(<ProbeCard report={healthyReport} />, healthyReport, {
      api: {
        runProbe: async (_, { targetId }) => {
          sent.push(targetId);
          return probesOf(
            targetId,
            targetId === gpu.targetId ? strayedProbe : undefined,
          );
        },
      },
    });
    expect(
      await screen.findAllByText(/All 3 repeats hit on the replica/),
    ).toHaveLength(2);

    await userEvent.click(screen.getByRole('button', { name: 'Run probe…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Probe prefix caching',
    });
    expect(dialog).toHaveTextContent(
      '18 requests, 9,792 prompt and 18 answer tokens',
    );
    expect(dialog).toHaveTextContent('No prompts, no answers.');
    expect(dialog).toHaveTextContent(/“consistent with”, not “proved”/);

    const tpuBox = within(dialog).getByRole('checkbox', { name: /^TPU/ });
    await userEvent.click(tpuBox);
    expect(
      within(dialog).getByRole('button', { name: 'Send 9 requests' }),
    ).toBeEnabled();
    await userEvent.click(tpuBox);
    expect(sent).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Send 18 requests' }),
    );

    const rows = await screen.findByRole('table', {
      name: 'Probe of GPU · T4',
    });
    expect(
      within(rows).getByRole('row', {
        name: 'Repeats sent to the replica of the first 1 of 3 Warning',
      }),
    ).toBeInTheDocument();
    expect(
      within(rows).getByRole('row', { name: 'Negative control missed Pass' }),
    ).toBeInTheDocument();
    await screen.findByRole('table', { name: 'Probe of TPU · v6e' });
    expect(sent).toEqual([gpu.targetId, tpu.targetId]);
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Close' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('says why it can not be run, and what became of one that failed', async () => {
    renderInReport(<ProbeCard report={healthyReport} />, healthyReport, {
      api: {
        getProbes: async (_, { targetId }) =>
          targetId === gpu.targetId
            ? probesOf(targetId)
            : {
                results: [],
                offer: {
                  targetId,
                  possible: false,
                  reason: 'Only one replica is ready.',
                },
              },
        runProbe: async () => {
          throw new Error('The service answered 503.');
        },
      },
    });
    expect(await screen.findByText('Never probed.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Run probe…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('checkbox', { name: /^TPU/ })).toBeDisabled();
    expect(dialog.getByText(/Only one replica is ready\./)).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('button', { name: 'Send 9 requests' }),
    );
    expect(
      await dialog.findByText(/No result: The service answered 503\./),
    ).toBeInTheDocument();
  });

  it('reads again what may be run when the dialog opens', async () => {
    const asked: string[] = [];
    let possible = false;
    renderInReport(<ProbeCard report={healthyReport} />, healthyReport, {
      api: {
        getProbes: async (_, { targetId }) => {
          asked.push(targetId);
          const { offer, results } = probesOf(targetId);
          return {
            results,
            offer: possible
              ? offer
              : {
                  targetId,
                  possible,
                  reason: 'It was probed a short while ago.',
                  nextAt: '2026-08-18T07:22:00.000Z',
                },
          };
        },
      },
    });
    await screen.findAllByText(/All 3 repeats hit on the replica/);
    expect(asked).toEqual([gpu.targetId, tpu.targetId]);
    possible = true;
    await userEvent.click(screen.getByRole('button', { name: 'Run probe…' }));
    expect(
      await screen.findByRole('button', { name: 'Send 18 requests' }),
    ).toBeEnabled();
    expect(asked).toHaveLength(4);
  });

  it('reads the probes again when the check tells of another one', async () => {
    let summary = 'The first.';
    renderInReport(<RefreshedCard />, healthyReport, {
      api: {
        getProbes: async (_, { targetId }) =>
          probesOf(targetId, { ...strayedProbe, summary }),
      },
    });
    expect(await screen.findAllByText(/The first\./)).toHaveLength(2);
    summary = 'The second.';
    await userEvent.click(screen.getByRole('button', { name: 'refresh' }));
    expect(await screen.findAllByText(/The second\./)).not.toHaveLength(0);
  });

  it('lets a running probe be cancelled', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    renderInReport(<ProbeCard report={healthyReport} />, healthyReport, {
      api: {
        runProbe: (_, __, options) => {
          signals.push(options?.signal);
          return new Promise((_resolve, reject) => {
            options?.signal?.addEventListener('abort', () =>
              reject(new Error('The operation was aborted.')),
            );
          });
        },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run probe…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send 18 requests' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Probe result' });
    expect(dialog).toHaveTextContent('requests are being sent');
    expect(dialog).toHaveTextContent('waits for the one before');
    await userEvent.keyboard('{Escape}');
    expect(dialog).toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    // The service that waited is not probed after all.
    expect(signals.map(signal => signal?.aborted)).toEqual([true]);
  });

  it('offers none to those who may not, and says what they need', async () => {
    const report: EntityReport = {
      ...healthyReport,
      permissions: { run: true, probe: false },
    };
    renderInReport(<ProbeCard report={report} />, report);
    expect(
      await screen.findByText(/you need prefix-caching.probe.run/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Run probe…' }),
    ).not.toBeInTheDocument();
  });
});
