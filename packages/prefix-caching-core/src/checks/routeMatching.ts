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

import { listAt, textAt } from '../kubernetes';
import type { RouteBackend, RouteRule } from '../observation';

/** The paths every OpenAI client uses with a prompt in the body; each release routes them to the pool. */
export const PROMPT_PATHS = ['/v1/completions', '/v1/chat/completions'];
/** Routed to the pool by newer releases only. */
export const NEWER_PROMPT_PATHS = ['/v1/responses', '/v1/messages'];

interface Match {
  exact: boolean;
  path: string;
  /** Header conditions in one comparable text; empty for none. */
  headers: string;
  rule: RouteRule;
}

function matchesOf(rules: readonly RouteRule[]): Match[] {
  return rules.flatMap(rule =>
    (rule.matches.length > 0 ? rule.matches : [{}]).map(match => ({
      exact: textAt(match, 'path', 'type') === 'Exact',
      path: (textAt(match, 'path', 'value') ?? '/').replace(/(.)\/$/, '$1'),
      headers: listAt(match, 'headers')
        .map(
          header =>
            `${textAt(header, 'name')?.toLowerCase()}=${textAt(
              header,
              'value',
            )}`,
        )
        .sort()
        .join('&'),
      rule,
    })),
  );
}

function applies(match: Match, path: string): boolean {
  if (match.exact) return match.path === path;
  return (
    match.path === '/' ||
    path === match.path ||
    path.startsWith(`${match.path}/`)
  );
}

/** Where requests to one path go. */
export interface PathTarget {
  /** As a client sees it, header conditions included. */
  request: string;
  path: string;
  backends: RouteBackend[];
}

/** The addresses a route gives its model: what stands before `/v1/…`. */
function basesOf(matches: readonly Match[]): string[] {
  const suffixes = [...PROMPT_PATHS, ...NEWER_PROMPT_PATHS];
  return [
    ...new Set(
      matches.map(({ path }) => {
        const suffix = suffixes.find(end => path.endsWith(end));
        return (suffix ? path.slice(0, -suffix.length) : path).replace(
          /^\/$/,
          '',
        );
      }),
    ),
  ].filter(base => !base.includes('/v1/') && !base.endsWith('/v1'));
}

/**
 * For each address of the model and each prompt path: the backends of the rule
 * that Gateway API picks, Exact before the longest prefix, and never by index.
 */
export function promptTargets(rules: readonly RouteRule[]): PathTarget[] {
  const all = matchesOf(rules);
  const groups = [...new Set(all.map(({ headers }) => headers))];
  return groups.flatMap(headers => {
    const matches = all.filter(match => match.headers === headers);
    return basesOf(matches).flatMap(base =>
      [...PROMPT_PATHS, ...NEWER_PROMPT_PATHS].flatMap(path => {
        const best = matches
          .filter(match => applies(match, base + path))
          .sort(
            (a, b) =>
              Number(b.exact) - Number(a.exact) ||
              b.path.length - a.path.length,
          )[0];
        return best
          ? [
              {
                request: headers ? `${base}${path} (${headers})` : base + path,
                path,
                backends: best.rule.backends,
              },
            ]
          : [];
      }),
    );
  });
}
