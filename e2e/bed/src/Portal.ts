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
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  Finding,
  Verification,
} from 'backstage-plugin-prefix-caching-common/core';
import prefixCaching from 'backstage-plugin-prefix-caching-backend';
import { clusterConfig } from './clusterConfig';

/** The least that may lie between two runs; samples are taken at half of it. */
const INTERVAL_SECONDS = 10;

export interface PortalOptions {
  apiServer: { url: string; ca: string };
  /** Of the account that reads the cluster. */
  token: string;
  entity: Entity;
  /** More of the `prefixCaching` section. */
  prefixCaching?: object;
  features?: BackendFeature[];
}

/** What the plugin's API says of one target. */
export interface Report {
  verification: Verification;
  finding(check: string): Finding;
  /** Ids of the findings with this verdict, sorted. */
  with(verdict: Finding['verdict']): string[];
}

/** What the API says of one probe. */
export interface ProbeResult {
  outcome: string;
  summary: string;
}

/** The back-end plugin in a back end of its own, asked over HTTP. */
export class Portal {
  readonly #url: string;
  readonly #stop: () => Promise<void>;
  /** When a sample was last taken, so that the next one has a window. */
  #sampledAt = 0;
  #targetId = '';

  static async start(options: PortalOptions): Promise<Portal> {
    const { apiServer, token, entity } = options;
    const backend = await startTestBackend({
      features: [
        prefixCaching,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: clusterConfig({ apiServer, token }),
            prefixCaching: {
              schedule: { frequency: { seconds: INTERVAL_SECONDS } },
              ...options.prefixCaching,
            },
          },
        }),
        // Runs are asked for, so that each test knows which one it looks at.
        mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
        catalogServiceMock.factory({ entities: [entity] }),
        ...(options.features ?? []),
      ],
    });
    const { port } = (
      backend.server as unknown as Server
    ).address() as AddressInfo;
    const { kind, namespace, name } = partsOf(entity);
    return new Portal(
      `http://127.0.0.1:${port}/api/prefix-caching/entities/${kind}/${namespace}/${name}`,
      () => backend.stop(),
    );
  }

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url;
    this.#stop = stop;
  }

  /**
   * Verifies once.
   *
   * @throws Error with the answer where the API gives no report
   */
  async verify(): Promise<Report> {
    const text = await this.#post('verifications', {});
    this.#sampledAt = Date.now();
    const { targets } = JSON.parse(text) as {
      targets: { targetId: string; verification?: Verification }[];
    };
    this.#targetId = targets[0]?.targetId ?? '';
    return reportOf(targets[0]?.verification, text);
  }

  /**
   * Probes the target that was verified last.
   *
   * @throws Error with the answer where it may not be probed
   */
  async probe(): Promise<ProbeResult> {
    const text = await this.#post('probes', { targetId: this.#targetId });
    const { results } = JSON.parse(text) as { results: ProbeResult[] };
    return results[0];
  }

  /** Verifies after some traffic, with a window of its own since the last time. */
  async verifyAfter(traffic?: () => Promise<unknown>): Promise<Report> {
    await traffic?.();
    await this.#untilNextWindow();
    return this.verify();
  }

  /**
   * Verifies again and again, each time after some traffic, until the report is
   * as expected.
   *
   * @throws Error with the last report where it never is
   */
  async verifyUntil(
    expected: (report: Report) => boolean,
    options: { traffic?: () => Promise<unknown>; runs?: number } = {},
  ): Promise<Report> {
    const { traffic, runs = 12 } = options;
    let report = await this.verify();
    for (let run = 1; run < runs && !expected(report); run++) {
      report = await this.verifyAfter(traffic);
    }
    if (!expected(report)) {
      throw new Error(
        `Not as expected after ${runs} runs:\n${describe(report.verification)}`,
      );
    }
    return report;
  }

  async stop(): Promise<void> {
    await this.#stop();
  }

  async #post(path: string, body: object): Promise<string> {
    const answer = await fetch(`${this.#url}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`POST ${this.#url}/${path}: ${answer.status} ${text}`);
    }
    return text;
  }

  /** A run that comes sooner replaces the last sample instead of following it. */
  async #untilNextWindow(): Promise<void> {
    const due = this.#sampledAt + INTERVAL_SECONDS * 500 + 200;
    while (Date.now() < due) {
      await new Promise(resolve => {
        setTimeout(resolve, due - Date.now());
      });
    }
  }
}

function reportOf(
  verification: Verification | undefined,
  text: string,
): Report {
  if (!verification) {
    throw new Error(`The API reports no verification: ${text.slice(0, 2000)}`);
  }
  const { findings } = verification;
  return {
    verification,
    finding: check => {
      const found = findings.find(each => each.check === check);
      if (!found) throw new Error(`There is no finding ${check}`);
      return found;
    },
    with: verdict =>
      findings
        .filter(each => each.verdict === verdict)
        .map(each => each.check)
        .sort(),
  };
}

/** Findings and gaps, one a line, for whoever reads a failed test. */
export function describe({ findings, gaps }: Verification): string {
  return [
    ...findings.map(
      ({ check, verdict, summary, actual }) =>
        `${verdict.padEnd(12)} ${check}: ${summary} (${actual})`,
    ),
    ...gaps.map(({ what, message }) => `gap          ${what}: ${message}`),
  ].join('\n');
}

function partsOf(entity: Entity) {
  const [kind, rest] = stringifyEntityRef(entity).split(':');
  const [namespace, name] = rest.split('/');
  return { kind, namespace, name };
}
