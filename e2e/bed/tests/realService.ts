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
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Bed } from '../src/Bed';
import { metricsConfig } from '../src/clusterConfig';
import { describe as say, Portal, type PortalOptions } from '../src/Portal';
import {
  createMetricsAccount,
  createPortalAccount,
} from '../src/portalAccount';
import { converse, converseBlindly, type Answer } from '../src/prompts';
import { Serving } from '../src/Serving';

/** What the tests of a service that really serves share. */
export interface RealService {
  bed: Bed;
  serving: Serving;
  gatewayUrl: string;
  /** Of the account with the documented role. */
  portalToken: string;
  /** A token that the picker accepts for its metrics. */
  metricsToken: string;
  /** Traffic that a prefix cache is good for. */
  traffic: () => Promise<string[]>;
  /** The same where nobody has to choose well, or to answer at all. */
  blindTraffic: () => Promise<Answer[]>;
  /** The plugin with that role and that token, unless told otherwise. */
  startPortal: (
    options?: Partial<PortalOptions> & { metricsToken?: string },
  ) => Promise<Portal>;
}

export const PORTAL_ACCOUNT = 'portal';

/** Starts one service for all of the tests, and proves that it works first. */
export function realService(
  bed: () => Bed,
  tests: (service: () => RealService) => void,
): void {
  let service: RealService | undefined;
  const started = () => {
    if (!service) throw new Error('The service has not started');
    return service;
  };

  before(async () => {
    service = await start(bed());
  });

  after(async () => {
    await service?.serving.stop();
  });

  it('answers through the gateway, each conversation from one replica', async () => {
    const { traffic } = started();
    // Which replica is first asked is chance; from then on it is not.
    for (let conversation = 0; conversation < 3; conversation++) {
      const pods = await traffic();
      assert.equal(new Set(pods).size, 1, pods.join());
    }
  });

  it('is proven by its traffic, with the documented role alone', async () => {
    const { startPortal, traffic } = started();
    const portal = await startPortal();
    try {
      const { verification } = await portal.verifyUntil(
        report => report.verification.verdict === 'pass',
        { traffic },
      );
      const open = verification.findings.filter(
        ({ requirement, verdict }) =>
          requirement === 'required' && verdict !== 'pass',
      );
      assert.deepEqual(open, [], say(verification));
    } finally {
      await portal.stop();
    }
  });

  tests(started);
}

async function start(bed: Bed): Promise<RealService> {
  const serving = await Serving.start(bed);
  const gatewayUrl = await serving.openGateway({ pickerTls: true });
  const portalToken = await createPortalAccount(bed.api, PORTAL_ACCOUNT);
  const metricsToken = await createMetricsAccount(bed.api, 'metrics-reader', {
    mayRead: true,
  });
  return {
    bed,
    serving,
    gatewayUrl,
    portalToken,
    metricsToken,
    traffic: () => converse(gatewayUrl),
    blindTraffic: () => converseBlindly(gatewayUrl),
    startPortal: ({ metricsToken: token = metricsToken, ...options } = {}) =>
      Portal.start({
        apiServer: bed.apiServer,
        token: portalToken,
        entity: serving.objects.entity,
        ...options,
        prefixCaching: {
          metrics: metricsConfig(token),
          ...options.prefixCaching,
        },
      }),
  };
}
