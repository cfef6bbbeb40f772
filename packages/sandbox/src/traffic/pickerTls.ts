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

import type { KubeObject, ObjectStore } from '../api';
import { mainContainer } from '../cluster';
import { listAt, numberAt, textAt } from '../json';
import { flagValue } from '../kserve';

/** Whether the gateway, told by DestinationRules, speaks to the EPP as it serves. */
export function tlsAgrees(
  store: ObjectStore,
  picker: KubeObject,
  service: KubeObject,
  port: number,
): boolean {
  const flag = flagValue(mainContainer(picker.spec), [
    'secure-serving',
    'secureServing',
  ]);
  // No flag means on: the EPP's own default.
  const serves = flag !== 'false';
  const mode = clientMode(store, service, port);
  const speaks = mode === 'SIMPLE' || mode === 'MUTUAL';
  return serves === speaks;
}

function clientMode(store: ObjectStore, service: KubeObject, port: number) {
  const { name, namespace } = service.metadata;
  const hosts = [
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.cluster.local`,
  ];
  const rule = store.kind('DestinationRule').find(candidate => {
    const host = textAt(candidate, 'spec', 'host') ?? '';
    return (
      hosts.includes(host) ||
      (host === name && candidate.metadata.namespace === namespace)
    );
  });
  const ofPort = listAt(
    rule,
    'spec',
    'trafficPolicy',
    'portLevelSettings',
  ).find(setting => numberAt(setting, 'port', 'number') === port);
  return (
    textAt(ofPort, 'tls', 'mode') ??
    textAt(rule, 'spec', 'trafficPolicy', 'tls', 'mode')
  );
}
