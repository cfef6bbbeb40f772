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
import { parse, parseAllDocuments } from 'yaml';
import { at, listAt, recordAt, textAt, textsAt } from '../kubernetes';
import { findPlatform } from '.';

const conformance =
  process.env.PREFIX_CACHING_CONFORMANCE ??
  path.resolve(__dirname, '../../../../../shared/conformance');
const describeIf = existsSync(conformance)
  ? describe
  : // The real presets are kept outside of the repository.
    describe.skip;

function documents(file: string): unknown[] {
  return parseAllDocuments(
    readFileSync(path.join(conformance, file), 'utf8'),
  ).map(document => document.toJS() as unknown);
}

/** Each profile's presets, and the scheduler text its controller compiles in. */
const RELEASES = [
  {
    id: 'rhaii-3.4-ea1',
    files: ['presets/rhaii-3.4-ea1/charts-kserve-files-resources.yaml'],
    crd: 'crd/rhaii-3.4-ea1/serving.kserve.io_llminferenceservices.yaml',
    scheduler: 'scheduler-config/v0.16.0-single.yaml',
  },
  {
    id: 'kserve-0.20',
    files: ['router-route', 'scheduler', 'template'].map(
      name => `presets/kserve-v0.20.0/config-llm-${name}.yaml`,
    ),
    crd: 'crd/kserve-v0.20.0/serving.kserve.io_llminferenceservices.yaml',
    scheduler: 'scheduler-config/v0.20.0-single.yaml',
  },
];

describeIf.each(RELEASES)(
  'the profile $id against the real presets (conformance data)',
  ({ id, files, crd, scheduler }) => {
    const profile = findPlatform(id);
    let all: unknown[] = [];
    let schema: unknown;
    const preset = (suffix: string) =>
      all.find(
        document =>
          textAt(document, 'kind') === 'LLMInferenceServiceConfig' &&
          textAt(document, 'metadata', 'name') ===
            `kserve-config-llm-${suffix}`,
      );

    beforeAll(() => {
      all = files.flatMap(documents);
      [schema] = documents(crd);
    });

    it('apiVersion is the newest the CRD serves', () => {
      const versions = listAt(schema, 'spec', 'versions').map(version =>
        textAt(version, 'name'),
      );
      expect(profile.apiVersion).toBe(`serving.kserve.io/${versions.pop()}`);
      expect(textAt(preset('template'), 'apiVersion')).toBe(profile.apiVersion);
    });

    it('fields exist in the CRD exactly where the profile says so', () => {
      const spec = recordAt(
        listAt(schema, 'spec', 'versions').pop(),
        'schema',
        'openAPIV3Schema',
        'properties',
        'spec',
        'properties',
      );
      const inScheduler = recordAt(
        spec,
        'router',
        'properties',
        'scheduler',
        'properties',
      );
      expect('config' in inScheduler).toBe(
        profile.schedulerConfig === 'inline',
      );
      expect('labels' in spec).toBe(profile.podLabels);
    });

    it('route rules have these names and this pool group', () => {
      const rules = listAt(
        preset('router-route'),
        'spec',
        'router',
        'route',
        'http',
        'spec',
        'rules',
      );
      expect(rules.length).toBeGreaterThan(0);
      expect(
        rules.map(rule => textAt(rule, 'name')).filter(name => name),
      ).toEqual(profile.routeRuleNames);
      expect(profile.isolation).toBe(
        profile.routeRuleNames.length > 0 ? 'rule-names' : 'hostname',
      );
      const groups = rules
        .flatMap(rule => listAt(rule, 'backendRefs'))
        .filter(backend => textAt(backend, 'kind') === 'InferencePool')
        .map(backend => textAt(backend, 'group'));
      expect(new Set(groups)).toEqual(new Set([profile.poolGroup]));
    });

    it('the pool names its picker and its port in this way', () => {
      const pool = recordAt(
        preset('scheduler'),
        'spec',
        'router',
        'scheduler',
        'pool',
        'spec',
      );
      expect(Object.keys(pool)).toContain(profile.pickerReference);
      expect(
        at(pool, 'targetPortNumber') ?? at(pool, 'targetPorts', 0, 'number'),
      ).toBe(profile.targetPort);
    });

    it('the picker is this image, with TLS as the profile says', () => {
      const [main] = listAt(
        preset('scheduler'),
        'spec',
        'router',
        'scheduler',
        'template',
        'containers',
      );
      expect(textAt(main, 'image')).toBe(profile.eppImage);
      const words = [...textsAt(main, 'command'), ...textsAt(main, 'args')];
      const secure = words.filter(word => word.includes('--secure-serving'));
      expect(secure).toHaveLength(1);
      // Off by default where the flag hangs on a setting that defaults to off.
      expect(secure[0].includes('EnableTLS')).toBe(!profile.tls);
    });

    it('weights and their apiVersion are the controller’s defaults', () => {
      const config: unknown = parse(
        readFileSync(path.join(conformance, scheduler), 'utf8'),
      );
      expect(textAt(config, 'apiVersion')).toBe(profile.pickerConfigApiVersion);
      const scorers = listAt(config, 'schedulingProfiles', 0, 'plugins')
        .filter(plugin => at(plugin, 'weight') !== undefined)
        .map(plugin => ({
          type: textAt(plugin, 'pluginRef'),
          weight: at(plugin, 'weight'),
        }));
      expect(scorers).toEqual(profile.defaultScorers);
    });

    it('arguments and tensor parallelism are read where the profile says', () => {
      const [main] = listAt(
        preset('template'),
        'spec',
        'template',
        'containers',
      );
      const command = textsAt(main, 'command');
      const script = profile.arguments === 'append' ? command[2] : undefined;
      const launch = script ?? textsAt(main, 'args')[0];
      expect(command.slice(0, 2)).toEqual(['/bin/bash', '-c']);
      expect(command.at(-1) === '--').toBe(profile.arguments === 'append');
      expect(textsAt(main, 'args')).toHaveLength(
        profile.arguments === 'append' ? 0 : 1,
      );
      expect(launch).toContain(`\${${profile.argumentsVariable}}`);
      expect(launch.includes('.Spec.Parallelism.Tensor')).toBe(
        profile.tensorParallel === 'parallelism',
      );
      for (const flag of profile.removedFlags) {
        expect(launch).not.toContain(flag);
      }
      expect(textAt(main, 'image')).toMatch(
        profile.distribution === 'redhat'
          ? /^registry\.redhat\.io/
          : /^ghcr\.io/,
      );
    });
  },
);

describeIf('the default gateway of the reference document’s stack', () => {
  it('is the one its chart’s platform uses', () => {
    expect(findPlatform('rhaii-3.4-ea1').gateway).toEqual({
      namespace: 'opendatahub',
      name: 'inference-gateway',
    });
  });
});
