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
import { it } from 'node:test';
import type { Finding } from 'backstage-plugin-prefix-caching-common/core';
import { createMetricsAccount, userOf } from '../src/portalAccount';
import { PICKER } from '../src/Serving';
import { authDelegator } from '../src/servingObjects';
import { PORTAL_ACCOUNT, type RealService } from './realService';

/** A picker that asks who reads its metrics, as it does unless told otherwise. */
export function pickerMetrics(service: () => RealService): void {
  async function routerMetrics(metricsToken: string): Promise<Finding> {
    const portal = await service().startPortal({ metricsToken });
    try {
      return (await portal.verify()).finding('router.metrics');
    } finally {
      await portal.stop();
    }
  }

  it('itself refuses whoever has no token', async () => {
    const url = `http://${PICKER.address}:9090/metrics`;
    assert.equal((await fetch(url)).status, 401);
  });

  it('are figures with a right one, by port-forward', async () => {
    const finding = await routerMetrics(service().metricsToken);
    assert.equal(finding.verdict, 'pass', finding.actual);
    assert.match(JSON.stringify(finding.evidence), /port-forward/);
    assert.match(finding.actual, /3 of 3 ready engines/);
  });

  it('are skipped without any, and the setting is named', async () => {
    const finding = await routerMetrics('');
    assert.equal(finding.verdict, 'skipped', finding.actual);
    assert.match(finding.remedy ?? '', /prefixCaching\.metrics\.tokens/);
  });

  it('are refused with one that nobody issued', async () => {
    // The API server's answer to the picker's question counts as a failure of
    // asking, so that this picker says 500 where others may say 401.
    const finding = await routerMetrics('not-a-token');
    assert.equal(finding.verdict, 'fail', finding.actual);
    assert.match(finding.actual, /^(401|500) on/);
  });

  it('are 403 with one of an account that may not read them', async () => {
    const { bed } = service();
    const token = await createMetricsAccount(bed.api, 'nobody', {
      mayRead: false,
    });
    const finding = await routerMetrics(token);
    assert.equal(finding.verdict, 'fail', finding.actual);
    assert.match(finding.actual, /403/);
  });

  it('are 500 where the picker may not ask who it is', async () => {
    const { bed, serving, metricsToken } = service();
    await bed.api.remove(authDelegator());
    // What it asked before is remembered for a minute.
    await serving.replacePicker();
    try {
      const finding = await routerMetrics(metricsToken);
      assert.equal(finding.verdict, 'fail', finding.actual);
      assert.match(finding.actual, /500/);
      assert.match(finding.remedy ?? '', /system:auth-delegator/);
    } finally {
      await bed.api.apply(authDelegator());
      await serving.replacePicker();
    }
  });

  it("are never asked for by the API server's proxy, which drops the token", () => {
    const proxied = service()
      .bed.apiServer.audit()
      .filter(
        ({ user, objectRef }) =>
          user.username === userOf(PORTAL_ACCOUNT) &&
          objectRef?.subresource === 'proxy',
      );
    const asked = new Set(
      proxied.map(({ objectRef }) => objectRef?.name?.split(':')[0]),
    );
    assert.ok(proxied.length > 0);
    assert.ok(
      ![...asked].some(name => name?.includes('router-scheduler')),
      [...asked].join(),
    );
  });
}
