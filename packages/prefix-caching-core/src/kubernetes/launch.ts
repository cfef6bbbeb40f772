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

import { isRecord, listAt, textAt, textsAt } from './accessors';
import { splitShellWords } from './shellWords';

/** The variable the presets' launch scripts append to the engine's command. @public */
export const ADDITIONAL_ARGS = 'VLLM_ADDITIONAL_ARGS';

const SHELL = /(^|\/)(ba|da|z)?sh$/;
/** What starts an engine or an EPP inside a script. */
const LAUNCHER =
  /(\bvllm\s+serve\b|\bpython3?\s+-m\s+[\w.]+|\bsglang\.launch_server\b|\/app\/epp\b)/g;
const PASSES_PARAMETERS = /\$[@*]|\$\{[@*]\}/;

/** How a container starts its process. @public */
export interface Launch {
  /** The shell script, where there is one. */
  script?: string;
  /** Which field holds the script. */
  scriptIn?: 'command' | 'args';
  /** What follows the script: its positional parameters. */
  parameters: string[];
  /** Whether the script hands its parameters on (`$@`). */
  passesParameters: boolean;
  /** Whether the script runs its launch line through `eval`, so that quotes are read a second time. */
  evaluates: boolean;
  /** Value of `VLLM_ADDITIONAL_ARGS`. */
  additional?: string;
  /** The words the process gets, as far as they can be told. */
  words: string[];
}

/** Whether a text holds the launch of an engine or of an EPP. @public */
export function holdsLauncher(text: string): boolean {
  return text.search(LAUNCHER) >= 0;
}

/** From the last launcher in a script to the end of its logical line. */
function launchLine(script: string): string {
  const starts = Array.from(script.matchAll(LAUNCHER), match => match.index);
  const from = script.slice(starts.at(-1) ?? 0);
  const end = from.search(/(?<!\\)\n/);
  return end < 0 ? from : from.slice(0, end);
}

function additionalArgs(container: unknown): string | undefined {
  const entry = listAt(container, 'env').find(
    variable => textAt(variable, 'name') === ADDITIONAL_ARGS,
  );
  return textAt(entry, 'value');
}

function scriptWords(
  script: string,
  parameters: string[],
  additional: string | undefined,
): string[] {
  return splitShellWords(launchLine(script)).flatMap(({ text }) => {
    if (/^\$\{?VLLM_ADDITIONAL_ARGS(:-)?\}?$/.test(text)) {
      return splitShellWords(additional ?? '').map(word => word.text);
    }
    return /^\$(\{[@*]\}|[@*])$/.test(text) ? parameters : [text];
  });
}

/** Objects are read and never changed, and many checks ask for the same containers. */
const launches = new WeakMap<object, Launch>();

/**
 * How a container starts, whichever release wrote it: a plain list, a shell
 * with its script in `command` (KServe v0.18 and newer) or in `args` (RHAII
 * 3.4), or only the `args` a user gave.
 *
 * @public
 */
export function readLaunch(container: unknown): Launch {
  if (!isRecord(container)) return launchOf(container);
  const known = launches.get(container);
  if (known) return known;
  const launch = launchOf(container);
  launches.set(container, launch);
  return launch;
}

function launchOf(container: unknown): Launch {
  const command = textsAt(container, 'command');
  const args = textsAt(container, 'args');
  const additional = additionalArgs(container);
  const all = [...command, ...args];
  const dashC = all.indexOf('-c');
  const isShell = SHELL.test(command[0] ?? '') && dashC >= 0;
  const loose = isShell
    ? -1
    : args.findIndex(arg => /\s/.test(arg.trim()) && holdsLauncher(arg));
  const scriptAt = isShell ? dashC + 1 : command.length + loose;
  const script = isShell || loose >= 0 ? all[scriptAt] : undefined;
  if (script === undefined) {
    const extra = command.length === 0 ? splitShellWords(additional ?? '') : [];
    return {
      parameters: [],
      passesParameters: false,
      evaluates: false,
      additional,
      words: [...all, ...extra.map(word => word.text)],
    };
  }
  // A shell takes the word after its script as $0.
  const parameters = all.slice(scriptAt + (isShell ? 2 : 1));
  return {
    script,
    scriptIn: scriptAt < command.length ? 'command' : 'args',
    parameters,
    passesParameters: PASSES_PARAMETERS.test(script),
    evaluates: /\beval\s/.test(script),
    additional,
    words: scriptWords(script, parameters, additional),
  };
}
