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

import type { Entity } from '@backstage/catalog-model';
import { screen, within } from '@testing-library/react';
import {
  entity,
  finding,
  gpuTarget,
  healthyReport,
  judged,
} from '../../__fixtures__';
import { renderInReport } from '../../__testUtils__/renderInReport';
import { OwnerStrip } from './OwnerStrip';

const config = {
  prefixCaching: {
    ownerAnnotations: {
      onCall: 'pagerduty.com/service-id',
      costCentre: 'example.com/cost-centre',
    },
  },
};

function withAnnotations(annotations: Record<string, string>): Entity {
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: { ...entity.metadata.annotations, ...annotations },
    },
  };
}

function fact(name: string) {
  const term = screen
    .getAllByRole('term')
    .find(({ textContent }) => textContent === name);
  return within(term?.parentElement ?? document.body).getByRole('definition');
}

describe('OwnerStrip', () => {
  it('says whom to reach, by annotations that are configured, and what it came from', async () => {
    const made = withAnnotations({
      'example.com/cost-centre': 'CC-4711',
      'backstage.io/source-template':
        'template:default/prefix-caching-deployment',
      'backstage.io/template-version': '1.4.0',
    });
    const report = {
      ...healthyReport,
      targets: [
        {
          ...gpuTarget,
          lastRun: {
            at: gpuTarget.lastRun?.at ?? '',
            by: 'user:default/ann',
            durationMs: 1,
          },
        },
      ],
    };
    renderInReport(<OwnerStrip entity={made} report={report} />, report, {
      config,
    });

    expect(
      await screen.findByRole('link', { name: /assist@example.com/ }),
    ).toHaveAttribute('href', 'mailto:assist@example.com');
    expect(fact('Cost centre')).toHaveTextContent('CC-4711');
    expect(fact('On-call')).toHaveTextContent('none declared');
    expect(
      screen.getByTitle(
        'Add pagerduty.com/service-id to the component or to its owner.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /#assist-llm/ }),
    ).toBeInTheDocument();
    expect(fact('Repository · template')).toHaveTextContent(
      /assist\/qwen-3b-chat.* · prefix-caching-deployment 1\.4\.0/,
    );
    expect(within(fact('Last verified')).getByRole('link')).toHaveTextContent(
      'ann',
    );
  });

  it.each([
    ['no owner', { ...entity, relations: [] }, {}, 'No owner'],
    [
      'an owner that the catalog does not hold',
      {
        ...entity,
        relations: [{ type: 'ownedBy', targetRef: 'group:default/gone' }],
      },
      {},
      'Owner not in the catalog',
    ],
    [
      'an orphan',
      withAnnotations({ 'backstage.io/orphan': 'true' }),
      {},
      'Orphan',
    ],
    [
      'no back-reference',
      entity,
      { backReference: false },
      'No back-reference',
    ],
    [
      'fail-open in production',
      entity,
      judged(gpuTarget, 'pass', [
        finding({
          check: 'router.failure-mode',
          component: 'router',
          requirement: 'advice',
          verdict: 'warn',
        }),
      ]),
      'Fail-open in production',
    ],
  ])('flags %s', async (_, of, changes, flag) => {
    const report = {
      ...healthyReport,
      targets: [{ ...gpuTarget, ...changes }],
    };
    renderInReport(<OwnerStrip entity={of} report={report} />, report);
    expect(await screen.findByText(flag)).toBeInTheDocument();
  });

  it('flags nothing where nothing is risky', async () => {
    renderInReport(
      <OwnerStrip entity={entity} report={healthyReport} />,
      healthyReport,
    );
    await screen.findByRole('link', { name: /assist@example.com/ });
    for (const flag of [
      'No owner',
      'Owner not in the catalog',
      'Orphan',
      'No back-reference',
    ]) {
      expect(screen.queryByText(flag)).not.toBeInTheDocument();
    }
  });
});
