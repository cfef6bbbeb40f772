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

import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type {
  EntityReport,
  TargetReport,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import {
  absentReport,
  brokenReport,
  emptyReport,
  entity,
  gpuTarget,
  healthyReport,
  inconclusiveReport,
  ownerGroup,
} from '../__fixtures__';
import { EntityPrefixCachingCard } from './OverviewCard';

function show(respond: () => Promise<Response>) {
  return renderInTestApp(
    <EntityProvider entity={entity}>
      <EntityPrefixCachingCard />
    </EntityProvider>,
    {
      apis: [
        [
          prefixCachingApiRef,
          new PrefixCachingClient({
            discoveryApi: { getBaseUrl: async () => 'http://backend' },
            fetchApi: { fetch: respond },
          }),
        ],
        catalogApiMock({ entities: [entity, ownerGroup] }),
        mockApis.config({ data: {} }),
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

function showReport(report: EntityReport) {
  return show(async () => Response.json(report));
}

function refusal(status: number, name: string, message: string) {
  return async () =>
    Response.json(
      { error: { name, message }, response: { statusCode: status } },
      { status },
    );
}

/** A report of the GPU service alone, seen otherwise. */
function gpuSeen(
  changes: Partial<NonNullable<TargetReport['verification']>>,
): EntityReport {
  return {
    ...healthyReport,
    targets: [
      {
        ...gpuTarget,
        verification: gpuTarget.verification && {
          ...gpuTarget.verification,
          ...changes,
        },
      },
    ],
  };
}

/** The rows of the card, as they are read out. */
async function rows() {
  const list = await screen.findByRole('list', {
    name: 'Services of this component',
  });
  return within(list)
    .getAllByRole('listitem')
    .map(row => row.textContent);
}

describe('the overview card', () => {
  it('says what the tab says, and one row per service with what it delivers', async () => {
    showReport(brokenReport);

    expect(await rows()).toEqual([
      expect.stringMatching(/^GPU · T4Fail .*26\.6% delivered$/),
      expect.stringMatching(/^TPU · v6ePass .*68\.0% delivered$/),
    ]);
    expect(
      screen.getByText(/^Prefix caching is not working on the GPU service/),
    ).toBeInTheDocument();
    expect(screen.getByText(/^observed/)).toHaveTextContent(/ ago$/);
    expect(
      screen.getByRole('link', { name: 'Checks and metrics' }),
    ).toHaveAttribute('href', expect.stringMatching(/prefix-caching$/));
  });

  it.each([
    ['no traffic yet', inconclusiveReport, 'Inconclusive', /no samples$/],
    ['stale', gpuSeen({ freshness: 'stale' }), 'Stale', /–$/],
    ['stopped', gpuSeen({ phase: 'stopped' }), 'Stopped', /–$/],
    [
      'starting',
      gpuSeen({ phase: 'progressing', verdict: 'warn' }),
      'Progressing',
      /–$/,
    ],
    [
      'unreachable',
      gpuSeen({
        verdict: 'inconclusive',
        gaps: [{ what: 'cluster', reason: 'timeout', message: 'No answer.' }],
      }),
      'Unreachable',
      /–$/,
    ],
  ])(
    '%s: shows the state, and no figure that is not the case',
    async (_, report, word, figure) => {
      showReport(report);
      const [gpu] = await rows();
      expect(gpu).toContain(word);
      expect(gpu).toMatch(figure);
    },
  );

  it('says that nothing is linked, or that what is linked does not exist', async () => {
    const { unmount } = showReport(emptyReport);
    expect(
      await screen.findByText(/names no LLMInferenceService/),
    ).toBeInTheDocument();
    unmount();

    showReport(absentReport);
    expect(
      await screen.findByText(/There is no LLMInferenceService/),
    ).toBeInTheDocument();
  });

  it('hints at no verdict without permission, and says what failed otherwise', async () => {
    const { unmount } = show(refusal(403, 'NotAllowedError', 'No'));
    expect(await screen.findByText('No permission')).toBeInTheDocument();
    expect(
      screen.getByText(/Needs prefix-caching\.verification\.read\./),
    ).toBeInTheDocument();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
    unmount();

    show(refusal(500, 'Error', 'The store is full'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The store is full',
    );
  });

  it('shows neither verdict nor figure while it loads', async () => {
    show(() => new Promise(() => {}));
    expect(await screen.findByText('Prefix caching')).toBeInTheDocument();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
    expect(
      screen.queryByText(/Pass|Fail|no samples|–/),
    ).not.toBeInTheDocument();
  });
});
