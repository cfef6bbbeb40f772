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

import { generatedNames, textAt } from '../kubernetes';
import { routerPods } from '../observation';
import type { Observation } from '../observation';
import type { EndpointPickerConfig, SchedulingProfile } from '../picker-config';
import { isPrefixScorer } from '../scoring';
import { judge, kubectl, listed, unanswered } from './judgement';
import { declaredPickerConfig, livePickerConfig } from './livePickerConfig';
import type { LivePickerConfig } from './livePickerConfig';
import type { Check, Evidence, Judgement } from './types';

function describeProfile(profile: SchedulingProfile, several: boolean): string {
  const scorers = profile.scorers
    .map(({ type, weight }) => `${type} ${weight}`)
    .join(', ');
  return `${several ? `${profile.name}: ` : ''}${scorers || 'no scorer'}`;
}

/** `queue-scorer 2, prefix-cache-scorer 3`, per profile. */
export function describeScorers(config: EndpointPickerConfig): string {
  const several = config.profiles.length > 1;
  return config.profiles
    .map(profile => describeProfile(profile, several))
    .join('; ');
}

function prefixWeight(profile: SchedulingProfile): number {
  return profile.scorers
    .filter(({ type }) => isPrefixScorer(type))
    .reduce((sum, { weight }) => sum + weight, 0);
}

/** A prefix scorer that waits for data of a producer nobody configured scores 0 for ever. */
function missingProducer(config: EndpointPickerConfig): string | undefined {
  const names = new Set(
    config.plugins.flatMap(({ name, type }) => [name, type]),
  );
  for (const { type, parameters } of config.plugins) {
    const producer = textAt(parameters, 'prefixMatchInfoProducerName');
    if (isPrefixScorer(type) && producer && !names.has(producer)) {
      return producer;
    }
  }
  return undefined;
}

/** Compares by type and weight: controllers rewrite the text, not the meaning. */
function differs(
  one: EndpointPickerConfig,
  other: EndpointPickerConfig,
): boolean {
  const meaning = (config: EndpointPickerConfig) =>
    JSON.stringify(
      config.profiles.map(({ name, scorers }) => [
        name,
        scorers.map(({ type, weight }) => `${type}=${weight}`).sort(),
      ]),
    );
  return meaning(one) !== meaning(other);
}

function judgeConfig(
  { config, source }: LivePickerConfig & { config: EndpointPickerConfig },
  observation: Observation,
): Judgement {
  const actual = describeScorers(config) || 'no scheduling profile';
  const evidence: Evidence[] = [{ subject: source, value: actual }];
  const remedy =
    'Give prefix-cache-scorer a weight above 0 in the scheduling profile (router.scheduler.config, or --config-text on older releases).';
  const without = config.profiles.filter(profile => prefixWeight(profile) <= 0);
  if (without.length === config.profiles.length) {
    const named = config.profiles.some(({ scorers }) =>
      scorers.some(({ type }) => isPrefixScorer(type)),
    );
    return judge(
      'fail',
      named
        ? 'The prefix scorer has weight 0, so the Endpoint Picker ignores what replicas hold.'
        : 'The Endpoint Picker runs without a prefix scorer, so it ignores what replicas hold.',
      actual,
      { evidence, remedy },
    );
  }
  const producer = missingProducer(config);
  if (producer) {
    return judge(
      'fail',
      'The prefix scorer waits for a producer nobody configured, so it scores 0.',
      `${actual}; no plugin ${producer}`,
      { evidence, remedy: `Add the plugin ${producer} to the configuration.` },
    );
  }
  const declared = declaredPickerConfig(observation);
  if (declared?.config && differs(declared.config, config)) {
    return judge(
      'warn',
      'The Endpoint Picker runs other weights than the service declares.',
      actual,
      {
        evidence: [
          ...evidence,
          { subject: declared.source, value: describeScorers(declared.config) },
        ],
        remedy:
          'Restart the picker, or change the declaration to what is meant.',
      },
    );
  }
  return without.length > 0
    ? judge(
        'warn',
        `The prefix scorer is missing from ${without.length} of ${config.profiles.length} scheduling profiles.`,
        `${actual}; missing from ${listed(without.map(({ name }) => name))}`,
        { evidence, remedy },
      )
    : judge('pass', 'The Endpoint Picker weighs what replicas hold.', actual, {
        evidence,
      });
}

function judgeScorers({
  observation,
}: {
  observation: Observation;
}): Judgement {
  const live = livePickerConfig(observation);
  if (observation.source === 'manifests') {
    const found = live ?? declaredPickerConfig(observation);
    if (!found) {
      return judge(
        'skipped',
        "Not decided from files: they give no weights, so the platform's default applies.",
        'no weights given',
      );
    }
    return found.config
      ? judgeConfig({ ...found, config: found.config }, observation)
      : judge(
          'fail',
          "The Endpoint Picker's configuration cannot be read.",
          found.problem,
          {
            evidence: [{ subject: found.source, value: found.problem ?? '' }],
            remedy:
              'Correct the configuration there; an Endpoint Picker does not start with one that it cannot read.',
          },
        );
  }
  if (live?.config) {
    const judged = judgeConfig({ ...live, config: live.config }, observation);
    if (live.running || judged.verdict === 'fail') return judged;
    const unread = unanswered(
      observation,
      ['Pod'],
      'an Endpoint Picker runs with these weights',
    );
    const { actual, evidence } = judged;
    return unread
      ? {
          ...unread,
          actual,
          evidence: [...(evidence ?? []), ...(unread.evidence ?? [])],
        }
      : judge(
          'inconclusive',
          'The weights are those of the Deployment; no Endpoint Picker runs with them.',
          actual,
          { evidence },
        );
  }
  if (live) {
    const evidence = [{ subject: live.source, value: live.problem ?? '' }];
    return judge(
      'inconclusive',
      "The Endpoint Picker's weights cannot be read.",
      live.problem,
      { evidence },
    );
  }
  return (
    unanswered(
      observation,
      ['Deployment', 'Pod'],
      'the Endpoint Picker weighs prefixes',
    ) ??
    judge(
      'inconclusive',
      routerPods(observation).length > 0
        ? 'The Endpoint Picker carries no configuration flag, so its weights are not known.'
        : 'No Endpoint Picker was seen, so its weights are not known.',
      'no configuration flag found',
    )
  );
}

/** Whether the running picker weighs prefixes. */
export const routerScorers: Check = {
  id: 'router.scorers',
  component: 'router',
  requirement: 'required',
  title: 'Live scorers weigh the prefix',
  expected:
    'a prefix scorer with a weight above 0, and its producer, in the running picker',
  responsible: 'platform',
  judge: judgeScorers,
  commands: ({ target }) => [
    kubectl(
      'the live configuration',
      'get',
      'deployment',
      generatedNames(target.name).picker,
      '-n',
      target.namespace,
      '-o',
      'jsonpath={.spec.template.spec.containers[?(@.name=="main")].command}{"\\n"}{.spec.template.spec.containers[?(@.name=="main")].args}',
    ),
  ],
};
