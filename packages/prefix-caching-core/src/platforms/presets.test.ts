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
import { PLATFORMS, findPlatform } from '.';
import type { PlatformProfile } from '.';

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

function upstream(release: string) {
  const folder = `presets/kserve-v${release}.0`;
  return {
    id: `kserve-${release}`,
    files: ['router-route', 'scheduler', 'template'].map(
      name => `${folder}/config-llm-${name}.yaml`,
    ),
    crd: `crd/kserve-v${release}.0/serving.kserve.io_llminferenceservices.yaml`,
    scheduler: `scheduler-config/v${release}.0-single.yaml`,
    objects: `objects/v${release}.0`,
  };
}

/** Each profile's presets, CRD, and the scheduler text its controller compiles in; whichever of them there are. */
const RELEASES = [
  {
    id: 'rhaii-3.4-ea1',
    files: ['presets/rhaii-3.4-ea1/charts-kserve-files-resources.yaml'],
    crd: 'crd/rhaii-3.4-ea1/serving.kserve.io_llminferenceservices.yaml',
    // Its weights are those of 0.16, from which its controller descends.
    scheduler: 'scheduler-config/v0.16.0-single.yaml',
    objects: 'objects/none',
  },
  ...['0.16', '0.17', '0.18', '0.19', '0.20'].map(upstream),
];

const isThere = (file: string) => existsSync(path.join(conformance, file));
const withPresets = RELEASES.filter(({ files }) => files.every(isThere));

/** The real rules of a route, as a profile describes them. */
function shapesOf(rules: unknown[]) {
  return rules.map(rule => {
    const matches = listAt(rule, 'matches');
    const [first] = matches;
    const value = textAt(first, 'path', 'value') ?? '';
    const prompts = matches.flatMap(match => {
      const found = /\/v1\/[a-z/]*[a-z](?=\/?$)/.exec(
        textAt(match, 'path', 'value') ?? '',
      );
      return found ? [found[0]] : [];
    });
    const pathKind = value.startsWith('/publishers/') ? 'publisher' : 'path';
    return {
      name: textAt(rule, 'name'),
      by: listAt(first, 'headers').length > 0 ? 'header' : pathKind,
      prompts: [...new Set(prompts)],
      to: listAt(rule, 'backendRefs').some(
        backend => textAt(backend, 'kind') === 'InferencePool',
      )
        ? 'pool'
        : 'service',
    };
  });
}

/** What a profile says of the rules, and what real ones say. */
function rulesOf(profile: PlatformProfile) {
  return {
    shapes: profile.routeRules.map(shape => ({
      ...shape,
      name: profile.namesRules ? shape.name : undefined,
    })),
    groups: [profile.poolGroup],
  };
}

function realRules(rules: unknown[]) {
  const groups = rules
    .flatMap(rule => listAt(rule, 'backendRefs'))
    .filter(backend => textAt(backend, 'kind') === 'InferencePool')
    .map(backend => textAt(backend, 'group'));
  return { shapes: shapesOf(rules), groups: [...new Set(groups)] };
}

describeIf.each(withPresets)(
  'the profile $id against the real presets (conformance data)',
  ({ id, files }) => {
    const profile = findPlatform(id);
    let all: unknown[] = [];
    const preset = (suffix: string) =>
      all.find(
        document =>
          textAt(document, 'kind') === 'LLMInferenceServiceConfig' &&
          textAt(document, 'metadata', 'name') ===
            `kserve-config-llm-${suffix}`,
      );
    const picker = () =>
      listAt(
        preset('scheduler'),
        'spec',
        'router',
        'scheduler',
        'template',
        'containers',
      )[0];
    const engine = () =>
      listAt(preset('template'), 'spec', 'template', 'containers')[0];

    beforeAll(() => {
      all = files.flatMap(documents);
    });

    it('is written in this API version', () => {
      expect(textAt(preset('template'), 'apiVersion')).toBe(profile.apiVersion);
    });

    it('route rules have this order, these names, paths and backends', () => {
      expect(
        realRules(
          listAt(
            preset('router-route'),
            'spec',
            'router',
            'route',
            'http',
            'spec',
            'rules',
          ),
        ),
      ).toEqual(rulesOf(profile));
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
      expect(textAt(picker(), 'image')).toBe(profile.eppImage);
      const words = [
        ...textsAt(picker(), 'command'),
        ...textsAt(picker(), 'args'),
      ];
      const secure = words.filter(word => word.includes('secure-serving'));
      const choice = {
        always: [expect.not.stringContaining('EnableTLS')],
        // Off by default where the flag hangs on a setting that defaults to off.
        either: [expect.stringContaining('EnableTLS')],
        never: [],
      };
      expect(secure).toEqual(choice[profile.tlsChoice]);
      expect(profile.tls).toBe(profile.tlsChoice === 'always');
      // Nothing is said where TLS is off, and the picker's default is on.
      expect(words.join(' ')).not.toContain('--secure-serving=false');
      expect(profile.pickerTlsWhenOff).toBe(true);
    });

    it('arguments and tensor parallelism are read where the profile says', () => {
      const command = textsAt(engine(), 'command');
      const args = textsAt(engine(), 'args');
      const script = [...command, ...args].find(it => it.includes('eval "'));
      expect(script !== undefined).toBe(profile.evaluates);
      const launch = script ?? [...command, ...args].join(' ');
      expect(
        {
          'replace-script': args.length === 1 && args[0] === script,
          'replace-arguments': command.length === 3 && args.length > 1,
          append:
            args.length === 0 &&
            (script === undefined || command.at(-1) === '--'),
        }[profile.arguments],
      ).toBe(true);
      expect(launch.includes('${VLLM_ADDITIONAL_ARGS}')).toBe(
        profile.argumentsVariable === 'VLLM_ADDITIONAL_ARGS',
      );
      expect(launch.includes('.Spec.Parallelism.Tensor')).toBe(
        profile.tensorParallel === 'parallelism',
      );
      expect(launch.includes('publishers/')).toBe(profile.publisherName);
      expect(textAt(engine(), 'image')).toMatch(
        profile.distribution === 'redhat'
          ? /^registry\.redhat\.io/
          : /^ghcr\.io/,
      );
    });

    it('the platform gives exactly these flags itself', () => {
      const [command, args] = [
        textsAt(engine(), 'command').join(' '),
        textsAt(engine(), 'args').join(' '),
      ];
      const launch = `${command} ${args}`;
      // What a script says outside of its launch line is set there by name.
      const given = new Set(
        launch
          .split('\n')
          .filter(
            line =>
              !/^\s*(#|if |grep|echo|VLLM_VERSION)/.test(line) ||
              !launch.includes('\n'),
          )
          .join('\n')
          .match(/(?<![\w=*])--[a-z][a-z-]+/g) ?? [],
      );
      expect([...given].sort()).toEqual([...profile.platformFlags].sort());
    });

    it('the picker’s arguments are the preset’s where they have to be repeated', () => {
      const args = textsAt(picker(), 'args').map(word =>
        word
          .replace(/^\{\{ ChildName .*\}\}$/, '<pool>')
          .replace(/^\{\{ \.ObjectMeta\.Namespace \}\}$/, '<namespace>'),
      );
      expect(profile.pickerArguments).toEqual(
        profile.schedulerConfig === 'template' ? args : undefined,
      );
    });
  },
);

describeIf.each(RELEASES.filter(({ crd }) => isThere(crd)))(
  'the profile $id against the CRD (conformance data)',
  ({ id, crd }) => {
    const profile = findPlatform(id);

    it('apiVersion is the newest it serves, and fields exist where the profile says so', () => {
      const versions = listAt(documents(crd)[0], 'spec', 'versions');
      const newest = versions.at(-1);
      expect(profile.apiVersion).toBe(
        `serving.kserve.io/${textAt(newest, 'name')}`,
      );
      const spec = recordAt(
        newest,
        'schema',
        'openAPIV3Schema',
        'properties',
        'spec',
        'properties',
      );
      const inScheduler = Object.keys(
        recordAt(spec, 'router', 'properties', 'scheduler', 'properties'),
      );
      expect(inScheduler.sort()).toEqual([...profile.schedulerFields].sort());
      expect(inScheduler.includes('config')).toBe(
        profile.schedulerConfig === 'inline',
      );
      expect('labels' in spec).toBe(profile.podLabels);
    });
  },
);

describeIf.each(RELEASES.filter(({ scheduler }) => isThere(scheduler)))(
  'the weights of $id (conformance data)',
  ({ id, scheduler }) => {
    it('and their apiVersion are the controller’s defaults', () => {
      const profile = findPlatform(id);
      const config: unknown = parse(
        readFileSync(path.join(conformance, scheduler), 'utf8'),
      );
      expect(textAt(config, 'apiVersion')).toBe(profile.pickerConfigApiVersion);
      expect(
        listAt(config, 'schedulingProfiles', 0, 'plugins')
          .filter(plugin => at(plugin, 'weight') !== undefined)
          .map(plugin => ({
            type: textAt(plugin, 'pluginRef'),
            weight: at(plugin, 'weight'),
          })),
      ).toEqual(profile.defaultScorers);
    });
  },
);

describeIf.each(RELEASES.filter(({ objects }) => isThere(`${objects}-plain`)))(
  'what $id creates (conformance data)',
  ({ id, objects }) => {
    it.each(['plain', 'tls'])(
      'has the profile’s route, pool and picker, %s',
      tls => {
        const profile = findPlatform(id);
        const read = (name: string) =>
          documents(`${objects}-${tls}/${name}.yaml`)[0];
        expect(realRules(listAt(read('httproute'), 'spec', 'rules'))).toEqual(
          rulesOf(profile),
        );
        const pool = read('inferencepool');
        expect(textAt(pool, 'apiVersion')?.split('/')[0]).toBe(
          profile.poolGroup,
        );
        expect(Object.keys(recordAt(pool, 'spec'))).toContain(
          profile.pickerReference,
        );
        const [main] = listAt(
          read('epp-deployment'),
          'spec',
          'template',
          'spec',
          'containers',
        );
        expect(textAt(main, 'image')).toBe(profile.eppImage);
        const words = [...textsAt(main, 'command'), ...textsAt(main, 'args')];
        expect(words.some(word => word.startsWith('--cert-path'))).toBe(
          tls === 'tls' && profile.tlsChoice !== 'never',
        );
      },
    );
  },
);

describeIf('Open Data Hub’s presets per accelerator (conformance data)', () => {
  it('exist under the names the accelerator table has', () => {
    const folder = 'presets/odh-HEAD-accelerators';
    const names = [
      'nvidia-cuda-config-llm-single-node-template',
      'amd-rocm-config-llm-template',
      'intel-gaudi-config-llm-template',
      'ibm-spyre-x86-config-llm-template',
    ].map(file =>
      textAt(documents(`${folder}/${file}.yaml`)[0], 'metadata', 'name'),
    );
    expect(names).toEqual([
      'kserve-config-llm-single-node-template-nvidia-cuda',
      'kserve-config-llm-template-amd-rocm',
      'kserve-config-llm-template-intel-gaudi',
      'kserve-config-llm-template-ibm-spyre-x86',
    ]);
    expect(
      PLATFORMS.filter(({ acceleratorPresets }) => acceleratorPresets).map(
        ({ id }) => id,
      ),
    ).toEqual(['odh-0.20', 'xks-0.20']);
  });
});

describe('every profile', () => {
  it.each(PLATFORMS.map(profile => [profile.id, profile] as const))(
    '%s agrees with itself',
    (_, profile) => {
      const older = profile.poolGroup === 'inference.networking.x-k8s.io';
      expect(older).toBe(profile.pickerReference === 'extensionRef');
      expect(older).toBe(profile.apiVersion === 'serving.kserve.io/v1alpha1');
      expect(profile.schedulerFields.includes('config')).toBe(
        profile.schedulerConfig === 'inline',
      );
      expect(profile.pickerConfigFlag !== undefined).toBe(
        profile.schedulerConfig === 'template',
      );
      expect(profile.isolation === 'hostname').toBe(older);
      expect(profile.arguments === 'replace-script').toBe(
        profile.evaluates && older,
      );
      expect(profile.routeRules.some(({ to }) => to === 'pool')).toBe(true);
      expect(profile.source).not.toBe('');
    },
  );
});
