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
import { CLUSTER } from '../src/clusterConfig';
import { pickerConfig } from '../src/pickerConfig';
import type { Portal, ProbeResult } from '../src/Portal';
import type { RealService } from './realService';

/** Replicas are chosen by their queues alone: with none, by chance. */
const WITHOUT_PREFIXES = pickerConfig({ 'queue-scorer': 1 });

/** What an active probe says of real answers. */
export function probe(service: () => RealService): void {
  /** One portal a probe, since a service is not probed twice in ten minutes. */
  async function probed(): Promise<ProbeResult> {
    const { serving, gatewayUrl, startPortal } = service();
    const { entity } = serving.objects;
    const portal: Portal = await startPortal({
      entity: {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: {
            ...entity.metadata.annotations,
            'prefix-caching/probe': 'enabled',
          },
        },
      },
      prefixCaching: {
        probe: { gateways: [{ cluster: CLUSTER, url: gatewayUrl }] },
      },
    });
    try {
      await portal.verify();
      return await portal.probe();
    } finally {
      await portal.stop();
    }
  }

  it('hits where the picker weighs prefixes', async () => {
    const result = await probed();
    assert.equal(result.outcome, 'hit', result.summary);
  });

  it('finds routing at fault where it does not', async () => {
    const { serving } = service();
    await serving.replacePicker({ config: WITHOUT_PREFIXES });
    try {
      // Chance alone brings every repeat back in one of 243 probes.
      const result = await probed();
      const told = result.outcome === 'hit' ? await probed() : result;
      assert.equal(told.outcome, 'routing-at-fault', told.summary);
    } finally {
      await serving.replacePicker();
    }
  });

  it('does not hit where the gateway goes round the replicas', async () => {
    const { serving } = service();
    await serving.openGateway({ pickerTls: true, knowsPicker: false });
    try {
      const result = await probed();
      assert.notEqual(result.outcome, 'hit', result.summary);
    } finally {
      await serving.openGateway({ pickerTls: true });
    }
  });
}
