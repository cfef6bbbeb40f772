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
import userEvent from '@testing-library/user-event';
import { PrefixCachingClient } from 'backstage-plugin-prefix-caching-common';
import type { EntityReport } from 'backstage-plugin-prefix-caching-common';
import { prefixCachingApiRef } from '../../api';
import {
  absentReport,
  brokenReport,
  emptyReport,
  entity,
  gpuTarget,
  healthyReport,
  inconclusiveReport,
  malformedReport,
  ownerGroup,
  probesOf,
  seriesOf,
  withFindings,
} from '../../__fixtures__';
import { EntityPrefixCachingContent } from './EntityPrefixCachingContent';

/** What the back end answers: a report, or a refusal with its status. */
type Answer = EntityReport | { status: number; name: string; message: string };

/** The real client over a back end that gives these answers, the last one for ever. */
function backEnd(...answers: Answer[]) {
  const requests: string[] = [];
  const respond: typeof fetch = async (input, init) => {
    requests.push(
      `${init?.method ?? 'GET'} ${String(input).replace('http://backend', '')}`,
    );
    const beside = answerBeside(new URL(String(input)));
    if (beside !== undefined) {
      return Response.json(beside);
    }
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined || 'targets' in answer) {
      return Response.json(answer);
    }
    return Response.json(
      {
        error: { name: answer.name, message: answer.message },
        response: { statusCode: answer.status },
      },
      { status: answer.status },
    );
  };
  const client = new PrefixCachingClient({
    discoveryApi: { getBaseUrl: async () => 'http://backend' },
    fetchApi: { fetch: respond },
  });
  return { client, requests };
}

const REFUSED = {
  what: 'envoyfilters',
  reason: 'forbidden' as const,
  message: 'envoyfilters may not be listed by this account',
};

/** What is asked for once there is a report. */
function answerBeside({ pathname, searchParams }: URL): unknown {
  const targetId = searchParams.get('targetId') ?? '';
  if (pathname.endsWith('/series')) {
    return seriesOf(targetId, {
      predicted: 0.783,
      delivered: 0.71,
      firstToken: 0.19,
    });
  }
  return pathname.endsWith('/probes') ? probesOf(targetId) : undefined;
}

function renderTab(client: PrefixCachingClient, hash = '') {
  return renderInTestApp(
    <EntityProvider entity={entity}>
      <EntityPrefixCachingContent />
    </EntityProvider>,
    {
      apis: [
        [prefixCachingApiRef, client],
        catalogApiMock({ entities: [entity, ownerGroup] }),
        mockApis.config({ data: {} }),
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${hash}`],
    },
  );
}

function fact(name: string) {
  const term = screen
    .getAllByRole('term')
    .find(({ textContent }) => textContent === name);
  return within(term?.parentElement ?? document.body).getByRole('definition');
}

describe('EntityPrefixCachingContent', () => {
  // Read once here, and not within the patience of the first test that waits for it.
  beforeAll(() => import('../ReportPage/ReportDetails'), 60_000);

  it('says that it works, on both accelerators, and who owns it', async () => {
    const { client, requests } = backEnd(healthyReport);
    renderTab(client);

    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: 'Prefix caching works on GPU and TPU: 71% of prompt tokens on GPU and 68% on TPU came from cache in the last 15 min.',
      }),
    ).toBeInTheDocument();
    // The verdict needs one request; figures and probes follow it.
    expect(requests[0]).toBe('GET /entities/component/default/qwen-3b-chat');
    expect(
      requests.filter(request => !/series|probes/.test(request)),
    ).toHaveLength(1);
    expect(fact('Failing layer')).toHaveTextContent(
      'None26 of 26 required checks pass',
    );
    expect(fact('Responsible')).toHaveTextContent('team-assist');
    expect(fact('Next')).toHaveTextContent('Nothing to do');
    // What is below the verdict is rendered after it.
    await screen.findByRole('group', { name: 'Request path GPU · T4: Pass' });
    expect(fact('Lifecycle · system')).toHaveTextContent(
      'production · assistant',
    );
    expect(
      await screen.findByRole('link', { name: /assist@example.com/ }),
    ).toHaveAttribute('href', 'mailto:assist@example.com');
    expect(
      screen.getByRole('link', { name: /assist\/qwen-3b-chat/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example.com/assist/qwen-3b-chat/-/tree/main/',
    );
    for (const lane of ['GPU · T4', 'TPU · v6e']) {
      expect(
        screen.getByRole('group', { name: `Request path ${lane}: Pass` }),
      ).toBeInTheDocument();
    }

    // The document's request flow and its summary of components.
    const steps = screen.getByRole('button', {
      name: 'Request flow, step by step',
    });
    expect(steps).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(steps);
    expect(steps).toHaveAttribute('aria-expanded', 'true');
    expect(
      within(
        screen.getByRole('list', { name: 'Request flow, step by step' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(8);
    const components = within(
      await screen.findByRole('table', { name: 'Checks' }),
    )
      .getAllByRole('rowheader')
      .map(header => header.closest('tr')?.textContent);
    for (const row of [
      /^vLLM prefix caching RequiredPassPass/,
      /^EPP scheduler RequiredPassPass/,
      /^Request body forwarding RequiredPassPass/,
      /^NetworkPolicies OptionalSkippedSkipped/,
      /^Cache-aware routing RequiredPassPass/,
    ]) {
      expect(components).toContainEqual(expect.stringMatching(row));
    }

    const replicas = screen.getByRole('table', {
      name: 'Replicas by accelerator',
    });
    expect(
      within(replicas).getByRole('row', {
        name: /gpu-kserve-6c9d8f7b54-x2k9p Ready 400 · 31.7% 71.0% 5.0% 3 · 0 90,112 · 16$/,
      }),
    ).toBeInTheDocument();
    const router = screen.getByRole('table', {
      name: 'Endpoint picker figures by accelerator',
    });
    expect(
      within(router).getByRole('row', {
        name: /^Predicted hit ratio 78.3% since start · port-forward, .* 78.3% since start/,
      }),
    ).toBeInTheDocument();
    expect(
      within(router).getByRole('row', {
        name: /^Delivered hit ratio \(engines\) 71.0% last 15 min · pod proxy, .* 68.0% last 15 min/,
      }),
    ).toBeInTheDocument();
    // Zero is zero, and what a version does not expose is not zero.
    expect(
      within(router).getByRole('row', {
        name: 'Errors not exposed not exposed',
      }),
    ).toBeInTheDocument();

    const scorers = screen.getByRole('table', { name: /profile default/ });
    expect(
      within(scorers).getByRole('row', { name: /prefix-cache-scorer 3 60%/ }),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText('score = 2·queue + 3·prefix-cache'),
    ).toHaveLength(2);
    expect(
      screen.getByText(/Claimed by the reference document/),
    ).toBeInTheDocument();
  });

  it('says which layer fails, since when, whose it is and what to do', async () => {
    renderTab(backEnd(brokenReport).client);

    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: /^Prefix caching is not working on the GPU service since .*: requests bypass the endpoint picker. ml-platform owns this layer\.$/,
      }),
    ).toBeInTheDocument();
    expect(fact('Failing layer')).toHaveTextContent(
      'Gateway · request bodygateway.request-body, then routing.bypass, routing.delivered-hits',
    );
    expect(within(fact('Responsible')).getByRole('link')).toHaveTextContent(
      'ml-platform',
    );
    expect(fact('Since')).toHaveTextContent(/, 28 min/);
    expect(fact('Next')).toHaveTextContent(
      'Remove EnvoyFilter prefix-body-gpu',
    );

    const gpu = await screen.findByRole('group', {
      name: 'Request path GPU · T4: Fail',
    });
    expect(
      within(gpu).getByRole('link', {
        name: /^Request body ?, Fail ?, EnvoyFilter/,
      }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(
        /#check=gateway.request-body&target=id-of-qwen-3b-gpu$/,
      ),
    );
    expect(
      within(gpu).getByRole('link', {
        name: /^Endpoint picker ?, Bypassed ?, 0 of 1,260 picked/,
      }),
    ).toBeInTheDocument();
    expect(
      within(gpu).getByText('all 1,260 go around the EPP'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'Request path TPU · v6e: Pass' }),
    ).toBeInTheDocument();

    const checks = await screen.findByRole('table', { name: 'Checks' });
    expect(
      within(checks).getByRole('row', {
        name: /routing.bypass Fail Pass .* follows request body/,
      }),
    ).toBeInTheDocument();
  });

  it('opens a check by keyboard and by its address, and shows the proof', async () => {
    renderTab(backEnd(brokenReport).client, '#check=routing.bypass');

    const linked = await screen.findByRole('button', {
      name: 'Details of routing.bypass',
    });
    expect(linked).toHaveAttribute('aria-expanded', 'true');
    expect(linked).toHaveFocus();

    const button = screen.getByRole('button', {
      name: 'Details of gateway.request-body',
    });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    button.focus();
    await userEvent.keyboard('{Enter}');

    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(
      screen.getByText('Istio itself hands the body to the endpoint picker'),
    ).toBeInTheDocument();
    expect(screen.getByText('request_body_mode: BUFFERED')).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'Show the EnvoyFilter' }),
    ).toHaveTextContent(
      'kubectl -n istio-ingress get envoyfilter prefix-body-gpu -o yaml',
    );

    expect(
      screen.queryByRole('button', { name: 'Details of engine.replicas' }),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'All (15)' }));
    expect(
      screen.getByRole('button', { name: 'Details of engine.replicas' }),
    ).toBeInTheDocument();
  });

  it.each([
    {
      name: 'no traffic',
      report: inconclusiveReport,
      sentence:
        'Configured, not yet proven: no requests on GPU for 15 min. All that could be read is right.',
      word: 'Inconclusive',
    },
    {
      name: 'no traffic, and not all may be read',
      report: {
        ...inconclusiveReport,
        targets: inconclusiveReport.targets.map(target => ({
          ...target,
          verification: target.verification && {
            ...target.verification,
            gaps: [REFUSED],
          },
        })),
      },
      sentence:
        'Configured, not yet proven: no requests on GPU for 15 min, and 1 read was refused. All that could be read is right.',
      word: 'Inconclusive',
    },
    {
      name: 'no access',
      report: withVerification({
        verdict: 'inconclusive',
        findings: withFindings({
          check: 'gateway.request-body',
          component: 'gateway',
          verdict: 'inconclusive',
          actual: REFUSED.message,
        }),
        gaps: [REFUSED],
      }),
      sentence:
        'Can’t tell whether prefix caching works: envoyfilters may not be read on gke-eu-west4.',
      word: 'No access',
    },
    {
      name: 'not verified yet',
      report: {
        ...healthyReport,
        targets: [{ ...gpuTarget, verification: undefined, engines: [] }],
      },
      sentence:
        'Starting: GPU is not verified yet. The verdict follows with the first run.',
      word: 'Progressing',
    },
    {
      name: 'starting',
      report: withVerification({ phase: 'progressing', verdict: 'warn' }),
      sentence: 'Starting: 3 of 3 GPU replicas ready. The verdict follows.',
      word: 'Progressing',
    },
    {
      name: 'stopped',
      report: withVerification({ phase: 'stopped' }),
      sentence:
        'Stopped on purpose: GPU. Nothing is verified while it is stopped.',
      word: 'Stopped',
    },
    {
      name: 'stale',
      report: withVerification({ freshness: 'stale' }),
      sentence:
        /^Passed at .*, not checked since: .* old, expected every 10 sec\.$/,
      word: 'Stale',
    },
    {
      name: 'unreachable',
      report: withVerification({
        verdict: 'inconclusive',
        gaps: [
          {
            what: 'cluster',
            reason: 'timeout',
            message: 'No answer within 5 s.',
          },
        ],
      }),
      sentence: /^No current verdict: cluster gke-eu-west4 does not answer/,
      word: 'Unreachable',
    },
  ])('$name: $word', async ({ report, sentence, word }) => {
    renderTab(backEnd(report).client);

    const heading = await screen.findByRole('heading', {
      level: 2,
      name: sentence,
    });
    const card = screen.getByRole('region', { name: sentence });
    expect(card).toContainElement(heading);
    expect(within(card).getByText(word, { selector: 'span' })).toBeVisible();
  });

  it('has a roll-out waited for, whatever it still lacks', async () => {
    const report = withVerification({
      phase: 'progressing',
      verdict: 'warn',
      findings: withFindings({
        check: 'engine.replicas',
        component: 'engine',
        verdict: 'warn',
        remedy: 'Find out why a pod does not start.',
      }),
    });
    renderTab(backEnd(report).client);

    await screen.findByRole('heading', { level: 2, name: /^Starting/ });
    expect(fact('Next').textContent).toBe('Wait until the replicas are ready');
  });

  it('keeps the first card’s place while it loads, and hints at no verdict', async () => {
    const { client } = backEnd(healthyReport);
    client.getEntity = () => new Promise(() => {});
    renderTab(client);

    expect(await screen.findByText('Loading')).toHaveAttribute(
      'aria-busy',
      'true',
    );
    expect(screen.queryByRole('heading', { level: 2 })).not.toBeInTheDocument();
  });

  it('says first that a service is not there, and flags nothing of it', async () => {
    renderTab(backEnd(absentReport).client);
    expect(
      await screen.findByRole('heading', {
        name: 'There is no LLMInferenceService llm-serving/qwen-3b-gpu on cluster gke-eu-west4.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Apply the manifests of the service'),
    ).toBeInTheDocument();
    expect(screen.getByText('Not there')).toBeInTheDocument();
    expect(screen.queryByText('No back-reference')).not.toBeInTheDocument();
  });

  it('shows what is wrong with the annotation, and how to link a service', async () => {
    const { unmount } = renderTab(backEnd(malformedReport).client);
    expect(
      await screen.findByRole('heading', { name: /it names no namespace/ }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Correct the annotation/)).toBeInTheDocument();
    unmount();

    renderTab(backEnd(emptyReport).client);
    expect(
      await screen.findByRole('group', { name: 'Annotation' }),
    ).toHaveTextContent('serving.kserve.io/llm-inference-services:');
    expect(
      screen.getByRole('link', { name: /from the template/ }),
    ).toHaveAttribute(
      'href',
      '/create/templates/default/prefix-caching-deployment',
    );
  });

  it('hints at no verdict without permission, and says what failed otherwise', async () => {
    const { unmount } = renderTab(
      backEnd({ status: 403, name: 'NotAllowedError', message: 'No' }).client,
    );
    expect(
      await screen.findByRole('heading', {
        name: 'You may not read verifications of this component.',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Fail')).not.toBeInTheDocument();
    unmount();

    renderTab(
      backEnd({ status: 500, name: 'Error', message: 'The store is full' })
        .client,
    );
    expect(await screen.findByText(/The store is full/)).toBeInTheDocument();
  });

  it('verifies on demand, and keeps the page when a request fails', async () => {
    const { client, requests } = backEnd(brokenReport, healthyReport, {
      status: 503,
      name: 'ServiceUnavailableError',
      message: 'Try later',
    });
    renderTab(client);

    const verify = await screen.findByRole('button', { name: 'Verify now' });
    await userEvent.click(verify);
    expect(
      await screen.findByRole('heading', {
        name: /^Prefix caching works on GPU and TPU/,
      }),
    ).toBeInTheDocument();
    expect(requests).toContain(
      'POST /entities/component/default/qwen-3b-chat/verifications',
    );

    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify now' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Refresh failed, showing /,
    );
    expect(
      screen.getByRole('heading', {
        name: /^Prefix caching works on GPU and TPU/,
      }),
    ).toBeInTheDocument();
  });

  it('says why it may not be verified now', async () => {
    renderTab(
      backEnd({ ...healthyReport, permissions: { run: false } }).client,
    );

    const verify = await screen.findByRole('button', { name: 'Verify now' });
    expect(verify).toBeDisabled();
    expect(verify).toHaveAccessibleDescription(
      'Needs prefix-caching.verification.run on this entity',
    );
  });
});

function withVerification(
  changes: Partial<NonNullable<typeof gpuTarget.verification>>,
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
