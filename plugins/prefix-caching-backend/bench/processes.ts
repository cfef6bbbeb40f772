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

import { fork, type ChildProcess } from 'node:child_process';

/** Longer than any step takes. */
const PATIENCE_MS = 240_000;

/** Starts a script again, in a process of its own. */
export function startProcess(script: string, ...args: string[]): ChildProcess {
  return fork(script, args, { stdio: 'inherit' });
}

/** Tells the parent something. */
export function tell(value: unknown): void {
  process.send?.({ bench: value });
}

/** Answers each question of the parent, and ends with it. */
export function answer(how: () => unknown): void {
  process.on('message', async () => tell(await how()));
  process.on('disconnect', () => process.exit());
}

/** What a child tells next. The module loader uses the same channel. */
export function told<T>(
  child: ChildProcess,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail(new Error('A process of the benchmark says nothing')),
      patienceMs,
    );
    const listen = (message: unknown) => {
      if (typeof message === 'object' && message && 'bench' in message) {
        done();
        resolve(message.bench as T);
      }
    };
    const ended = (code: number | null) =>
      fail(new Error(`A process of the benchmark ended with ${code}`));
    function done() {
      clearTimeout(timer);
      child.off('message', listen);
      child.off('exit', ended);
    }
    function fail(error: Error) {
      done();
      reject(error);
    }
    child.on('message', listen);
    child.on('exit', ended);
  });
}

/** Asks a child and gives its answer. */
export function ask<T>(child: ChildProcess): Promise<T> {
  const reply = told<T>(child);
  child.send('go');
  return reply;
}
