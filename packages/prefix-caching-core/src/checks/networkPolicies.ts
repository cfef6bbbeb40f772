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
import { enginePods, objectsOf, routerPods } from '../observation';
import {
  judge,
  kubectl,
  listed,
  objectEvidence,
  unanswered,
} from './judgement';
import { idlePolicies } from './idlePolicies';
import { reasonsToIsolate, withoutPolicies } from './isolationAdvice';
import { evaluateFlow, hasHole, selects } from './policyEvaluation';
import { ownPeers, requiredFlows } from './requiredFlows';
import type { Check, CheckContext, Judgement } from './types';

/** `A NetworkPolicy of its namespace selects`, `2 NetworkPolicies … select`. */
function policiesOf(which: string, n: number): string {
  return n === 1
    ? `A NetworkPolicy ${which} selects`
    : `${n} NetworkPolicies ${which} select`;
}

function judgePolicies({ observation, expectations }: CheckContext): Judgement {
  const unread = unanswered(
    observation,
    ['NetworkPolicy'],
    'required traffic is let through',
  );
  if (unread) {
    const reasons = reasonsToIsolate(expectations);
    return observation.source === 'manifests' && reasons.length > 0
      ? {
          ...unread,
          actual: `${unread.actual}; advised here: ${listed(reasons)}`,
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
  // Without pods, a policy cannot be told from one that waits for them.
  const idle =
    acting.length === 0 && (real || observation.source === 'manifests')
      ? idlePolicies(observation, policies)
      : { own: [], anybodys: [] };
  const without = [...idle.own, ...idle.anybodys];
  const evidence = [...acting, ...without].map(policy =>
    objectEvidence(
      policy,
      acting.includes(policy)
        ? 'selects pods of this service'
        : 'selects no pod',
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
      `NetworkPolicies block ${closed.length} of ${flows.length} required connections.`,
      `${actual}; blocked: ${closed.map(say).join('; ')}`,
      {
        evidence,
        remedy:
          'Open these ports in the policies that select the destination, and in those that restrict the source.',
      },
    );
  }
  if (without.length > 0) {
    return judge(
      'warn',
      `${
        idle.own.length > 0
          ? policiesOf('meant for this service', idle.own.length)
          : policiesOf('of its namespace', without.length)
      } no pod, so nothing isolates this service.`,
      `${listed(without.map(describeObject))}: no pod selected`,
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
      'Whether policies let all traffic through depends on labels or addresses nobody read.',
      `${actual}; not known: ${unknown.map(say).join('; ')}`,
      { evidence },
    );
  }
  const holes = acting.filter(hasHole);
  if (holes.length > 0) {
    return judge(
      'warn',
      holes.length === 1
        ? 'A NetworkPolicy lets every pod of the cluster in.'
        : `${holes.length} NetworkPolicies let every pod of the cluster in.`,
      `${actual}; open to all: ${listed(holes.map(describeObject))}`,
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
