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

import {
  LABELS,
  LABEL_VALUES,
  describeObject,
  listAt,
  recordAt,
  textAt,
  textsAt,
} from '../kubernetes';
import type { KubernetesObject } from '../kubernetes';
import type { PlatformProfile } from './types';

/** Something objects show that some releases do and others do not. */
export interface Trait {
  evidence: string;
  fits(profile: PlatformProfile): boolean;
}

function isManaged(route: KubernetesObject): boolean {
  return (
    route.kind === 'HTTPRoute' &&
    route.metadata.labels?.[LABELS.component] === LABEL_VALUES.route
  );
}

/** Last part of a path that a rule takes by prefix, such as `/v1/messages`. */
function promptsOf(rule: unknown): string[] {
  return listAt(rule, 'matches').flatMap(match => {
    const path = textAt(match, 'path', 'value') ?? '';
    const prompt = /\/v1\/[a-z/]+$/.exec(path)?.[0];
    return textAt(match, 'path', 'type') === 'PathPrefix' && prompt
      ? [prompt]
      : [];
  });
}

function samePrompts(profile: PlatformProfile, seen: Set<string>): boolean {
  const own = new Set(
    profile.routeRules
      .filter(({ by }) => by === 'path')
      .flatMap(({ prompts }) => prompts),
  );
  return own.size === seen.size && [...own].every(path => seen.has(path));
}

/** The rules of a route, as KServe writes them; rules somebody wrote say nothing of its release. */
export function kserveRulesOf(route: KubernetesObject): {
  rules: unknown[];
  named: boolean;
} {
  const rules = listAt(route.spec, 'rules');
  const names = rules.flatMap(rule => textAt(rule, 'name') ?? []);
  const own = names.some(name => !/^v1-[a-z-]+$/.test(name));
  return { rules: own ? [] : rules, named: !own && names.length > 0 };
}

function fromRoute(route: KubernetesObject): Trait | undefined {
  const { rules, named } = kserveRulesOf(route);
  if (rules.length === 0) {
    return undefined;
  }
  const seen = new Set(rules.flatMap(promptsOf));
  return {
    evidence: `${describeObject(route)} has ${rules.length} ${
      named ? 'named' : 'unnamed'
    } rules, for ${[...seen].join(', ') || 'every path'}`,
    fits: profile => profile.namesRules === named && samePrompts(profile, seen),
  };
}

/** How the engine is launched: the script, and where it stands. */
function fromWorkload(workload: KubernetesObject): Trait | undefined {
  const main = listAt(
    recordAt(workload.spec, 'template', 'spec'),
    'containers',
  ).find(container => textAt(container, 'name') === 'main');
  const command = textsAt(main, 'command');
  const script = [...command, ...textsAt(main, 'args')].find(word =>
    word.includes('eval "'),
  );
  const where = describeObject(workload);
  if (command[0] === 'vllm') {
    return {
      evidence: `${where} runs vllm without a launch script`,
      fits: ({ evaluates }) => !evaluates,
    };
  }
  if (script === undefined) {
    return undefined;
  }
  const inCommand = command.includes(script);
  const publisher = script.includes('publishers/');
  return {
    evidence: `${where} has its launch script in ${
      inCommand ? 'command' : 'args'
    }${publisher ? ', with the publisher name' : ''}`,
    fits: profile =>
      profile.evaluates &&
      profile.publisherName === publisher &&
      (profile.arguments === 'append') === inCommand,
  };
}

/** What routes and engines show of the release that made them. */
export function traitsOf(objects: readonly KubernetesObject[]): Trait[] {
  return objects.flatMap(object => {
    if (isManaged(object)) {
      return fromRoute(object) ?? [];
    }
    const isWorkload =
      object.kind === 'Deployment' &&
      object.metadata.labels?.[LABELS.kserveComponent] ===
        LABEL_VALUES.workload;
    return isWorkload ? fromWorkload(object) ?? [] : [];
  });
}
