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
import { after, it } from 'node:test';
import type { ApiObject } from '../src/ClusterApi';
import { describe as say } from '../src/Portal';
import type { RealService } from './realService';

/** What is broken between gateway and picker, seen by traffic and told by the plugin. */
export function gatewayFaults(service: () => RealService): void {
  const blindTraffic = () => service().blindTraffic();

  function pickerRule(): ApiObject {
    const rule = service().serving.objects.rendered.find(
      ({ kind }) => kind === 'DestinationRule',
    );
    assert.ok(rule, 'the template renders a DestinationRule for the picker');
    return rule;
  }

  after(async () => {
    await service().serving.openGateway({ pickerTls: true });
  });

  it('a gateway that speaks plain text to a picker with TLS', async () => {
    const { bed, serving, startPortal, traffic } = service();
    await bed.api.remove(pickerRule());
    await serving.openGateway({ pickerTls: false });
    const portal = await startPortal();
    try {
      // Told to fail open, Envoy still answers 500 where it had handed the body
      // over before the picker hung up, which is nearly always.
      for (const { status } of await blindTraffic()) {
        assert.ok([200, 500].includes(status), String(status));
      }
      const { verification, finding } = await portal.verifyAfter();
      assert.equal(
        finding('gateway.picker-tls').verdict,
        'fail',
        say(verification),
      );
      assert.match(
        finding('gateway.picker-tls').summary,
        /serves TLS, and the gateway speaks plain text/,
      );
    } finally {
      await portal.stop();
      await bed.api.apply(pickerRule());
      await serving.openGateway({ pickerTls: true });
    }
    await traffic();
  });

  it('plain text on both sides', async () => {
    const { bed, serving, startPortal, traffic } = service();
    await bed.api.remove(pickerRule());
    await serving.replacePicker({ flags: ['--secure-serving=false'] });
    await serving.openGateway({ pickerTls: false });
    const portal = await startPortal();
    try {
      const { verification, finding } = await portal.verifyUntil(
        report => report.finding('routing.bypass').verdict === 'pass',
        { traffic },
      );
      assert.equal(
        finding('gateway.picker-tls').verdict,
        'pass',
        say(verification),
      );
    } finally {
      await portal.stop();
      await bed.api.apply(pickerRule());
      await serving.replacePicker();
    }
  });

  it('a gateway that asks no picker: every request is answered, and the counters tell', async () => {
    const { serving, startPortal } = service();
    await serving.openGateway({ pickerTls: true, knowsPicker: false });
    const portal = await startPortal();
    try {
      const answers = await blindTraffic();
      assert.deepEqual(
        [...new Set(answers.map(({ status }) => status))],
        [200],
      );
      assert.ok(
        new Set(answers.map(({ pod }) => pod)).size > 1,
        'without a picker the same prefix goes to several replicas',
      );
      await portal.verifyUntil(
        report => report.finding('routing.bypass').verdict === 'fail',
        { traffic: blindTraffic },
      );
    } finally {
      await portal.stop();
      await serving.openGateway({ pickerTls: true });
    }
  });

  it('a picker that is dead: traffic goes on, and the plugin says so', async () => {
    const { serving, startPortal, traffic } = service();
    const portal = await startPortal();
    try {
      await portal.verify();
      await portal.verifyAfter(traffic);
      await serving.killPicker();
      await serving.openGateway({ pickerTls: true, knowsPicker: false });
      const statuses = (await blindTraffic()).map(({ status }) => status);
      assert.deepEqual([...new Set(statuses)], [200]);
      const { finding } = await portal.verifyUntil(
        report => report.finding('routing.bypass').verdict === 'fail',
        { traffic: blindTraffic },
      );
      assert.match(finding('router.available').actual, /CrashLoopBackOff/);
      assert.equal(finding('routing.bypass').causedBy, 'router.available');
      assert.match(
        finding('routing.bypass').summary,
        /no Endpoint Picker is ready to see them/,
      );
    } finally {
      await portal.stop();
      await serving.replacePicker();
      await serving.openGateway({ pickerTls: true });
    }
    await traffic();
  });
}
