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
import type { Observation } from '../observation';
import { idlePolicies } from './idlePolicies';
import { enginePod, object, observe, route, service } from './testing/cluster';

type Case = [
  title: string,
  whose: 'its own' | 'anybody’s' | 'nobody’s',
  policy: KubernetesObject,
];

const policy = (name: string, labels: object = {}, namespace?: string) =>
  object('NetworkPolicy', name, {
    namespace,
    spec: { podSelector: { matchLabels: labels } },
  });

/** The service `chat` in a namespace where others live too, told in each way a service can be. */
function crowded(): Observation {
  const observation = observe({
    routed: service('code'),
    route2: route('code'),
  });
  return {
    ...observation,
    objects: [
      ...observation.objects,
      service('chat-large'),
      enginePod('sql', 0),
      object('Pod', 'job', { labels: { app: 'job' } }),
      object('Pod', 'unlabelled'),
      // Of other namespaces: no service here.
      service('legacy', {}, { namespace: 'elsewhere' }),
      object('Pod', 'old', {
        namespace: 'elsewhere',
        labels: { 'app.kubernetes.io/name': 'batch', app: 'batch' },
      }),
    ],
    neighbours: [
      ...observation.neighbours,
      {
        target: { cluster: 'test', namespace: 'elsewhere', name: 'search' },
        objects: [],
      },
    ],
  };
}

function whose(
  observation: Observation,
  given: KubernetesObject,
): Case[1] | undefined {
  const { own, anybodys } = idlePolicies(observation, [given]);
  if (own.length > 0) return 'its own';
  return anybodys.length > 0 ? 'anybody’s' : 'nobody’s';
}

describe('whose a policy without effect is', () => {
  it.each<Case>([
    ['named after the service', 'its own', policy('chat-engine', { app: 'x' })],
    [
      'selects by the service’s name, in a form of old',
      'its own',
      policy('engine', { 'app.kubernetes.io/name': 'chat-pattern3' }),
    ],
    [
      'a name that merely contains the service’s',
      'anybody’s',
      policy('chatter', { app: 'webchat' }),
    ],
    ['names no service', 'anybody’s', policy('stale', { app: 'vllm' })],
    [
      'named after a neighbour on the gateway',
      'nobody’s',
      policy('code-engine', { app: 'x' }),
    ],
    [
      'named after a service whose name is longer',
      'nobody’s',
      policy('chat-large-engine', { app: 'x' }),
    ],
    [
      'named after a service of which only pods were seen',
      'nobody’s',
      policy('sql-engine', { app: 'x' }),
    ],
    [
      'named after a service of another namespace',
      'anybody’s',
      policy('legacy', { app: 'x' }),
    ],
    [
      'named after pods of another namespace',
      'anybody’s',
      policy('batch', { app: 'x' }),
    ],
    [
      'selects pods of another namespace, where it has no say',
      'anybody’s',
      policy('stale', { app: 'batch' }),
    ],
    [
      'named after a neighbour of another namespace',
      'anybody’s',
      policy('search', { app: 'x' }),
    ],
    ['selects another workload', 'nobody’s', policy('jobs', { app: 'job' })],
    [
      'selects the service’s engines',
      'nobody’s',
      policy('chat', { 'app.kubernetes.io/name': 'chat' }),
    ],
    ['selects every pod', 'nobody’s', policy('chat', {})],
    [
      'of another namespace',
      'nobody’s',
      policy('chat-engine', { app: 'x' }, 'elsewhere'),
    ],
  ])('%s: %s', (_, expected, given) => {
    expect(whose(crowded(), given)).toBe(expected);
  });

  it('is nobody’s where its namespace is not written: that is `default`', () => {
    const bare = policy('chat-engine', { app: 'x' });
    const { namespace, ...metadata } = bare.metadata;
    expect(whose(crowded(), { ...bare, metadata })).toBe('nobody’s');
    const there = crowded();
    there.target = { ...there.target, namespace: 'default' };
    expect(whose(there, { ...bare, metadata })).toBe('its own');
  });

  it('knows pods without a namespace as those of `default`', () => {
    const pod = object('Pod', 'job', { labels: { app: 'job' } });
    const { namespace, ...metadata } = pod.metadata;
    const there = crowded();
    there.target = { ...there.target, namespace: 'default' };
    there.objects = [...there.objects, { ...pod, metadata }];
    expect(whose(there, policy('chat-jobs', { app: 'job' }, 'default'))).toBe(
      'nobody’s',
    );
  });
});
