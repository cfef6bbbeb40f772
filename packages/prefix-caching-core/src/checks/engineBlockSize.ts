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

import { generatedNames, LABELS } from '../kubernetes';
import { enginePods, gapFor } from '../observation';
import type { Observation } from '../observation';
import { inert, smallestPrefix, tooSmall, unlike } from './blockProblems';
import { countersOf } from './counters';
import { engineBlocks } from './engineBlocks';
import type { EngineBlock } from './engineBlocks';
import { gapEvidence, judge, kubectl, unanswered } from './judgement';
import { pickerBlock } from './pickerBlock';
import type { PickerBlock } from './pickerBlock';
import { disagreements } from './preciseAgreement';
import type { Check, Evidence, Judgement } from './types';

function evidenceOf(
  engines: readonly EngineBlock[],
  picker: PickerBlock | undefined,
): Evidence[] {
  return [
    ...engines.map(({ where, source, known }) => ({
      subject: where,
      value: source,
      ...(known === 'flag' && { sensitive: true }),
    })),
    ...(picker
      ? [
          {
            subject: picker.source,
            value: `${picker.mode}, ${
              picker.tokens === undefined
                ? 'size of its pieces not known'
                : `${picker.tokens} tokens a piece`
            }`,
          },
        ]
      : []),
  ];
}

function disagreement(
  observation: Observation,
  engines: readonly EngineBlock[],
  picker: PickerBlock | undefined,
): Judgement | undefined {
  const [first] = picker ? disagreements(observation, engines, picker) : [];
  if (!first) return undefined;
  // What was seen to match does match, whatever the settings look like.
  const matches =
    (countersOf(observation.endpoints).predictedHitRatio ?? 0) > 0;
  return judge(matches ? 'warn' : 'fail', first.summary, first.actual, {
    remedy: first.remedy,
  });
}

function undecided(
  observation: Observation,
  engines: readonly EngineBlock[],
): Judgement | undefined {
  if (
    observation.source === 'cluster' &&
    enginePods(observation).length === 0
  ) {
    return (
      unanswered(observation, ['Pod'], 'blocks agree') ??
      judge(
        'inconclusive',
        'No engine pod exists, so the size of its blocks is not proven.',
        'no pod',
      )
    );
  }
  if (engines.length === 0) {
    return judge(
      'skipped',
      'No engine container is among the files.',
      'not looked for',
    );
  }
  const gap = gapFor(observation, 'metrics/engine');
  const unsure = engines.filter(
    ({ known }) => known === 'no' || (known === 'default' && gap),
  );
  if (unsure.length === 0) return undefined;
  if (observation.source === 'manifests') {
    return judge(
      'skipped',
      'Not decided from files: the engine says how large its blocks are.',
      unsure[0].source,
    );
  }
  return judge(
    'inconclusive',
    gap
      ? "Can't tell how large blocks are: the engines' metrics did not answer."
      : 'An engine does not say how large its blocks are.',
    gap ? gap.message.replace(/\.$/, '') : unsure[0].source,
    {
      evidence: gap ? [gapEvidence(gap)] : [],
      remedy: gap?.remedy,
      responsible: gap ? 'platform' : undefined,
    },
  );
}

function judgeBlocks({ observation }: { observation: Observation }): Judgement {
  const engines = engineBlocks(observation);
  const picker = pickerBlock(observation);
  const tokens = engines.flatMap(engine => engine.tokens ?? []);
  const judged =
    inert(engines) ??
    disagreement(
      observation,
      engines.filter(({ known }) => known !== 'no'),
      picker,
    ) ??
    undecided(observation, engines) ??
    unlike(tokens) ??
    tooSmall(picker) ??
    smallestPrefix(tokens, picker);
  return {
    ...judged,
    evidence: [...evidenceOf(engines, picker), ...(judged.evidence ?? [])],
  };
}

/** What the smallest prefix is that can hit, and whether all agree on it. */
export const engineBlockSize: Check = {
  id: 'engine.block-size',
  component: 'engine',
  requirement: 'required',
  title: 'Blocks agree and prefixes fill them',
  expected:
    'one block size in all engines, smaller than the context, and the same in a picker that follows their events',
  responsible: 'owner',
  judge: judgeBlocks,
  commands: ({ target }) => [
    kubectl(
      'block size and hash settings of the engines',
      'get',
      'pods',
      '-n',
      target.namespace,
      '-l',
      `${LABELS.name}=${target.name},${LABELS.kserveComponent}=workload`,
      '-o',
      'jsonpath={range .items[*]}{.metadata.name}{"\\t"}{.spec.containers[0].args}{.spec.containers[0].env}{"\\n"}{end}',
    ),
    kubectl(
      "the picker's configuration",
      'get',
      'deployment',
      generatedNames(target.name).picker,
      '-n',
      target.namespace,
      '-o',
      'yaml',
    ),
  ],
};
