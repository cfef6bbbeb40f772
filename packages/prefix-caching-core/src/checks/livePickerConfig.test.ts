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

import type { KubernetesObject } from '../kubernetes';
import { declaredPickerConfig, livePickerConfig } from './livePickerConfig';
import {
  ALL_KINDS,
  object,
  observe,
  PICKER_CONFIG,
  pickerContainer,
  pickerDeployment,
  pickerPod,
  service,
} from './testing/cluster';

type Fields = Record<string, unknown>;

const FILE = '/etc/epp/config.yaml';
const fromFile = { args: ['--config-file', FILE] };
const weighing = (weight: number, name = 'default') =>
  JSON.stringify({
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [{ type: 'prefix-cache-scorer' }],
    schedulingProfiles: [
      { name, plugins: [{ pluginRef: 'prefix-cache-scorer', weight }] },
    ],
  });
const configMap = (name: string, data?: Record<string, string>) =>
  object('ConfigMap', name, { data });
const volume = (name: string, parts: Fields = {}) => ({
  name,
  configMap: { name: `${name}-map`, ...parts },
});
const mount = (name: string, mountPath: string, subPath?: string) => ({
  name,
  mountPath,
  subPath,
});
const podSpec = (mounts: object[], volumes: object[]) => ({
  containers: [pickerContainer({ ...fromFile, volumeMounts: mounts })],
  volumes,
});

/** The weight of the only scorer of what was read. */
const weightOf = (found: ReturnType<typeof livePickerConfig>) =>
  found?.config?.profiles[0].scorers[0].weight;

function mounted(
  mounts: object[],
  volumes: object[],
  maps: Record<string, KubernetesObject> = {},
) {
  return livePickerConfig(
    observe({
      picker: pickerPod('chat', { spec: podSpec(mounts, volumes) }),
      pickerDeployment: pickerDeployment('chat', {
        spec: { template: { spec: podSpec(mounts, volumes) } },
      }),
      ...maps,
    }),
  );
}

/** Two ConfigMaps that both hold the file, with other weights. */
const maps = {
  near: configMap('near-map', {
    'config.yaml': weighing(5),
    'weights.yaml': weighing(6),
  }),
  far: configMap('far-map', {
    'config.yaml': weighing(1),
    'epp/config.yaml': weighing(2),
  }),
};
const both = [volume('far'), volume('near')];

describe('the configuration that a picker has from a file', () => {
  it.each<[string, object[], object[], number]>([
    ['in a folder', [mount('near', '/etc/epp')], both, 5],
    [
      'in a folder written with a slash at its end',
      [mount('near', '/etc/epp/')],
      both,
      5,
    ],
    [
      'of the nearest folder, named last',
      [mount('far', '/etc'), mount('near', '/etc/epp')],
      both,
      5,
    ],
    [
      'of the nearest folder, named first',
      [mount('near', '/etc/epp'), mount('far', '/etc')],
      both,
      5,
    ],
    [
      'of the file itself within a folder',
      [mount('far', '/etc/epp'), mount('near', FILE, 'weights.yaml')],
      both,
      6,
    ],
    [
      'beside a folder whose name begins alike',
      [mount('far', '/etc/ep'), mount('near', '/etc/epp')],
      both,
      5,
    ],
    [
      'beside a longer folder that is elsewhere',
      [mount('far', '/var/lib/certificates'), mount('near', '/etc/epp')],
      both,
      5,
    ],
    [
      'under another name than its key',
      [mount('near', '/etc/epp')],
      [
        volume('near', {
          items: [
            { key: 'config.yaml', path: 'other.yaml' },
            { key: 'weights.yaml', path: 'config.yaml' },
          ],
        }),
      ],
      6,
    ],
    [
      'under its own name among others',
      [mount('near', '/etc/epp')],
      [
        volume('near', {
          items: [{ key: 'weights.yaml', path: 'other.yaml' }],
        }),
      ],
      5,
    ],
  ])('%s', (_, mounts, volumes, weight) => {
    expect(weightOf(mounted(mounts, volumes, maps))).toBe(weight);
  });

  it('is named with the ConfigMap and its key', () => {
    expect(mounted([mount('near', '/etc/epp')], both, maps)?.source).toBe(
      'Pod llm/chat-epp-0, container main, --config-file /etc/epp/config.yaml (ConfigMap near-map, config.yaml)',
    );
  });

  it('is read for the Deployment where no pod runs', () => {
    const found = livePickerConfig(
      observe({
        ...maps,
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', {
          spec: {
            template: { spec: podSpec([mount('near', '/etc/epp')], both) },
          },
        }),
      }),
    );
    expect(weightOf(found)).toBe(5);
    expect(found?.running).toBe(false);
  });

  it('is read for the template of the service where nothing else is', () => {
    const template = podSpec([mount('near', '/etc/epp')], both);
    const found = livePickerConfig(
      observe({
        ...maps,
        picker: undefined,
        pickerDeployment: undefined,
        service: service('chat', { router: { scheduler: { template } } }),
      }),
    );
    expect(weightOf(found)).toBe(5);
    expect(found?.source).toContain('LLMInferenceService llm/chat');
  });

  it.each<[string, object[], object[]]>([
    ['nothing is mounted', [], both],
    [
      'only another folder is mounted',
      [mount('near', '/etc/certificates')],
      both,
    ],
    [
      'a folder of the pod lies over the ConfigMap',
      [mount('far', '/etc'), mount('empty', '/etc/epp')],
      [...both, { name: 'empty', emptyDir: {} }],
    ],
    ['the volume is missing', [mount('gone', '/etc/epp')], both],
  ])('cannot be read where %s', (_, mounts, volumes) => {
    expect(mounted(mounts, volumes, maps)).toEqual({
      source:
        'Pod llm/chat-epp-0, container main, --config-file /etc/epp/config.yaml',
      running: true,
      problem: `${FILE} is mounted from no ConfigMap, so it cannot be read from here.`,
    });
  });

  it.each<[string, Record<string, KubernetesObject>, string]>([
    [
      'the key is missing',
      { near: configMap('near-map', { other: 'x' }) },
      'ConfigMap near-map has no key config.yaml.',
    ],
    [
      'the ConfigMap is empty',
      { near: configMap('near-map') },
      'ConfigMap near-map has no key config.yaml.',
    ],
    [
      'the ConfigMap is missing',
      { far: maps.far },
      'ConfigMap near-map has no key config.yaml.',
    ],
  ])('cannot be read where %s', (_, objects, problem) => {
    const found = mounted([mount('near', '/etc/epp')], both, objects);
    expect(found).toMatchObject({ problem });
    expect(found?.config).toBeUndefined();
  });

  it('is not known where ConfigMaps were not asked for', () => {
    const found = livePickerConfig(
      observe(
        {
          picker: pickerPod('chat', {
            spec: podSpec([mount('near', '/etc/epp')], both),
          }),
        },
        { asked: ALL_KINDS.filter(kind => kind !== 'ConfigMap') },
      ),
    );
    expect(found?.problem).toBe('ConfigMap near-map was not read.');
  });
});

describe('where the configuration of a picker stands', () => {
  const noFlags = { container: { args: ['--v=4'] } };
  const template = {
    containers: [{ name: 'main', args: ['--config-text', weighing(7)] }],
  };

  it('the template of the service counts where the Deployment carries none', () => {
    const found = livePickerConfig(
      observe({
        picker: undefined,
        pickerDeployment: pickerDeployment('chat', noFlags),
        service: service('chat', { router: { scheduler: { template } } }),
      }),
    );
    expect(weightOf(found)).toBe(7);
  });

  it('a running picker without one has none, whatever is declared', () => {
    expect(
      livePickerConfig(observe({ picker: pickerPod('chat', noFlags) })),
    ).toBeUndefined();
  });
});

describe('what a service declares of its picker', () => {
  const refers = (ref: Fields, ...objects: KubernetesObject[]) =>
    declaredPickerConfig(
      observe({
        ...Object.fromEntries(objects.map(each => [each.metadata.name, each])),
        service: service('chat', {
          router: { scheduler: { config: { ref } } },
        }),
      }),
    );
  const others = configMap('others', { epp: weighing(1), key: weighing(2) });
  const weights = configMap('weights', { epp: weighing(3), key: weighing(4) });

  it('is written out', () => {
    const inline = JSON.parse(weighing(9));
    const found = declaredPickerConfig(
      observe({
        service: service('chat', {
          router: { scheduler: { config: { inline } } },
        }),
      }),
    );
    expect(weightOf(found)).toBe(9);
    expect(found).toMatchObject({
      source: 'LLMInferenceService, router.scheduler.config.inline',
      running: false,
    });
  });

  it('stands in a ConfigMap, under a key', () => {
    const found = refers({ name: 'weights', key: 'key' }, others, weights);
    expect(weightOf(found)).toBe(4);
    expect(found).toMatchObject({
      source: 'ConfigMap weights, key',
      running: false,
    });
  });

  it('stands in a ConfigMap, under the usual key', () => {
    const found = refers({ name: 'weights' }, others, weights);
    expect(weightOf(found)).toBe(3);
    expect(found?.source).toBe('ConfigMap weights, epp');
  });

  it.each<[string, Fields, KubernetesObject[]]>([
    ['no such ConfigMap', { name: 'weights' }, [others]],
    ['no ConfigMap at all', { name: 'weights' }, []],
    ['an empty ConfigMap', { name: 'weights' }, [configMap('weights')]],
    ['no such key', { name: 'weights', key: 'none' }, [others, weights]],
    [
      'an object of another kind',
      { name: 'weights' },
      [object('Secret', 'weights', { data: { epp: weighing(3) } })],
    ],
    ['no name', { key: 'epp' }, [others, weights]],
  ])('is not known: %s', (_, ref, objects) => {
    expect(refers(ref, ...objects)).toBeUndefined();
  });
});

describe('texts that many pickers of a fleet share', () => {
  const read = (text: string) =>
    livePickerConfig(
      observe({
        picker: pickerPod('chat', {
          container: { args: ['--config-text', text] },
        }),
      }),
    )?.config;

  it('are read once', () => {
    const first = read(PICKER_CONFIG);
    read(weighing(1, 'another'));
    expect(read(PICKER_CONFIG)).toBe(first);
  });

  it('are forgotten after some hundred others', () => {
    const first = read(PICKER_CONFIG);
    for (let index = 0; index < 201; index++) read(weighing(1, `${index}`));
    expect(read(PICKER_CONFIG)).not.toBe(first);
    expect(read(PICKER_CONFIG)).toEqual(first);
  });
});
