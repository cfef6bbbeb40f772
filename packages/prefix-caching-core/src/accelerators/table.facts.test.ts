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

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ACCELERATORS, findAccelerator } from '.';

const file = path.resolve(
  __dirname,
  '../../../../../shared/facts/accelerators.yaml',
);
const describeIf = existsSync(file)
  ? describe
  : // The researched facts are kept outside of the repository.
    describe.skip;

interface FactRow {
  id: string;
  vendor: string;
  evidence: string;
  support: string;
  resource?: string | null;
  hbm_gb?: number | null;
  usable_gib?: number | null;
  usable_gib_per_device?: number;
  devices_per_unit?: number;
  cores_per_unit?: number;
  dtypes?: string[];
  default_dtype?: string;
  engine_block_tokens?: number;
  fp8_kv?: boolean | string;
  fp8_weights?: boolean | string;
  gke?: {
    accelerator: string;
    alt_accelerator?: string;
    machines: Record<string, (number | string)[]>;
    chips?: Record<string, number>;
    multihost?: string[];
  };
  gfd_product?: string[];
  per_host?: number[];
  toleration?: object;
  images?: { upstream?: string; redhat?: string } | string;
  odh_preset?: string | null;
  flags?: string[];
  min_cores?: number;
  min_ram_gb?: number;
}

interface Facts {
  common: Record<
    'nvidia' | 'tpu',
    {
      resource: string;
      toleration: object;
      engine_block_tokens: number;
      images: Record<string, string>;
      selectors: Record<string, string>;
      odh_preset: string | null;
    }
  >;
  accelerators: FactRow[];
}

/** Vendors that nobody here has run: known, hidden. */
const HIDDEN = [
  'nvidia-gb200',
  'intel-gaudi2',
  'intel-gaudi3',
  'intel-xpu',
  'aws-inferentia2',
  'aws-trainium1',
  'aws-trainium2',
  'ibm-spyre',
];

describeIf('the accelerator table against the researched facts', () => {
  const facts: Facts = existsSync(file)
    ? parse(readFileSync(file, 'utf8'))
    : { common: {}, accelerators: [] };

  it('has every row, and hides those nobody has tried', () => {
    expect(ACCELERATORS.map(({ id }) => id).sort()).toEqual(
      facts.accelerators.map(({ id }) => id).sort(),
    );
    expect(
      ACCELERATORS.filter(({ hidden }) => hidden).map(({ id }) => id),
    ).toEqual(HIDDEN);
  });

  const rows = facts.accelerators.map(row => ({ id: row.id, fact: row }));
  const commonOf = ({ vendor }: FactRow) =>
    vendor === 'nvidia' || vendor === 'tpu' ? facts.common[vendor] : undefined;

  /** Engine devices per unit, where the facts count any. */
  function devicesPerUnit(fact: FactRow): number {
    const cores = fact.cores_per_unit ?? 1;
    // Trainium2 joins two physical cores into a logical one.
    return (
      fact.devices_per_unit ?? (fact.id === 'aws-trainium2' ? cores / 2 : cores)
    );
  }

  it.each(rows)('$id: vendor, memory, devices, data types', ({ id, fact }) => {
    const row = findAccelerator(id);
    const isCpu = fact.vendor === 'cpu';
    expect(row).toMatchObject({
      vendor: fact.vendor,
      evidence: fact.evidence,
      support: fact.support,
      devicesPerUnit: devicesPerUnit(fact),
      dtype: fact.default_dtype ?? 'auto',
      fp8Kv: typeof fact.fp8_kv === 'boolean' ? fact.fp8_kv : row.fp8Kv,
    });
    // Processors have no memory of their own: the pod's stands in the row.
    expect(row.hbmGb).toBe(fact.hbm_gb ?? undefined);
    expect(row.usableGib).toBe(
      isCpu
        ? fact.min_ram_gb
        : fact.usable_gib_per_device ?? fact.usable_gib ?? undefined,
    );
    expect(row.dtypes).toEqual(fact.dtypes);
    expect(row.unsupportedWeights?.includes('fp8') ?? false).toBe(
      fact.fp8_weights === false,
    );
  });

  /** Every name of the resource; nothing for plain processors and none at all. */
  function resourcesOf(fact: FactRow): string[] {
    const names = commonOf(fact)?.resource ?? fact.resource ?? '';
    return names.split(' | ').filter(name => name.includes('/'));
  }

  /** The most units of one pod that the facts allow; as the row says where they don't. */
  function mostDevices(fact: FactRow): number {
    const machines = Object.values(fact.gke?.machines ?? {}).flat();
    const sizes =
      fact.per_host ??
      (fact.gke?.chips ? Object.values(fact.gke.chips) : machines.map(Number));
    const { choices } = findAccelerator(fact.id);
    return Math.max(
      ...(sizes.length > 0 ? sizes : choices.map(({ devices }) => devices)),
    );
  }

  it.each(rows)(
    '$id: resource, tolerations, block, choices',
    ({ id, fact }) => {
      const row = findAccelerator(id);
      const own = row.resource ? [row.resource] : [];
      expect([...own, ...(row.otherResources ?? [])]).toEqual(
        resourcesOf(fact),
      );
      const toleration = commonOf(fact)?.toleration ?? fact.toleration;
      expect(row.tolerations.slice(0, 1)).toEqual(
        toleration ? [toleration] : [],
      );
      const block =
        fact.engine_block_tokens ?? commonOf(fact)?.engine_block_tokens;
      expect(row.blockSize).toBe(block ?? row.blockSize);
      expect(row.blockSizeAssumed ?? false).toBe(
        block === undefined && row.vendor !== 'none',
      );
      expect(Math.max(...row.choices.map(({ devices }) => devices))).toBe(
        mostDevices(fact),
      );
      expect(row.multiHostTopologies).toEqual(fact.gke?.multihost);
      expect(row.podResources).toEqual(
        fact.min_cores && {
          cpu: String(fact.min_cores),
          memory: `${fact.min_ram_gb}Gi`,
        },
      );
    },
  );

  const onGke = rows.filter(({ fact }) => fact.gke);

  it.each(onGke)('$id: labels on GKE', ({ id, fact }) => {
    const row = findAccelerator(id);
    const { tpu, nvidia } = facts.common;
    const isTpu = fact.vendor === 'tpu';
    const label = isTpu ? tpu.selectors.type : nvidia.selectors.gke;
    expect(row.nodeSelectors.gke).toEqual({ [label]: fact.gke?.accelerator });
    const other = fact.gke?.alt_accelerator;
    expect(row.otherLabelValues?.gke).toEqual(other && [other]);
    expect(row.topologyLabel).toBe(isTpu ? tpu.selectors.topology : undefined);
    const chips = row.choices
      .filter(({ topology }) => topology)
      .map(({ topology, devices }) => [topology, devices]);
    expect(Object.fromEntries(chips)).toEqual(fact.gke?.chips ?? {});
  });

  const onGfd = rows.filter(({ fact }) => fact.gfd_product);

  it.each(onGfd)('$id: labels elsewhere', ({ id, fact }) => {
    const row = findAccelerator(id);
    const { gfd, karpenter, generic } = row.nodeSelectors;
    const names = facts.common.nvidia.selectors;
    expect([gfd?.[names.gfd], ...(row.otherLabelValues?.gfd ?? [])]).toEqual(
      expect.arrayContaining(fact.gfd_product ?? []),
    );
    expect(Object.keys(karpenter ?? { [names.karpenter]: '' })).toEqual([
      names.karpenter,
    ]);
    expect(generic).toEqual({ [names.any]: 'true' });
  });

  /** The images the facts name for a row itself; NVIDIA runs the platform's own. */
  function imagesOf(fact: FactRow): { upstream?: string; redhat?: string } {
    const alike = facts.accelerators.find(
      ({ id }) => `same-as-${id}` === fact.images,
    );
    const images =
      fact.vendor === 'tpu'
        ? facts.common.tpu.images
        : alike?.images ?? fact.images;
    if (!images || typeof images === 'string') {
      return {};
    }
    const reference = (value?: string) => value?.split(' (')[0];
    return {
      upstream: images.upstream?.includes('/')
        ? reference(images.upstream)
        : undefined,
      redhat: reference(images.redhat),
    };
  }

  /** An image without Docker Hub's host, which the facts leave out in places, and without its tag. */
  function repositoryOf(image: string | undefined): string | undefined {
    return image?.replace(/^docker\.io\//, '').replace(/:[^/:]*$/, '');
  }

  function tagOf(image: string | undefined): string | undefined {
    return /:([^/:]*)$/.exec(image ?? '')?.[1];
  }

  it.each(rows)('$id: images, preset, flags', ({ id, fact }) => {
    const row = findAccelerator(id);
    const { upstream, redhat } = imagesOf(fact);
    const own = row.images?.upstream ?? row.image;
    expect(repositoryOf(own)).toBe(repositoryOf(upstream));
    expect(tagOf(upstream) ?? tagOf(own)).toBe(tagOf(own));
    expect(row.images?.redhat).toBe(redhat);
    expect(row.odhPreset).toBe(
      (fact.vendor === 'nvidia'
        ? facts.common.nvidia.odh_preset
        : fact.odh_preset) ?? undefined,
    );
    const written = [...row.args, `--dtype=${row.dtype}`].map(
      flag => flag.split('=')[0],
    );
    // The simulator's speeds are a choice, not a need.
    const needed = (fact.flags ?? [])
      .filter(flag => !flag.startsWith('--prefill'))
      .map(flag => flag.split('=')[0]);
    expect(written).toEqual(expect.arrayContaining(needed));
  });
});
