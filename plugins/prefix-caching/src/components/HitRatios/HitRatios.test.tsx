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
  SeriesQuery,
  SeriesReport,
} from 'backstage-plugin-prefix-caching-common';
import { gpuTarget, healthyReport, seriesOf } from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { spread } from './geometry';
import { HitRatios } from './HitRatios';

const report = { ...healthyReport, targets: [gpuTarget] };
const course = { predicted: 0.783, delivered: 0.71, firstToken: 0.19 };

function renderWith(series: Partial<SeriesReport> | Error) {
  const queries: SeriesQuery[] = [];
  renderInReport(<HitRatios report={report} />, report, {
    api: {
      getSeries: async (_, query) => {
        queries.push(query);
        if (series instanceof Error) {
          throw series;
        }
        return { ...seriesOf(query.targetId, course), ...series };
      },
    },
  });
  return queries;
}

describe('HitRatios', () => {
  it('draws both ratios and says in words what it draws', async () => {
    const queries = renderWith({});

    const chart = await screen.findByRole('img', {
      name: /^Hit ratios of GPU · T4, /,
    });
    expect(chart.querySelector('desc')).toHaveTextContent(
      /The delivered hit ratio goes from 72% to 72%. The predicted hit ratio goes from 78% to 79%. .*Scaled from 2 to 3 replicas/,
    );
    for (const text of [
      'predicted 79%',
      'delivered 72%',
      '60% good',
      '30% poor',
      'Scaled',
      'EPP restart',
    ]) {
      expect(within(chart).getByText(text)).toBeInTheDocument();
    }
    expect(
      screen.getByRole('img', { name: 'Time to first token of GPU · T4' }),
    ).toBeInTheDocument();
    expect(queries[0]).toMatchObject({
      targetId: gpuTarget.targetId,
      step: 60,
    });

    await userEvent.click(screen.getByRole('button', { name: '7 d' }));
    expect(screen.getByRole('button', { name: '7 d' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(queries.at(-1)).toMatchObject({ step: 3600 });
  });

  it('draws the ratios that the portal is configured to judge by', async () => {
    renderInReport(<HitRatios report={report} />, report, {
      api: { getSeries: async () => seriesOf(gpuTarget.targetId, course) },
      config: {
        prefixCaching: {
          thresholds: { hitRatioPoor: 0.2, hitRatioGood: 0.5 },
        },
      },
    });
    const chart = await screen.findByRole('img', { name: /^Hit ratios of/ });
    expect(within(chart).getByText('50% good')).toBeInTheDocument();
    expect(within(chart).getByText('20% poor')).toBeInTheDocument();
  });

  it.each([
    ['idleFor', /^no requests since /],
    ['bypassedFor', /^predicted ends: no samples$/],
  ])('%s: a gap stays a gap, with its reason', async (change, words) => {
    renderWith(seriesOf(gpuTarget.targetId, { ...course, [change]: 30 }));
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('has a table form of at most 50 rows that can be copied', async () => {
    renderWith({});
    await userEvent.click(await screen.findByRole('button', { name: 'Table' }));

    const table = await screen.findByRole('table', {
      name: 'Hit ratios and time to first token of GPU · T4',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.length).toBeLessThanOrEqual(50);
    expect(rows[0]).toHaveTextContent(/78\.\d%7\d\.\d%0\.19 sec/);
    expect(
      within(table).getByText('Scaled from 2 to 3 replicas.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy GPU · T4 as CSV' }),
    ).toBeEnabled();
  });

  it.each([
    [
      'two samples that saw no tokens',
      { series: [] },
      'No ratio in this range: there were no prompt tokens to measure. This is not 0 %.',
    ],
    [
      'why a figure is missing',
      {
        gaps: [
          {
            figure: 'predicted-hit-ratio' as const,
            message: 'No token for the endpoint picker is configured.',
          },
        ],
      },
      'No token for the endpoint picker is configured.',
    ],
    [
      'an answer that did not come',
      new Error('The store is full'),
      'The figures could not be read: The store is full',
    ],
  ])('says %s', async (_, answer, words) => {
    renderWith(answer);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('says when the first ratio will be there', async () => {
    const young = {
      ...healthyReport,
      intervalSeconds: 60,
      targets: [
        {
          ...gpuTarget,
          router: undefined,
          engines: gpuTarget.engines.map(engine => ({
            ...engine,
            increase: undefined,
          })),
        },
      ],
    };
    renderInReport(<HitRatios report={young} />, young, {
      api: {
        getSeries: async (_, { targetId }) => ({
          ...seriesOf(targetId, course),
          series: [],
        }),
      },
    });
    expect(
      await screen.findByText(
        /^The first ratio appears after two samples, at about /,
      ),
    ).toBeInTheDocument();
  });
});

describe('spread', () => {
  it.each([
    [
      [10, 50],
      [10, 50],
    ],
    [
      [20, 18],
      [31, 18],
    ],
    [
      [10, 11, 12],
      [10, 23, 36],
    ],
    [[], []],
  ])('%j', (places, expected) => {
    expect(spread(places, 13)).toEqual(expected);
  });
});
