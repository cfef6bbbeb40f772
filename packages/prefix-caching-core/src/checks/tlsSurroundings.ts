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

import { at, containerFlags, describeObject, textAt } from '../kubernetes';
import {
  engineContainers,
  enginePods,
  engineScheme,
  pickerContainers,
  routerPods,
} from '../observation';
import type { Observation } from '../observation';
import { hasSidecar } from './gatewayController';
import { judge, listed } from './judgement';
import { livePickerConfig } from './livePickerConfig';
import type { Judgement } from './types';

/** Whether the picker asks the engines for metrics in another scheme than they speak. */
export function scrapeMismatch(
  observation: Observation,
): Judgement | undefined {
  const [picker] = pickerContainers(observation);
  const [engine] = engineContainers(observation);
  if (!picker || !engine) return undefined;
  // A service's container is half the truth, unless it says the scheme itself.
  if (
    engine.object.kind === 'LLMInferenceService' &&
    at(engine.container, 'startupProbe', 'httpGet', 'scheme') === undefined
  ) {
    return undefined;
  }
  const flag = containerFlags(picker.container).value(
    'model-server-metrics-scheme',
  );
  const plugin = livePickerConfig(observation)?.config?.plugins.find(
    ({ type }) => type === 'metrics-data-source',
  );
  const asks = flag ?? textAt(plugin?.parameters, 'scheme') ?? 'http';
  const speaks = engineScheme(engine.container);
  const seen = observation.endpoints.some(
    ({ router }) => (router?.current?.metrics.readyEndpoints ?? 0) > 0,
  );
  if (asks === speaks || seen) return undefined;
  return judge(
    'fail',
    `The Endpoint Picker asks engines for metrics over ${asks}, and they speak ${speaks}.`,
    `picker ${asks}, engine ${speaks}`,
    {
      evidence: [
        { subject: picker.where, value: `metrics scheme ${asks}` },
        { subject: engine.where, value: `speaks ${speaks}` },
      ],
      remedy: `Set the picker's metrics scheme to ${speaks} (--model-server-metrics-scheme, from EPP 0.10 on the plugin metrics-data-source).`,
    },
  );
}

/** Whether a proxy was injected into picker or engines, which wraps TLS twice. */
export function sidecars(
  observation: Observation,
  proven: boolean,
): Judgement | undefined {
  const pods = [...routerPods(observation), ...enginePods(observation)].filter(
    hasSidecar,
  );
  if (pods.length === 0) return undefined;
  const names = listed(pods.map(pod => pod.metadata.name));
  return judge(
    proven ? 'warn' : 'fail',
    `${
      pods.length === 1 ? 'A pod has' : `${pods.length} pods have`
    } an injected sidecar, so TLS is wrapped twice.`,
    `sidecar in ${names}`,
    {
      evidence: pods.map(pod => ({
        subject: describeObject(pod),
        value: 'has a container istio-proxy',
      })),
      remedy:
        'Switch injection off for these pods (label sidecar.istio.io/inject: "false").',
    },
  );
}
