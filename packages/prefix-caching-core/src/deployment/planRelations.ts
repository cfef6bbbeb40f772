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

import {
  ISTIO_POOL_V1,
  PLATFORMS,
  findPlatform,
  isOlderThan,
  resolvePlatform,
} from '../platforms';
import type { PlatformProfile } from '../platforms';
import { MODEL_NAME, SERVICE_NAME, SUBDOMAIN } from './planFormats';
import type { PlanProblem } from './planError';
import { modelAddress, plannedFacts } from './plannedModel';
import { hasOwnGateways, hostOf } from './isolation';
import { gatewayClassOf, gatewayServiceName } from './renderGateways';
import { serviceNames } from './serviceName';
import type { DeploymentPlan, RenderTables } from './types';

/** Scorers that some release of the Endpoint Picker has. */
const KNOWN_SCORERS = [
  'prefix-cache-scorer',
  'precise-prefix-cache-scorer',
  'queue-scorer',
  'kv-cache-utilization-scorer',
  'running-requests-size-scorer',
  'load-aware-scorer',
  'active-request-scorer',
  'lora-affinity-scorer',
  'no-hit-lru-scorer',
  'token-load-scorer',
];

function platformIdOf({ platform }: DeploymentPlan): string {
  return typeof platform === 'string' ? platform : platform.id;
}

/** Whether TLS as a plan wants it can be had. */
function checkTls(wanted: PlatformProfile): PlanProblem[] {
  const { name, tls, tlsChoice } = wanted;
  if (tlsChoice === 'either' || (tlsChoice === 'always') === tls) {
    return [];
  }
  return [
    {
      path: 'platform.tls',
      message: `${tls} cannot be used: ${name} ${
        tls ? 'cannot serve TLS' : 'always serves TLS'
      }. Expected ${!tls}; leave it out.`,
    },
  ];
}

/** The platform exists, and Istio reads the group of its pools. */
export function checkPlatform(
  plan: DeploymentPlan,
  platforms: readonly PlatformProfile[] = PLATFORMS,
): PlanProblem[] {
  const id = platformIdOf(plan);
  if (!platforms.some(platform => platform.id === id)) {
    return [
      {
        path: 'platform',
        message: `'${id}' is not known. Expected one of ${platforms
          .map(platform => platform.id)
          .join(', ')}; choose the one your cluster runs.`,
      },
    ];
  }
  const profile = resolvePlatform(plan.platform, platforms);
  const older = isOlderThan(profile.istio, ISTIO_POOL_V1);
  const reads = older
    ? 'inference.networking.x-k8s.io'
    : 'inference.networking.k8s.io';
  return [
    ...checkTls(profile),
    ...(profile.poolGroup === reads
      ? []
      : [
          {
            path: 'platform.istio',
            message: `Istio ${profile.istio} does not read pools of ${
              profile.poolGroup
            }, which ${profile.name} writes. Expected ${
              older ? `${ISTIO_POOL_V1} or newer` : 'Istio 1.27'
            }; change it or choose another platform.`,
          },
        ]),
    ...(plan.envoyFilter && hasOwnGateways(plan)
      ? [
          {
            path: 'envoyFilter',
            message:
              "true cannot be used with isolation 'gateway': the filter is written for the one gateway of all services. Expected false; leave it out, since Istio hands the body over by itself.",
          },
        ]
      : []),
    ...(plan.envoyFilter && !profile.envoyFilter
      ? [
          {
            path: 'envoyFilter',
            message: `true cannot be used: the filter is written for ${
              findPlatform('rhaii-3.4-ea1').name
            } alone, and on ${
              profile.name
            } it would match no route or take the picker out of it. Expected false; leave it out, since Istio hands the body over by itself.`,
          },
        ]
      : []),
  ];
}

/** The model can be named and fetched. */
export function checkModel(
  plan: DeploymentPlan,
  { models }: Pick<RenderTables, 'models'>,
): PlanProblem[] {
  const { model } = plan;
  const offered = models.filter(({ hidden }) => !hidden);
  const facts = plannedFacts(plan, offered);
  if (model.id !== undefined && !facts) {
    return [
      {
        path: 'model.id',
        message: `'${
          model.id
        }' is not in the model table. Expected one of ${offered
          .map(({ id }) => id)
          .join(', ')}; or leave it out and give model.uri.`,
      },
    ];
  }
  if (!facts && model.uri === undefined) {
    return [
      {
        path: 'model.uri',
        message:
          'is missing. Expected model.id of the model table, or an address with hf://, oci://, pvc:// or s3://; give one of them.',
      },
    ];
  }
  if (!MODEL_NAME.pattern.test(modelAddress(plan, offered).name)) {
    return [
      {
        path: 'model.name',
        message: `is missing, and ${model.uri} gives none that can be used. Expected ${MODEL_NAME.expected}; fill it in.`,
      },
    ];
  }
  const fromHuggingFace = (model.uri ?? 'hf://').startsWith('hf://');
  if (
    facts?.gated &&
    fromHuggingFace &&
    model.tokenSecret === undefined &&
    model.serviceAccount === undefined
  ) {
    return [
      {
        path: 'model.tokenSecret',
        message: `is missing, and ${facts.name} is downloaded only with a token. Expected the name of a Secret with key HF_TOKEN, or model.serviceAccount of an account that lists one; name it (never the token itself).`,
      },
    ];
  }
  return [];
}

/** Weights name real scorers and keep affinity in play. */
export function checkScorers(
  plan: DeploymentPlan,
  platforms: readonly PlatformProfile[] = PLATFORMS,
): PlanProblem[] {
  const { scorers } = plan;
  if (!scorers) {
    return [];
  }
  const problems: PlanProblem[] = [];
  const profile = platforms.find(({ id }) => id === platformIdOf(plan));
  scorers.forEach(({ type, weight }, index) => {
    if (!KNOWN_SCORERS.includes(type)) {
      problems.push({
        path: `scorers[${index}].type`,
        message: `'${type}' is no scorer of any Endpoint Picker. Expected one of ${KNOWN_SCORERS.join(
          ', ',
        )}; choose one of these.`,
      });
    }
    if (scorers.findIndex(other => other.type === type) !== index) {
      problems.push({
        path: `scorers[${index}].type`,
        message: `'${type}' is there twice. Expected each scorer once; remove one.`,
      });
    }
    if (profile?.missingScorers.includes(type)) {
      problems.push({
        path: `scorers[${index}].type`,
        message: `'${type}' is not in the Endpoint Picker of ${
          profile.name
        }, which would not start. Expected one of ${KNOWN_SCORERS.filter(
          known => !profile.missingScorers.includes(known),
        ).join(', ')}; choose one of these.`,
      });
    }
    if (profile?.fractionalWeights === false && !Number.isInteger(weight)) {
      problems.push({
        path: `scorers[${index}].weight`,
        message: `${weight} is no whole number. The Endpoint Picker of ${profile.name} reads whole weights only; multiply all weights until they are whole.`,
      });
    }
  });
  if (
    !scorers.some(
      ({ type, weight }) => /prefix-cache-scorer$/.test(type) && weight > 0,
    )
  ) {
    problems.push({
      path: 'scorers',
      message:
        'have no prefix-cache-scorer with a weight above 0, so no request would follow its prefix. Expected one; add it.',
    });
  }
  return problems;
}

function checkServiceName(
  name: string,
  given: string | undefined,
  index: number,
): PlanProblem[] {
  if (name.length <= SERVICE_NAME.longest && SERVICE_NAME.pattern.test(name)) {
    return [];
  }
  return [
    {
      path: given === undefined ? 'name' : `accelerators[${index}].service`,
      message: `gives the service name '${name}' of ${name.length} characters. Expected ${SERVICE_NAME.expected}; choose a shorter or plainer name, or set accelerators[${index}].service.`,
    },
  ];
}

/** Istio makes a Service of a Gateway's name and class, and does not shorten it. */
function checkGatewayName(
  plan: DeploymentPlan,
  profile: PlatformProfile,
  name: string,
  index: number,
): PlanProblem[] {
  const service = gatewayServiceName(profile, name);
  return service.length <= SERVICE_NAME.longest
    ? []
    : [
        {
          path:
            plan.accelerators[index].service === undefined
              ? 'name'
              : `accelerators[${index}].service`,
          message: `gives the Gateway's Service the name '${service}' of ${
            service.length
          } characters, with '-${gatewayClassOf(
            profile,
          )}' behind it. Expected at most ${
            SERVICE_NAME.longest
          }; choose a shorter name, or another isolation.`,
        },
      ];
}

/** Each service has a name of its own that Kubernetes takes. */
export function checkServiceNames(
  plan: DeploymentPlan,
  { accelerators, platforms }: RenderTables,
): PlanProblem[] {
  const names = serviceNames(plan, accelerators);
  const profile = resolvePlatform(plan.platform, platforms);
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first !== index) {
      return [
        {
          path: `accelerators[${index}].service`,
          message: `'${name}' is the name of accelerators[${first}] too. Expected a name of its own for each service; set accelerators[${index}].service.`,
        },
      ];
    }
    const problems = checkServiceName(
      name,
      plan.accelerators[index].service,
      index,
    );
    if (hasOwnGateways(plan)) {
      problems.push(...checkGatewayName(plan, profile, name, index));
    }
    const host = hostOf(plan, profile, name) ?? '';
    return host.length > SUBDOMAIN.longest
      ? [
          ...problems,
          {
            path: 'gateway.domain',
            message: `gives the host '${host}' of ${host.length} characters. Expected at most ${SUBDOMAIN.longest}; use a shorter domain.`,
          },
        ]
      : problems;
  });
}
