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

import { ACCELERATORS, InputError, findAccelerator, serviceClass } from '.';

describe('the accelerator table', () => {
  it('has an id once, a choice, and what a pod must ask for', () => {
    const ids = ACCELERATORS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        'nvidia-t4',
        'nvidia-l4',
        'nvidia-h100',
        'tpu-v6e',
        'simulator',
      ]),
    );
    for (const row of ACCELERATORS) {
      expect(row.choices.length).toBeGreaterThan(0);
      expect(row.source).not.toBe('');
    }
    for (const row of ACCELERATORS.filter(({ resource }) => resource)) {
      expect(row.usableGib ?? row.hbmGb).toBeGreaterThan(0);
      expect(Object.keys(row.nodeSelectors).length).toBeGreaterThan(0);
    }
  });

  it('has an image for every offered device that the platform cannot drive', () => {
    for (const row of ACCELERATORS.filter(it => !it.hidden)) {
      expect(
        row.platformImage === true ||
          row.image !== undefined ||
          row.images?.upstream !== undefined,
      ).toBe(true);
    }
  });

  it('counts devices apart from units where a unit holds several', () => {
    const several = ACCELERATORS.filter(
      ({ devicesPerUnit }) => devicesPerUnit > 1,
    );
    expect(
      several.map(({ id, devicesPerUnit }) => [id, devicesPerUnit]),
    ).toEqual([
      ['tpu-v7x', 2],
      ['aws-inferentia2', 2],
      ['aws-trainium1', 2],
      ['aws-trainium2', 4],
    ]);
  });

  it('asks for every chip of a TPU host', () => {
    for (const { vendor, choices } of ACCELERATORS) {
      for (const { devices, topology } of vendor === 'tpu' ? choices : []) {
        const sides = topology?.split('x').map(Number) ?? [];
        expect(sides.reduce((one, other) => one * other)).toBe(devices);
      }
    }
  });

  it('says which ids there are', () => {
    expect(() => findAccelerator('nvidia-v100')).toThrow(InputError);
    expect(() => findAccelerator('nvidia-v100')).toThrow(
      /'nvidia-v100' is not known\. Expected one of nvidia-t4,/,
    );
  });

  it.each([
    ['nvidia-t4', ['nvidia-t4', 'tpu-v6e'], 'gpu'],
    ['tpu-v6e', ['nvidia-t4', 'tpu-v6e'], 'tpu'],
    ['nvidia-t4', ['nvidia-t4', 'nvidia-l4'], 'nvidia-t4'],
    ['simulator', ['simulator'], 'sim'],
  ])('%s among %s is called %s', (id, all, expected) => {
    expect(serviceClass(id, all)).toBe(expected);
  });
});
