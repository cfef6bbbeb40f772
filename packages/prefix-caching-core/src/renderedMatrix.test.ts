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

import { existsSync } from 'node:fs';
import { CHECKS, verify } from './checks';
import type { Finding } from './checks';
import { renderDeployment } from './deployment';
import type { RenderedFile } from './deployment';
import {
  ALL_TABLES,
  AXES,
  EXTREMES,
  acceleratorMatrix,
  platformVariants,
  structureMatrix,
} from './deployment/__fixtures__/matrix';
import type { Combination } from './deployment/__fixtures__/matrix';
import {
  CONFORMANCE,
  violationsOfAll,
} from './deployment/__testUtils__/customResourceSchema';
import { fieldProblems } from './deployment/__testUtils__/fieldTable';
import { listAt, recordAt, textAt, textsAt } from './kubernetes';
import type { KubernetesObject } from './kubernetes';
import { observeManifests } from './observation';
import type { Verdict } from './verdicts';

/*
 * Every platform profile with every accelerator, and with every option that
 * changes the structure of what is written: the files are observed and judged
 * like anybody's manifests, and validated as a cluster would.
 */

const describeIf = existsSync(CONFORMANCE)
  ? describe
  : // The real CRDs are kept outside of the repository.
    describe.skip;

interface Judged extends Combination {
  files: RenderedFile[];
  objects: KubernetesObject[];
  findings: { service: string; finding: Finding }[];
}

function objectsIn(files: RenderedFile[]): KubernetesObject[] {
  return files
    .filter(({ path }) => path.startsWith('deploy/'))
    .flatMap(({ objects }) => objects);
}

function findingsOf(
  objects: KubernetesObject[],
  istio?: string,
): Judged['findings'] {
  return observeManifests(objects).flatMap(observation =>
    verify(observation, { istio }).findings.map(finding => ({
      service: observation.target.name,
      finding,
    })),
  );
}

function judged(combination: Combination): Judged {
  const files = renderDeployment(combination.plan, ALL_TABLES);
  const objects = objectsIn(files);
  const { platform } = combination.plan;
  return {
    ...combination,
    files,
    objects,
    // From files nobody sees the Istio release: it is stated where a plan says it.
    findings: findingsOf(
      objects,
      typeof platform === 'string' ? undefined : platform.istio,
    ),
  };
}

const ALL: Judged[] = [...acceleratorMatrix(), ...structureMatrix()].map(
  judged,
);

const PRODUCT =
  AXES.platforms.length * AXES.accelerators.length * EXTREMES.length +
  AXES.platforms.flatMap(platformVariants).length *
    AXES.services.length *
    AXES.weights.length *
    AXES.extras.length *
    AXES.gateways.length;

/** Verdicts of each check over the whole matrix. */
function tally(): Map<string, Partial<Record<Verdict, number>>> {
  const counts = new Map<string, Partial<Record<Verdict, number>>>();
  for (const { finding } of ALL.flatMap(({ findings }) => findings)) {
    const row = counts.get(finding.check) ?? {};
    row[finding.verdict] = (row[finding.verdict] ?? 0) + 1;
    counts.set(finding.check, row);
  }
  return counts;
}

/** Checks that files alone decide; each has to pass somewhere, and a mutation below. */
const DECIDED = [
  'engine.prefix-caching',
  'engine.arguments',
  'engine.block-size',
  'engine.replicas',
  'router.scorers',
  'gateway.shared-picker',
  'network.policies',
];

describe('the matrix', () => {
  it('is complete, and every check files decide passes in it', () => {
    const counts = tally();
    const rows = [...counts].map(
      ([check, verdicts]) =>
        `${check.padEnd(24)} ${String(verdicts.pass ?? 0).padStart(
          5,
        )} pass ${String(verdicts.skipped ?? 0).padStart(5)} skipped`,
    );
    process.stdout.write(
      `${ALL.length} combinations, ${
        ALL.flatMap(({ findings }) => findings).length
      } findings\n${rows.join('\n')}\n`,
    );
    expect(new Set(ALL.map(({ label }) => label)).size).toBe(ALL.length);
    expect(ALL.length).toBeGreaterThanOrEqual(PRODUCT);
    for (const { id } of CHECKS) {
      const { pass = 0, skipped = 0 } = counts.get(id) ?? {};
      expect([id, pass + skipped > 0]).toEqual([id, true]);
      expect([id, pass > 0]).toEqual([id, DECIDED.includes(id)]);
    }
  });

  it('passes, and says of every check it skips why', () => {
    const wrong = ALL.flatMap(({ label, findings }) =>
      findings
        .filter(
          ({ finding: { verdict, summary, actual } }) =>
            verdict !== 'pass' &&
            !(
              verdict === 'skipped' &&
              /^Not decided from files: .+\.$/.test(summary) &&
              actual !== ''
            ),
        )
        .map(
          ({ service, finding }) =>
            `${label}: ${service} ${finding.check} ${finding.verdict}: ${finding.summary} (${finding.actual})`,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('renders the same bytes twice, and no path that leaves the folder', () => {
    for (const { plan, files } of ALL.filter((_, index) => index % 20 === 0)) {
      const again = renderDeployment(structuredClone(plan), ALL_TABLES);
      expect(again).toEqual(files);
    }
    for (const { files } of ALL) {
      const paths = files.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(
        paths.filter(
          path =>
            !/^[\w-]+(\/[\w-]+)*\.(yaml|md)$/.test(
              path.replace('catalog-info.yaml', 'c.yaml'),
            ),
        ),
      ).toEqual([]);
    }
  });

  it('has no field a release does not know, by the table of fields', () => {
    const services = ALL.flatMap(({ objects }) => objects).filter(
      ({ kind }) => kind === 'LLMInferenceService',
    );
    expect([...new Set(services.flatMap(fieldProblems))]).toEqual([]);
    const [service] = services;
    expect(
      fieldProblems({
        ...service,
        spec: { ...service.spec, scorerWeights: {} },
      }),
    ).toEqual(['spec.scorerWeights is no field']);
  });
});

describeIf('the matrix, by the releases’ CRDs', () => {
  it.each([
    ['rhaii-3.4-ea1', 'crd/rhaii-3.4-ea1'],
    ['kserve-0.18', 'crd/kserve-v0.18.0'],
    ['kserve-0.20', 'crd/kserve-v0.20.0'],
  ])('is valid by the CRDs of %s (conformance data)', (id, folder) => {
    const objects = ALL.filter(({ profile }) => profile.id === id).flatMap(
      combination => combination.objects,
    );
    const ofKind = (kind: string) => objects.filter(it => it.kind === kind);
    expect([
      ...new Set(
        violationsOfAll(
          `${folder}/serving.kserve.io_llminferenceservices.yaml`,
          ofKind('LLMInferenceService'),
        ),
      ),
    ]).toEqual([]);
    for (const kind of ['DestinationRule', 'EnvoyFilter']) {
      const found = ofKind(kind);
      expect(
        found.length === 0
          ? []
          : violationsOfAll('crd/istio/crd-all.gen.yaml', found),
      ).toEqual([]);
    }
    const gateways = ofKind('Gateway');
    expect(gateways.length).toBeGreaterThan(0);
    expect(
      violationsOfAll(
        'crd/gateway-api-v1.6.1/gateway.networking.k8s.io_gateways.yaml',
        gateways,
      ),
    ).toEqual([]);
  });
});

/** Changes the first service of a rendering. */
type Mutation = (service: KubernetesObject, all: KubernetesObject[]) => void;

function container(service: KubernetesObject): Record<string, unknown> {
  return recordAt(listAt(service.spec, 'template', 'containers')[0]);
}

function addArgument(argument: string): Mutation {
  return service => {
    const main = container(service);
    main.args = [...textsAt(main, 'args'), argument];
  };
}

/** What makes a check say the worst that it says of files. */
const MUTATIONS: [check: string, verdict: Verdict, what: string, Mutation][] = [
  [
    'engine.prefix-caching',
    'fail',
    'the off switch',
    service => {
      const main = container(service);
      main.args = textsAt(main, 'args').map(word =>
        word === '--enable-prefix-caching'
          ? '--no-enable-prefix-caching'
          : word,
      );
    },
  ],
  [
    'engine.arguments',
    'fail',
    'a flag newer engines refuse',
    addArgument('--disable-log-requests'),
  ],
  [
    'engine.block-size',
    'fail',
    'a block longer than the longest prompt',
    addArgument('--block-size=65536'),
  ],
  [
    'engine.replicas',
    'fail',
    'nodes of another vendor',
    service => {
      recordAt(service.spec, 'template').nodeSelector = {
        'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice',
      };
    },
  ],
  [
    'engine.replicas',
    'warn',
    'a single replica',
    service => {
      recordAt(service.spec).replicas = 1;
    },
  ],
  [
    'router.scorers',
    'fail',
    'weights without the prefix',
    service => {
      const inline = recordAt(
        service.spec,
        'router',
        'scheduler',
        'config',
        'inline',
      );
      const [profile] = listAt(inline, 'schedulingProfiles');
      recordAt(profile).plugins = listAt(profile, 'plugins').filter(
        plugin => textAt(plugin, 'pluginRef') !== 'prefix-cache-scorer',
      );
    },
  ],
  [
    'gateway.shared-picker',
    'fail',
    'rule names that the other service has too',
    (service, all) => {
      const rulesOf = (object: KubernetesObject) =>
        listAt(object.spec, 'router', 'route', 'http', 'spec', 'rules');
      const other = all.find(it => it.kind === service.kind && it !== service);
      rulesOf(service).forEach((rule, index) => {
        recordAt(rule).name = textAt(other && rulesOf(other)[index], 'name');
      });
    },
  ],
  [
    'network.policies',
    'fail',
    'no way from the gateway to the picker',
    (service, all) => {
      const policy = all.find(
        ({ kind, metadata }) =>
          kind === 'NetworkPolicy' &&
          metadata.name === `${service.metadata.name}-picker`,
      );
      recordAt(policy, 'spec').ingress = [];
    },
  ],
  [
    'gateway.routes',
    'fail',
    'prompts sent to the Service',
    service => {
      const [rule] = listAt(
        service.spec,
        'router',
        'route',
        'http',
        'spec',
        'rules',
      );
      recordAt(rule).backendRefs = [
        { kind: 'Service', name: 'elsewhere', port: 8000 },
      ];
    },
  ],
  [
    'router.pool',
    'fail',
    'a port the pool does not target',
    service => {
      const rules = listAt(
        service.spec,
        'router',
        'route',
        'http',
        'spec',
        'rules',
      );
      for (const rule of rules) {
        for (const backend of listAt(rule, 'backendRefs')) {
          recordAt(backend).port = 8001;
        }
      }
    },
  ],
];

describe('one mutation', () => {
  const base = ALL.find(
    ({ label }) =>
      label ===
      'kserve-0.20, nvidia-t4, services two, weights own, extras all, gateways shared',
  );

  it.each(MUTATIONS)(
    'turns %s to %s, and nothing else: %s',
    (check, verdict, _, mutate) => {
      const objects = structuredClone(base?.objects ?? []);
      const service = objects.find(
        ({ kind }) => kind === 'LLMInferenceService',
      );
      expect(service).toBeDefined();
      if (!service) return;
      mutate(service, objects);
      const others = findingsOf(objects).filter(
        ({ finding }) => !['pass', 'skipped'].includes(finding.verdict),
      );
      const own = others.filter(it => it.service === service.metadata.name);
      expect(
        own.map(({ finding }) => [finding.check, finding.verdict]),
      ).toEqual([[check, verdict]]);
      // What two services share is seen from both sides.
      expect(new Set(others.map(({ finding }) => finding.check))).toEqual(
        new Set([check]),
      );
    },
  );

  it('there is one that fails for every check that files decide', () => {
    const fails = MUTATIONS.filter(([, verdict]) => verdict === 'fail').map(
      ([check]) => check,
    );
    expect(DECIDED.filter(check => !fails.includes(check))).toEqual([]);
  });
});
