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

import type { Gap } from '../observation';
import {
  count,
  gapEvidence,
  judge,
  kubectl,
  listed,
  lowerFirst,
  unanswered,
  unreadWords,
} from './judgement';
import { ALL_KINDS, observe } from './testing/cluster';

const gap = (parts: Partial<Gap> = {}): Gap => ({
  what: 'NetworkPolicy',
  reason: 'forbidden',
  message: 'networkpolicies.networking.k8s.io may not be listed.',
  ...parts,
});
const withoutPods = ALL_KINDS.filter(kind => kind !== 'Pod');

describe('a judgement', () => {
  it('repeats its summary where nothing more was seen', () => {
    expect(judge('pass', 'It is on.')).toEqual({
      verdict: 'pass',
      summary: 'It is on.',
      actual: 'It is on.',
    });
  });
});

describe('a question that reading cannot answer', () => {
  it('is not decided where access is refused, and says what to grant', () => {
    expect(
      unanswered(
        observe({}, { gaps: [gap({ namespace: 'llm', status: 403 })] }),
        ['Pod', 'NetworkPolicy'],
        'the picker is reached',
      ),
    ).toEqual({
      verdict: 'inconclusive',
      summary:
        "Can't tell whether the picker is reached: NetworkPolicies may not be read.",
      actual: 'networkpolicies.networking.k8s.io may not be listed',
      evidence: [
        {
          subject: 'NetworkPolicy',
          value:
            'networkpolicies.networking.k8s.io may not be listed. (HTTP 403)',
        },
      ],
      remedy:
        "Let the portal's service account get and list NetworkPolicy in namespace llm.",
      responsible: 'platform',
    });
  });

  it('names no namespace where none is to be granted', () => {
    expect(
      unanswered(
        observe({}, { gaps: [gap()] }),
        ['NetworkPolicy'],
        'the picker is reached',
      )?.remedy,
    ).toBe("Let the portal's service account get and list NetworkPolicy.");
  });

  it.each([
    [
      'manifests',
      'Not decided from files: whether pods run.',
      'it shows in Pod, and none is among the files',
    ],
    [
      'cluster',
      'Not decided: whether pods run.',
      'it shows in Pod, which was not asked for',
    ],
  ] as const)(
    'is left out where its kind was not looked for: %s',
    (source, summary, actual) => {
      expect(
        unanswered(
          observe({}, { source, asked: withoutPods }),
          ['Service', 'Pod'],
          'pods run',
        ),
      ).toEqual({ verdict: 'skipped', summary, actual });
    },
  );

  it('is none where all kinds were read', () => {
    expect(unanswered(observe(), ['Pod', 'Service'], 'x')).toBeUndefined();
  });
});

describe('why something was not read', () => {
  it.each<[string, Partial<Gap>]>([
    ['NetworkPolicies may not be read', {}],
    ['Pods may not be read', { what: 'Pod', reason: 'unauthorized' }],
    [
      'the cluster may not be read',
      { what: 'cluster', reason: 'unauthorized' },
    ],
    ['the cluster did not answer', { what: 'cluster', reason: 'unreachable' }],
    ['Pods could not be read', { what: 'Pod', reason: 'unreachable' }],
    [
      'the cluster serves no InferencePools',
      { what: 'InferencePool', reason: 'not-installed' },
    ],
  ])('%s', (words, parts) => {
    expect(unreadWords(gap(parts))).toBe(words);
  });

  it('an answer that the server gave is part of the evidence', () => {
    expect(gapEvidence(gap({ what: 'Pod', message: 'No.' }))).toEqual({
      subject: 'Pod',
      value: 'No.',
    });
  });
});

describe('words', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a and b', ['a', 'b']],
    ['a, b, c and d', ['a', 'b', 'c', 'd']],
  ])('a list: "%s"', (text, names) => {
    expect(listed(names)).toBe(text);
  });

  it.each([
    ['0 pods', 0],
    ['1 pod', 1],
    ['2 pods', 2],
  ])('a number: %s', (text, n) => {
    expect(count(n, 'pod')).toBe(text);
  });

  it.each([
    ['The picker is down.', 'the picker is down.'],
    ['A picker is down.', 'a picker is down.'],
    ['An engine is down.', 'an engine is down.'],
    ['Engine pods are down.', 'engine pods are down.'],
    ['Engines are down.', 'engines are down.'],
    ['Replica 1 is down.', 'replica 1 is down.'],
    ['Replicas are down.', 'replicas are down.'],
    ['Prompt paths are lost.', 'prompt paths are lost.'],
    ['Prompts are lost.', 'prompts are lost.'],
    ["Istio's proxies are old.", "istio's proxies are old."],
    ['Pods may not be read.', 'Pods may not be read.'],
    ['Allnet is a name.', 'Allnet is a name.'],
    [
      'InferencePool chat: The pool is gone.',
      'InferencePool chat: The pool is gone.',
    ],
  ])('inside a sentence: %s', (sentence, inside) => {
    expect(lowerFirst(sentence)).toBe(inside);
  });
});

describe('a command to copy', () => {
  it.each([
    ['plain words', ['get', 'pods', '-n', 'llm'], 'kubectl get pods -n llm'],
    ['a word left out', ['get', undefined, 'pods'], 'kubectl get pods'],
    ['labels', ['-l', 'a.b/c=d,e=f'], 'kubectl -l a.b/c=d,e=f'],
    ['braces', ['jsonpath={.spec}'], "kubectl 'jsonpath={.spec}'"],
    ['a blank at the end', ['a '], "kubectl 'a '"],
    ['a blank at the beginning', [' a'], "kubectl ' a'"],
    ['what would end the command', ['a;b'], "kubectl 'a;b'"],
    ['a quote', ["it's"], "kubectl 'it'\\''s'"],
    ['nothing at all', [''], "kubectl ''"],
  ])('%s', (_, words, command) => {
    expect(kubectl('shows it', ...words)).toEqual({
      purpose: 'shows it',
      command,
    });
  });
});
