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

import { describeObject } from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import { enginePods, objectsOf, routerPods } from '../observation';
import type { Observation } from '../observation';
import {
  judge,
  kubectl,
  listed,
  objectEvidence,
  unanswered,
} from './judgement';
import { evaluateFlow, hasHole, selects } from './policyEvaluation';
import { ownPeers, requiredFlows } from './requiredFlows';
import type { Check, CheckContext, Expectations, Judgement } from './types';

/** What the reference document says they are for, and what of it is said of this service. */
function reasonsToIsolate({
  lifecycle,
  dataClass,
  tenancy,
}: Expectations): string[] {
  return [
    ...(lifecycle === 'production' ? ['it is in production'] : []),
    ...(/multi|shared/i.test(tenancy ?? '')
      ? ['the cluster has several tenants']
      : []),
    ...(/sensitive|customer|confidential|personal|pii|regulated|restricted|hipaa|pci|soc ?2/i.test(
      dataClass ?? '',
    ) && !/non.?sensitive/i.test(dataClass ?? '')
      ? [`its data is ${dataClass}`]
      : []),
  ];
}

function withoutPolicies(expectations: Expectations): Judgement {
  const reasons = reasonsToIsolate(expectations);
  return reasons.length > 0
    ? judge(
        'warn',
        `No NetworkPolicy isolates this service, and ${listed(reasons)}.`,
        'no policy selects its pods',
        {
          remedy:
            'Apply policies that let the gateway in at 9002 and 8000, and the picker to the engines at 8000.',
          responsible: 'owner',
        },
      )
    : judge(
        'skipped',
        'No NetworkPolicy selects these pods; prefix caching needs none.',
        'no policy selects its pods',
      );
}

/** Policies of the service's namespace that select neither its engines nor its picker, nor anybody else. */
function deadPolicies(
  observation: Observation,
  policies: KubernetesObject[],
): KubernetesObject[] {
  const { engine, picker } = ownPeers(observation);
  const pods = objectsOf(observation, 'Pod');
  const isOwn = (policy: KubernetesObject) =>
    (policy.metadata.namespace ?? 'default') === observation.target.namespace;
  const others = observation.neighbours.map(({ target }) => target.name);
  return policies.filter(
    policy =>
      isOwn(policy) &&
      !selects(policy, engine) &&
      !selects(policy, picker) &&
      !pods.some(pod =>
        selects(policy, {
          name: '',
          namespace: pod.metadata.namespace ?? 'default',
          labels: pod.metadata.labels ?? {},
        }),
      ) &&
      !others.some(name =>
        JSON.stringify(policy.spec?.podSelector ?? {}).includes(`"${name}"`),
      ),
  );
}

function judgePolicies({ observation, expectations }: CheckContext): Judgement {
  const unread = unanswered(
    observation,
    ['NetworkPolicy'],
    'required traffic is let through',
  );
  if (unread) {
    const reasons = reasonsToIsolate(expectations);
    return unread.verdict === 'skipped' &&
      observation.source === 'manifests' &&
      reasons.length > 0
      ? {
          ...unread,
          summary: `${unread.summary} They are advised here: ${listed(
            reasons,
          )}.`,
        }
      : unread;
  }
  const policies = objectsOf(observation, 'NetworkPolicy');
  const peers = Object.values(ownPeers(observation));
  const acting = policies.filter(policy =>
    peers.some(peer => selects(policy, peer)),
  );
  const real =
    enginePods(observation).length > 0 || routerPods(observation).length > 0;
  const dead =
    real || observation.source === 'manifests'
      ? deadPolicies(observation, policies)
      : [];
  const evidence = [...acting, ...dead].map(policy =>
    objectEvidence(
      policy,
      dead.includes(policy) ? 'selects no pod' : 'selects pods of this service',
    ),
  );
  const flows = requiredFlows(observation).map(flow => ({
    flow,
    open: evaluateFlow(policies, flow),
  }));
  const closed = flows.filter(({ open }) => open === 'closed');
  const say = ({ flow }: (typeof flows)[number]) =>
    `${flow.from.name} to ${flow.to.name} at ${flow.port}`;
  const actual = `${flows.filter(({ open }) => open === 'open').length} of ${
    flows.length
  } required flows open`;
  if (closed.length > 0) {
    return judge(
      'fail',
      `NetworkPolicies block ${listed(closed.map(say))}.`,
      `${actual}; blocked: ${closed.map(say).join('; ')}`,
      {
        evidence,
        remedy:
          'Open these ports in the policies that select the destination, and in those that restrict the source.',
      },
    );
  }
  if (dead.length > 0) {
    return judge(
      'warn',
      `${listed(
        dead.map(describeObject),
      )} selects no pod, so it isolates nothing.`,
      `${actual}; ${dead.length} without effect`,
      {
        evidence,
        remedy:
          "Use today's labels: app.kubernetes.io/name with the service's name, and kserve.io/component: workload for engines.",
      },
    );
  }
  if (acting.length === 0) return withoutPolicies(expectations);
  const unknown = flows.filter(({ open }) => open === 'unknown');
  if (unknown.length > 0) {
    return judge(
      'inconclusive',
      `Whether policies let through ${listed(
        unknown.map(say),
      )} depends on labels or addresses that were not read.`,
      actual,
      { evidence },
    );
  }
  const holes = acting.filter(hasHole);
  if (holes.length > 0) {
    return judge(
      'warn',
      `${listed(holes.map(describeObject))} lets every pod of the cluster in.`,
      `${actual}; open to all`,
      {
        evidence,
        remedy: 'Name the peers of that rule, or take it out.',
      },
    );
  }
  if (!real && observation.source === 'cluster') {
    return judge(
      'inconclusive',
      'Policies fit the labels KServe gives, but no pod of this service exists to prove it.',
      actual,
      { evidence },
    );
  }
  return judge('pass', 'Policies let the required traffic through.', actual, {
    evidence,
  });
}

/** Whether NetworkPolicies, where there are any, let through what has to get through. */
export const networkPolicies: Check = {
  id: 'network.policies',
  component: 'network',
  requirement: 'optional',
  title: 'NetworkPolicies let traffic through',
  expected:
    'gateway → picker 9002, gateway → engine 8000, picker → engine 8000; selectors that match real pods',
  responsible: 'owner',
  judge: judgePolicies,
  commands: ({ target }) => [
    kubectl(
      'policies and their selectors',
      'get',
      'networkpolicies',
      '-n',
      target.namespace,
      '-o',
      'yaml',
    ),
    kubectl(
      'the labels they must match',
      'get',
      'pods',
      '-n',
      target.namespace,
      '--show-labels',
    ),
  ],
};
