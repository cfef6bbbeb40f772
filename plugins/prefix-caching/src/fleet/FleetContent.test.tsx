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

import { identityApiRef } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  FleetPage,
  FleetQuery,
  FleetRow,
  UnclaimedReport,
} from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../api';
import { FleetContent } from './FleetContent';

const NOW = '2026-08-18T14:32:50Z';

function row(part: Partial<FleetRow>): FleetRow {
  return {
    entityRef: 'component:default/qwen-3b-chat',
    targetId: 't1',
    cluster: 'gke-eu',
    namespace: 'llm-serving',
    name: 'qwen-3b-gpu',
    ...part,
  };
}

const FAILING = row({
  owner: 'group:default/team-assist',
  accelerator: { id: 'nvidia-t4', name: 'T4' },
  verdict: 'fail',
  summary: 'An EnvoyFilter removes the call to the EPP.',
  fault: {
    check: 'gateway.request-body',
    component: 'gateway',
    responsible: 'group:default/ml-platform',
  },
  freshness: 'fresh',
  since: '2026-08-18T14:05:00Z',
  deliveredHitRatio: 0.266,
  requestsPerMinute: 84,
  observedAt: '2026-08-18T14:32:10Z',
});

const STALE = row({
  entityRef: 'component:default/faq-7b',
  targetId: 't2',
  name: 'faq-7b',
  verdict: 'warn',
  freshness: 'stale',
  deliveredHitRatio: 0.5,
  predictedHitRatio: 0.6,
  observedAt: '2026-08-18T12:00:00Z',
});

const PAGE: FleetPage = {
  items: [FAILING, STALE],
  totalItems: 47,
  totals: {
    fail: 1,
    inconclusive: 0,
    warn: 1,
    pass: 45,
    skipped: 0,
    unknown: 0,
  },
  cells: [
    {
      model: 'Qwen2.5-3B',
      accelerator: 'nvidia-t4',
      targets: 4,
      worst: 'fail',
      count: 1,
    },
  ],
  choices: {
    owners: ['group:default/team-assist'],
    systems: [],
    clusters: ['gke-eu'],
    accelerators: [{ id: 'nvidia-t4', name: 'T4' }],
  },
  generatedAt: NOW,
};

async function show(
  options: {
    getFleet?: (query: FleetQuery) => Promise<FleetPage>;
    getUnclaimed?: () => Promise<UnclaimedReport>;
    at?: string;
  } = {},
) {
  const getFleet = jest.fn(options.getFleet ?? (async () => PAGE));
  const { unmount } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          prefixCachingApiRef,
          { getFleet, getUnclaimed: options.getUnclaimed } as never,
        ],
        [
          identityApiRef,
          {
            getBackstageIdentity: async () => ({
              ownershipEntityRefs: ['group:default/team-assist'],
            }),
          } as never,
        ],
        [catalogApiRef, { getEntityByRef: async () => undefined } as never],
      ]}
    >
      <FleetContent />
    </TestApiProvider>,
    {
      routeEntries: [options.at ?? '/prefix-caching'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return {
    unmount,
    lastQuery: () => getFleet.mock.calls.slice(-1)[0][0],
  };
}

async function forbidden(): Promise<never> {
  throw await ResponseError.fromResponse(
    new Response(
      JSON.stringify({ error: { name: 'NotAllowedError', message: 'no' } }),
      { status: 403, headers: { 'Content-Type': 'application/json' } },
    ) as never,
  );
}

describe('the fleet page', () => {
  it('says how many fail, and lists what fails with its layer and who can mend it', async () => {
    await show();
    expect(
      await screen.findByRole('heading', { name: '1 of 47 services fail.' }),
    ).toBeInTheDocument();
    const failing = screen.getByRole('row', { name: /qwen-3b-gpu/ });
    expect(
      within(failing).getByRole('link', { name: 'qwen-3b-chat' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/qwen-3b-chat/prefix-caching',
    );
    expect(
      within(failing).getByRole('link', { name: /Gateway · request body/ }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('#check=gateway.request-body&target=t1'),
    );
    expect(within(failing).getByText('26.6%')).toBeInTheDocument();
    expect(within(failing).getByText(/ml-platform/)).toBeInTheDocument();
    // Not known is not zero.
    expect(within(failing).getByText('–')).toBeInTheDocument();
  });

  it('shows no figure of what was not verified lately', async () => {
    await show();
    const stale = await screen.findByRole('row', { name: /faq-7b/ });
    expect(within(stale).getAllByText('stale')).toHaveLength(3);
    expect(within(stale).queryByText('50.0%')).not.toBeInTheDocument();
  });

  it('filters by what a count, a cell or a field says, and begins at the first page', async () => {
    const { lastQuery } = await show({ at: '/prefix-caching?offset=25' });
    expect(lastQuery()).toEqual({
      owner: ['group:default/team-assist'],
      offset: 25,
      limit: 25,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /1 Fail/ }),
    );
    expect(lastQuery()).toEqual({ verdict: ['fail'], offset: 0, limit: 25 });
    await userEvent.click(
      screen.getByRole('button', { name: /^4 1 fail: Qwen2.5-3B, T4/ }),
    );
    expect(lastQuery()).toMatchObject({
      verdict: ['fail'],
      model: ['Qwen2.5-3B'],
      accelerator: ['nvidia-t4'],
    });
    await userEvent.selectOptions(screen.getByLabelText('Cluster'), 'gke-eu');
    expect(lastQuery()).toMatchObject({ cluster: ['gke-eu'] });
    await userEvent.selectOptions(screen.getByLabelText('Verdict'), '');
    expect(lastQuery().verdict).toBeUndefined();
  });

  it('lists mine first, asks for another page, and for all of them', async () => {
    const { lastQuery } = await show();
    await userEvent.click(
      await screen.findByRole('button', { name: /next page/i }),
    );
    expect(lastQuery()).toEqual({
      owner: ['group:default/team-assist'],
      offset: 25,
      limit: 25,
    });
    expect(screen.getByRole('button', { name: 'Mine' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await userEvent.click(screen.getByRole('button', { name: 'All' }));
    expect(lastQuery()).toEqual({ offset: 0, limit: 25 });
    await userEvent.click(screen.getByRole('button', { name: 'Mine' }));
    expect(lastQuery()).toEqual({
      owner: ['group:default/team-assist'],
      offset: 0,
      limit: 25,
    });
  });

  it('lists all to those who own none of them', async () => {
    const { lastQuery } = await show({
      getFleet: async () => ({
        ...PAGE,
        choices: { ...PAGE.choices, owners: ['group:default/team-search'] },
      }),
    });
    await waitFor(() => expect(lastQuery()).toEqual({ offset: 0, limit: 25 }));
    expect(screen.getByRole('button', { name: 'All' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('offers an entity for each service that none claims', async () => {
    await show({
      at: '/prefix-caching?scope=unclaimed',
      getUnclaimed: async () => ({
        items: [
          {
            cluster: 'gke-eu',
            namespace: 'lab',
            name: 'orphan',
            catalogInfo: 'kind: Component',
          },
        ],
        gaps: [{ cluster: 'amd-lab', message: 'it does not answer' }],
      }),
    });
    expect(
      await screen.findByRole('row', { name: /gke-eu\/lab\/orphan/ }),
    ).toBeInTheDocument();
    expect(screen.getByText('amd-lab: it does not answer')).toBeInTheDocument();
  });

  it.each([
    [
      'nobody may read',
      { getFleet: forbidden },
      'You may not read verifications.',
    ],
    [
      'the unclaimed may not be seen',
      { getUnclaimed: forbidden, at: '/prefix-caching?scope=unclaimed' },
      'You may not see what no entity claims.',
    ],
    [
      'there is nothing',
      {
        getFleet: async () => ({
          ...PAGE,
          items: [],
          cells: [],
          totalItems: 0,
          totals: { ...PAGE.totals, fail: 0, warn: 0, pass: 0 },
        }),
      },
      'No service is linked to a component that you may see.',
    ],
    [
      'nothing matches',
      { getFleet: async () => ({ ...PAGE, items: [], totalItems: 0 }) },
      /No service matches/,
    ],
  ])('says so where %s', async (_, options, text) => {
    await show(options);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('keeps the first card’s place while it loads, and counts nothing', async () => {
    await show({ getFleet: () => new Promise(() => {}) });
    expect(await screen.findByText('Loading')).toHaveAttribute(
      'aria-busy',
      'true',
    );
    expect(screen.queryByRole('heading')).not.toBeInTheDocument();
  });

  it('says what failed, and keeps the rows of before where a refresh does', async () => {
    const { unmount } = await show({
      getFleet: async () => {
        throw new Error('The store is full');
      },
    });
    const [title] = await screen.findAllByText(/The store is full/);
    expect(title).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    unmount();

    let answers = 0;
    await show({
      getFleet: async () => {
        answers += 1;
        if (answers > 1) throw new Error('The store is full');
        return PAGE;
      },
    });
    await screen.findByRole('row', { name: /faq-7b/ });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByText(/refresh failed, showing/)).toBeVisible();
    expect(screen.getByRole('row', { name: /faq-7b/ })).toBeInTheDocument();
  });

  it('draws one page of thousands of rows, and says how many there are', async () => {
    await show({
      getFleet: async ({ limit }) => ({
        ...PAGE,
        items: Array.from({ length: limit ?? 25 }, (_, n) =>
          row({ targetId: `t${n}`, name: `service-${n}`, verdict: 'pass' }),
        ),
        totalItems: 12_000,
      }),
    });
    const table = await screen.findByRole('table', {
      name: 'Services, worst first',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(26);
    expect(screen.getByText(/1-25 of 12000/)).toBeInTheDocument();
  });
});
