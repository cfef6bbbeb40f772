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
  containerFlags,
  holdsLauncher,
  listAt,
  readLaunch,
  textAt,
  textsAt,
} from '../kubernetes';
import { compareVersions } from '../platforms/versions';
import { engineRelease } from './engineRelease';
import { evalEffects, splitEffects } from './evalEffects';
import { REMOVED_FLAGS } from './removedFlags';

/** How a platform reads a user's `args` where he gives no `command`. */
export type ArgumentStyle = 'append' | 'replace-script';

/** Something that keeps arguments from doing what they say. */
export interface ArgumentProblem {
  /**
   * `stops`: the engine does not start; `lost`: it starts without them;
   * `idle`: it leaves devices unused; `likely`: it depends on a release that
   * cannot be told.
   */
  effect: 'stops' | 'lost' | 'idle' | 'likely';
  /** The cause in a few words, without what the arguments hold. */
  cause: string;
  message: string;
  remedy: string;
}

/** A backslash that is not the last character of its line continues nothing. */
const BROKEN_CONTINUATION = /\\[ \t]+(#[^\n]*)?(?=\n|$)/;

function continuation(texts: string[]): ArgumentProblem[] {
  const broken = texts
    .map(text => BROKEN_CONTINUATION.exec(text))
    .find(Boolean);
  return broken
    ? [
        {
          effect: 'lost',
          cause: 'a line continuation is broken',
          message: broken[1]
            ? `a comment follows a line continuation ("${broken[0].trim()}"), so the flags after it are lost`
            : 'a blank follows the backslash of a line continuation, so the flags after it are lost',
          remedy:
            'End the line with the backslash and move the comment to a line of its own.',
        },
      ]
    : [];
}

/** The arguments that a launch script or command gets in addition to its own. */
function appendedArguments(
  container: unknown,
  style: ArgumentStyle | undefined,
): string[] {
  const args = textsAt(container, 'args');
  const launch = readLaunch(container);
  if (textsAt(container, 'command').length === 0) {
    return style === 'append' ? args : [];
  }
  if (launch.script === undefined) return args;
  return launch.passesParameters ? launch.parameters : [];
}

function launcher(
  container: unknown,
  style: ArgumentStyle | undefined,
): ArgumentProblem[] {
  const command = textsAt(container, 'command');
  const args = textsAt(container, 'args');
  const launch = readLaunch(container);
  const appended = appendedArguments(container, style);
  const own = holdsLauncher(command.join(' '));
  if (holdsLauncher(appended.join(' ')) && (command.length === 0 || own)) {
    return [
      {
        effect: 'stops',
        cause: 'they bring a second launcher',
        message:
          'the arguments bring a launcher of their own, but they are appended to the one that is already there',
        remedy: 'Give the flags alone as a list, or override command as well.',
      },
    ];
  }
  const replaces =
    launch.scriptIn === 'args'
      ? /^\s*--?\w/.test(launch.script ?? '')
      : command.length === 0 &&
        style === 'replace-script' &&
        /^\s*--?\w/.test(args[0] ?? '');
  return replaces
    ? [
        {
          effect: 'stops',
          cause: 'they replace the launch script',
          message:
            'the arguments replace the launch script, and a list of flags is no script',
          remedy:
            'Give the flags in the environment variable VLLM_ADDITIONAL_ARGS.',
        },
      ]
    : [];
}

function evaluated(
  container: unknown,
  style: ArgumentStyle | undefined,
): ArgumentProblem[] {
  const launch = readLaunch(container);
  const templated = textsAt(container, 'command').length === 0;
  const known = listAt(container, 'env').flatMap(
    variable => textAt(variable, 'name') ?? [],
  );
  const readAgain = templated
    ? style === 'append'
    : launch.evaluates && launch.passesParameters;
  const parameters = readAgain ? appendedArguments(container, style) : [];
  const additional =
    launch.additional !== undefined && (launch.evaluates || templated)
      ? [launch.additional]
      : [];
  return [
    ...[...parameters, ...additional].flatMap(text => evalEffects(text, known)),
    ...parameters.flatMap(splitEffects),
  ].map(effect => ({
    effect: 'stops' as const,
    cause: 'the launch script reads them a second time',
    message: `the launch script reads the arguments a second time: ${effect}`,
    remedy:
      'Put single quotes inside the value, around what the engine must get.',
  }));
}

function removed(container: unknown): ArgumentProblem[] {
  const flags = containerFlags(container);
  const release = engineRelease(container);
  return REMOVED_FLAGS.filter(flag => flags.has(flag.name)).flatMap(flag => {
    const order = release.version
      ? compareVersions(release.version, flag.removedIn)
      : undefined;
    if (order !== undefined && order < 0) return [];
    // A platform's own preset is at least as new as the removal.
    const certain =
      order !== undefined || release.name.startsWith("the platform's");
    return [
      {
        effect: certain ? ('stops' as const) : ('likely' as const),
        cause: certain
          ? `vLLM ${flag.removedIn} removed --${flag.name}`
          : `newer engines know no --${flag.name}`,
        message: `--${flag.name} was removed in vLLM ${flag.removedIn}${
          certain
            ? ''
            : `, and the release of ${release.name} cannot be told from its image`
        }`,
        remedy: `Take --${flag.name} out: ${flag.instead}.`,
      },
    ];
  });
}

/** Everything about a container's arguments that would keep its engine from starting as meant. */
export function argumentProblems(
  container: unknown,
  style: ArgumentStyle | undefined,
): ArgumentProblem[] {
  const texts = [
    ...textsAt(container, 'command'),
    ...textsAt(container, 'args'),
    readLaunch(container).additional ?? '',
  ];
  return [
    ...continuation(texts),
    ...launcher(container, style),
    ...evaluated(container, style),
    ...removed(container),
  ];
}
