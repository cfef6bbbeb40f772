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

import type { KubeObject } from '../api';
import { mainContainer } from '../cluster';
import { textAt } from '../json';
import { flagValue } from '../kserve';
import type { Pick } from './picker';

/** From which verbosity an EPP tells what. */
const HANDLED = 3;
const SCORES = 4;
const DEFAULT_VERBOSITY = 2;

/** What an EPP writes of one pick, by its verbosity: JSON, one entry a line. */
export function linesOfPick(
  pick: Pick,
  options: { picker: KubeObject; pods: readonly KubeObject[]; model: string },
): string[] {
  const { picker, pods, model } = options;
  const verbosity = verbosityOf(picker);
  const ts = new Date(pick.at).toISOString();
  const entry = (level: string, msg: string, more: object = {}) =>
    JSON.stringify({
      level,
      ts,
      msg,
      'x-request-id': pick.requestId,
      ...more,
    });
  const lines = [entry('info', 'EPP received request')];
  if (verbosity >= SCORES) {
    for (const { scorer, byPod } of pick.scores) {
      for (const [name, score] of Object.entries(byPod)) {
        lines.push(
          entry('debug', 'Calculated score', {
            plugin: `${scorer.name}/${scorer.type}`,
            endpoint: { name, namespace: picker.metadata.namespace },
            score,
          }),
        );
      }
    }
  }
  if (verbosity >= HANDLED) {
    const chosen = pods.find(({ metadata }) => metadata.name === pick.pod);
    lines.push(
      entry('info', 'Request handled', {
        incomingModelName: model,
        targetModel: model,
        endpoint: `${textAt(chosen, 'status', 'podIP') ?? ''}:8000`,
      }),
    );
  }
  return [
    ...lines,
    entry('info', 'EPP sent request body response(s) to proxy', {
      modelName: model,
      targetModelName: model,
    }),
  ];
}

function verbosityOf(picker: KubeObject): number {
  const value = flagValue(mainContainer(picker.spec), ['v']);
  return value === undefined ? DEFAULT_VERBOSITY : Number(value);
}
