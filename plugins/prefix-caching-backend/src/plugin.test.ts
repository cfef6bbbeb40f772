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

import { createBackendModule } from '@backstage/backend-plugin-api';
import { prefixCachingExtensionPoint } from 'backstage-plugin-prefix-caching-node';
import {
  findPlatform,
  type PlatformProfile,
} from 'backstage-plugin-prefix-caching-common/core';
import { API, startPlugin } from './__testUtils__/startPlugin';

const nothing = { clusters: {}, entities: [] };

describe('prefixCachingPlugin', () => {
  it('starts without clusters and entities', async () => {
    const plugin = await startPlugin(nothing);
    const { status, body } = await plugin.get(`${API}/fleet`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ items: [], totalItems: 0 });
    await plugin.stop();
  });

  it.each([
    [{ transport: 'vpn' }, "prefixCaching.transport is 'vpn'"],
    [
      { schedule: { confirmAfter: 1.5 } },
      'prefixCaching.schedule.confirmAfter is 1.5',
    ],
    [
      { accelerators: { 'nvidia-t4': { dtype: 'bf16' } } },
      'prefixCaching.accelerators.nvidia-t4.dtype is "bf16"; expected one of auto, half',
    ],
  ])('does not start with the mistake %j', async (prefixCaching, message) => {
    await expect(startPlugin({ ...nothing, prefixCaching })).rejects.toThrow(
      message,
    );
  });

  describe('modules of other teams', () => {
    const shipped = findPlatform('kserve-0.20');
    const startWith = (profile: PlatformProfile) =>
      startPlugin({
        ...nothing,
        features: [
          createBackendModule({
            pluginId: 'prefix-caching',
            moduleId: 'acme',
            register(env) {
              env.registerInit({
                deps: { prefixCaching: prefixCachingExtensionPoint },
                async init({ prefixCaching }) {
                  prefixCaching.addPlatformProfile(profile);
                },
              });
            },
          }),
        ],
      });

    it('may add a platform that deployments are written for', async () => {
      const plugin = await startWith({ ...shipped, id: 'acme-1' });
      const plan = {
        name: 'qwen-3b',
        namespace: 'llm',
        owner: 'group:default/team-a',
        model: { id: 'qwen2.5-3b-instruct' },
        accelerators: [{ id: 'nvidia-t4' }],
        replicas: 2,
      };
      const rendered = await plugin.post(`${API}/render`, {
        ...plan,
        platform: 'acme-1',
      });
      expect(rendered.body.error).toBeUndefined();
      const unknown = await plugin.post(`${API}/render`, {
        ...plan,
        platform: 'acme-2',
      });
      expect(unknown.status).toBe(400);
      expect(unknown.body.error.message).toContain('acme-1');
      await plugin.stop();
    });

    it('may not take the id of another platform', async () => {
      await expect(startWith(shipped)).rejects.toThrow(
        `There is a platform '${shipped.id}' already`,
      );
    });
  });
});
