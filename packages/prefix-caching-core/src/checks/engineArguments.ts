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

import { containerFlags, LABELS } from '../kubernetes';
import {
  engineContainers,
  enginePods,
  isReady,
  troubleOf,
} from '../observation';
import type { FoundContainer, Observation } from '../observation';
import { detectPlatform } from '../platforms/detectPlatform';
import { compareVersions } from '../platforms/versions';
import { argumentProblems } from './argumentProblems';
import type { ArgumentProblem, ArgumentStyle } from './argumentProblems';
import { declarationProblems } from './declarationProblems';
import { judge, kubectl, unanswered } from './judgement';
import type { Check, Evidence, Judgement } from './types';

/** The first KServe that appends `args` to its own command. */
const APPENDS_FROM = '0.17';

function styleOf(observation: Observation): ArgumentStyle | undefined {
  const { kserve, distribution, profile } = detectPlatform(observation.objects);
  if (distribution === 'rhaii' || profile === 'rhaii-3.4-ea1') {
    return 'replace-script';
  }
  if (profile === 'kserve-0.20') return 'append';
  const order = kserve ? compareVersions(kserve, APPENDS_FROM) : undefined;
  return order !== undefined && order >= 0 ? 'append' : undefined;
}

function evidenceOf({ container, where }: FoundContainer): Evidence {
  const flags = containerFlags(container).all;
  return {
    subject: where,
    value:
      flags
        .map(({ spelling, value }) =>
          value === undefined ? spelling : `${spelling}=${value}`,
        )
        .join(' ') || 'no flags given',
    sensitive: true,
  };
}

/** What the engine said before it died, where its container keeps that. */
function lastWords(observation: Observation): Judgement | undefined {
  for (const pod of enginePods(observation)) {
    const message = troubleOf(pod)?.message;
    const refused =
      /(unrecognized arguments?:[^\n]*|error: argument [^\n]*)/.exec(
        message ?? '',
      );
    if (refused) {
      return judge(
        'fail',
        'The engine refuses its arguments and does not start.',
        'the engine refused its arguments',
        {
          evidence: [
            {
              subject: `Pod ${pod.metadata.namespace}/${pod.metadata.name}`,
              value: refused[0],
              sensitive: true,
            },
          ],
          remedy: 'Take the arguments it names out of the service.',
        },
      );
    }
  }
  return undefined;
}

function verdictOf(problem: ArgumentProblem, starts: boolean): 'fail' | 'warn' {
  if (problem.effect === 'lost') return 'fail';
  // What is seen to run has started, whatever the arguments look like.
  return starts || problem.effect === 'likely' ? 'warn' : 'fail';
}

function consequenceOf(
  { effect }: ArgumentProblem,
  verdict: 'fail' | 'warn',
): string {
  if (verdict === 'warn') return 'The arguments are at risk';
  if (effect === 'idle') return 'The engine leaves devices unused';
  return effect === 'stops'
    ? 'The engine does not start'
    : 'The engine starts without some of its arguments';
}

function judgeArguments({
  observation,
}: {
  observation: Observation;
}): Judgement {
  const refused = lastWords(observation);
  if (refused) return refused;
  const containers = engineContainers(observation);
  const running = containers.filter(found => found.running);
  const looked = running.length > 0 ? running : containers.slice(0, 1);
  const style = styleOf(observation);
  const problems = looked.flatMap(found => {
    const starts = found.running && isReady(found.object);
    const from =
      found.object.kind === 'LLMInferenceService' ? style : undefined;
    return [
      ...argumentProblems(found.container, from),
      ...declarationProblems(found, from),
    ].map(problem => ({
      problem,
      found,
      verdict: verdictOf(problem, starts),
    }));
  });
  const worst =
    problems.find(({ verdict }) => verdict === 'fail') ?? problems[0];
  const evidence = looked.slice(0, 1).map(evidenceOf);
  if (worst) {
    const { problem, verdict, found } = worst;
    const consequence = consequenceOf(problem, verdict);
    return judge(
      verdict,
      `${consequence}: ${problem.cause}.`,
      `${found.where}: ${problem.message}`,
      { evidence: [evidenceOf(found)], remedy: problem.remedy },
    );
  }
  if (running.length === 0 && observation.source === 'cluster') {
    return (
      unanswered(observation, ['Pod'], "the engine's arguments are right") ??
      judge(
        'inconclusive',
        'No engine pod exists, so its arguments are not proven.',
        'no pod',
        { evidence },
      )
    );
  }
  return looked.length === 0
    ? judge(
        'skipped',
        'No engine container is among the files.',
        'not looked for',
      )
    : judge(
        'pass',
        'The arguments start the engine as written.',
        'no removed flag, no broken line, no second launcher',
        { evidence },
      );
}

/** Whether the arguments start the engine, and start it as written. */
export const engineArguments: Check = {
  id: 'engine.arguments',
  component: 'engine',
  requirement: 'required',
  title: 'Arguments reach the engine',
  expected:
    'flags the image knows, no comment after a line continuation, no second launcher, quotes that survive the launch script',
  responsible: 'owner',
  judge: judgeArguments,
  commands: ({ target }) => [
    kubectl(
      'the last words of engines that died',
      'get',
      'pods',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.kserveComponent}=workload`,
      '-o',
      'jsonpath={range .items[*]}{.metadata.name}{"\\t"}{.status.containerStatuses[0].lastState.terminated.message}{"\\n"}{end}',
    ),
    kubectl(
      'the template as the service gives it',
      'get',
      'llmisvc',
      target.name,
      '-n',
      target.namespace,
      '-o',
      'jsonpath={.spec.template.containers}',
    ),
  ],
};
