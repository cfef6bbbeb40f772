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
import { engineContainers, enginePods, imageOf } from '../observation';
import type { FoundContainer, Observation } from '../observation';
import { engineRelease } from './engineRelease';
import { count, judge, kubectl, listed, unanswered } from './judgement';
import type { Check, Evidence, Judgement } from './types';

type State = 'on' | 'off' | 'unknown';

interface Answer {
  state: State;
  evidence: Evidence;
}

/** What the arguments say: off switch, on switch, then the engine's default. */
function fromArguments({ container, where }: FoundContainer): Answer {
  const flags = containerFlags(container);
  const image = imageOf(container) ?? '';
  const say = (state: State, value: string): Answer => ({
    state,
    evidence: { subject: where, value, sensitive: true },
  });
  if (image.includes('llm-d-inference-sim')) {
    return flags.has('enable-kvcache')
      ? say('on', '--enable-kvcache')
      : say('off', 'the simulator keeps no cache without --enable-kvcache');
  }
  if (flags.has('no-enable-prefix-caching')) {
    return say('off', '--no-enable-prefix-caching');
  }
  if (flags.has('disable-radix-cache')) {
    return say('off', '--disable-radix-cache');
  }
  if (flags.has('enable-prefix-caching')) {
    return flags.isOn('enable-prefix-caching', true)
      ? say('on', '--enable-prefix-caching')
      : say('off', '--enable-prefix-caching=false');
  }
  const release = engineRelease(container);
  return release.onByDefault
    ? say('on', `no switch given; on by default in ${release.name}`)
    : say('unknown', `no switch given; engine release of ${image} not known`);
}

/** What the engine itself says; counters that move prove that it looks prefixes up. */
function fromMetrics(
  observation: Observation,
  pod: string,
): Answer | undefined {
  const metrics = observation.endpoints.find(
    endpoint => endpoint.role === 'engine' && endpoint.pod === pod,
  )?.engine?.current?.metrics;
  if (!metrics) return undefined;
  if (metrics.prefixCaching !== 'unknown') {
    return {
      state: metrics.prefixCaching,
      evidence: {
        subject: `cache_config_info of Pod ${pod}`,
        value: `enable_prefix_caching is ${metrics.prefixCaching}`,
      },
    };
  }
  return (metrics.queryTokens ?? 0) > 0
    ? {
        state: 'on',
        evidence: {
          subject: `metrics of Pod ${pod}`,
          value: `${metrics.queryTokens} prompt tokens looked up in the prefix cache`,
        },
      }
    : undefined;
}

function conclude(answers: { name: string; answer: Answer }[]): Judgement {
  const evidence = answers.map(({ answer }) => answer.evidence);
  const of = (state: State) =>
    answers.filter(({ answer }) => answer.state === state).map(a => a.name);
  const off = of('off');
  const actual = `on in ${of('on').length} of ${answers.length}`;
  if (off.length > 0) {
    return judge(
      'fail',
      answers.length === 1
        ? 'Prefix caching is switched off.'
        : `Prefix caching is switched off in ${off.length} of ${answers.length} engines.`,
      `${
        answers.find(({ answer }) => answer.state === 'off')?.answer.evidence
          .value
      } in ${listed(off)}`,
      {
        evidence,
        remedy:
          'Take the off switch out of the arguments (command, args, VLLM_ADDITIONAL_ARGS); the engine has it on by default.',
      },
    );
  }
  const unknown = of('unknown');
  return unknown.length > 0
    ? judge(
        'inconclusive',
        `Nothing switches prefix caching off, but ${unknown.length} of ${count(
          answers.length,
          'engine',
        )} did not say that it is on.`,
        `${actual}; not known of ${listed(unknown)}`,
        {
          evidence,
          remedy:
            "Make the engine's metrics readable: cache_config_info says it.",
        },
      )
    : judge('pass', 'Prefix caching is on in every engine.', actual, {
        evidence,
      });
}

function judgeEngines({
  observation,
}: {
  observation: Observation;
}): Judgement {
  const containers = engineContainers(observation);
  const pods = enginePods(observation);
  if (pods.length > 0) {
    return conclude(
      pods.flatMap(pod => {
        const name = pod.metadata.name;
        const container = containers.find(({ object }) => object === pod);
        const answer =
          fromMetrics(observation, name) ??
          (container && fromArguments(container));
        return answer ? [{ name, answer }] : [];
      }),
    );
  }
  const [template] = containers;
  const said = template && fromArguments(template);
  if (said?.state === 'off') {
    return conclude([{ name: template.where, answer: said }]);
  }
  if (observation.source === 'cluster') {
    return (
      unanswered(observation, ['Pod'], 'prefix caching is on') ??
      judge(
        'inconclusive',
        'No engine pod exists, so nothing shows whether prefix caching is on.',
        said ? `no pod; ${said.evidence.value}` : 'no pod',
        { evidence: said ? [said.evidence] : [] },
      )
    );
  }
  return said
    ? conclude([{ name: template.where, answer: said }])
    : judge(
        'skipped',
        'No engine container is among the files.',
        'not looked for',
      );
}

/** Whether every engine has prefix caching on. */
export const enginePrefixCaching: Check = {
  id: 'engine.prefix-caching',
  component: 'engine',
  requirement: 'required',
  title: 'Prefix caching is on',
  expected:
    'on in every engine pod; a missing flag means the default, which is on',
  responsible: 'owner',
  judge: judgeEngines,
  commands: ({ target }) => [
    kubectl(
      'the arguments of each engine',
      'get',
      'pods',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.kserveComponent}=workload`,
      '-o',
      'jsonpath={range .items[*]}{.metadata.name}{"\\t"}{.spec.containers[0].command}{.spec.containers[0].args}{.spec.containers[0].env}{"\\n"}{end}',
    ),
  ],
};
