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
import { gapFor, wasAsked } from '../observation';
import type { Gap, Observation, Target } from '../observation';
import type { Evidence, Judgement, KubectlCommand } from './types';

type Extra = Omit<Partial<Judgement>, 'verdict' | 'summary' | 'actual'>;

/** A judgement; `actual` is the summary again where nothing more was seen. */
export function judge(
  verdict: Judgement['verdict'],
  summary: string,
  actual: string = summary,
  extra: Extra = {},
): Judgement {
  return { verdict, summary, actual, ...extra };
}

export function gapEvidence(gap: Gap): Evidence {
  const status = gap.status === undefined ? '' : ` (HTTP ${gap.status})`;
  return { subject: gap.what, value: `${gap.message}${status}` };
}

export function objectEvidence(
  object: KubernetesObject,
  value: string,
  sensitive?: boolean,
): Evidence {
  return {
    subject: describeObject(object),
    value,
    ...(sensitive && { sensitive }),
  };
}

/**
 * What to say when a kind that decides was not looked for, or could not be
 * read: skipped with the reason, or inconclusive with the gap and what would
 * close it. `undefined` when all kinds were read.
 */
export function unanswered(
  observation: Observation,
  kinds: readonly string[],
  question: string,
): Judgement | undefined {
  const gap = kinds.map(kind => gapFor(observation, kind)).find(Boolean);
  if (gap) {
    return judge(
      'inconclusive',
      `Can't tell whether ${question}: ${unreadWords(gap)}.`,
      gap.message.replace(/\.$/, ''),
      {
        evidence: [gapEvidence(gap)],
        remedy: gap.remedy ?? accessRemedy(gap.what, gap.namespace),
        responsible: 'platform',
      },
    );
  }
  const missing = kinds.filter(kind => !wasAsked(observation, kind));
  if (missing.length > 0) {
    return judge(
      'skipped',
      observation.source === 'manifests'
        ? `Not decided from files: whether ${question}.`
        : `Not decided: whether ${question}.`,
      observation.source === 'manifests'
        ? `it shows in ${listed(missing)}, and none is among the files`
        : `it shows in ${listed(missing)}, which was not asked for`,
    );
  }
  return undefined;
}

/** Why something was not read, in a few words; the gap's own message has the rest. */
export function unreadWords({ what, reason }: Gap): string {
  const subject = what === 'cluster' ? 'the cluster' : pluralKind(what);
  switch (reason) {
    case 'forbidden':
    case 'unauthorized':
      return `${subject} may not be read`;
    case 'not-installed':
      return `the cluster serves no ${subject}`;
    default:
      return what === 'cluster'
        ? 'the cluster did not answer'
        : `${subject} could not be read`;
  }
}

/** `NetworkPolicies`, `Pods`. */
function pluralKind(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

function accessRemedy(what: string, namespace: string | undefined): string {
  const where = namespace ? ` in namespace ${namespace}` : '';
  return `Let the portal's service account get and list ${what}${where}.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** That a cluster has no such service. */
export function absenceOf({ cluster, namespace, name }: Target): string {
  const where = cluster ? ` on cluster ${cluster}` : '';
  return `There is no LLMInferenceService ${namespace}/${name}${where}.`;
}

/** Lower-cases the first letter of an ordinary word; names keep theirs. */
export function lowerFirst(sentence: string): string {
  return /^(The|This|No|Not|Only|An?|Nothing|None|One|Two|All|Every|Each|Some|It|Its|Engines?|Requests|Replicas?|Prompts?|Traffic|Istio's|Neither|Another|Several|There|Who|Few|Route|What|Equal|Nobody|Asked)\b/.test(
    sentence,
  )
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

/** Quotes a word for a shell unless it is plainly harmless. */
function shellWord(word: string): string {
  return /^[\w.:/=,@{}*[\]-]+$/.test(word) && !/[{}*[\]]/.test(word)
    ? word
    : `'${word.replace(/'/g, `'\\''`)}'`;
}

/** A `kubectl` command that only reads. */
export function kubectl(
  purpose: string,
  ...words: (string | undefined)[]
): KubectlCommand {
  const present = words.filter((word): word is string => word !== undefined);
  return {
    purpose,
    command: ['kubectl', ...present.map(shellWord)].join(' '),
  };
}

/** `3 of 4 replicas`, `1 replica`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
