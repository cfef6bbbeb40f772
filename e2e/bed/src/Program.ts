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

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramOptions {
  name: string;
  file: string;
  args: string[];
  env?: Record<string, string>;
  /** The folder it starts in, where that matters. */
  cwd?: string;
  /** Who it runs as, where that may not be root. */
  owner?: { uid: number; gid: number };
  /** Where its log goes. */
  logs: string;
  /** Asked again and again until it answers true. */
  ready?: () => Promise<boolean>;
  /** Seconds to wait for that. Default 180, for a busy machine. */
  patience?: number;
}

/** A program that runs beside the tests, its output in a log file. */
export class Program {
  readonly #process: ChildProcess;
  readonly #options: ProgramOptions;

  /** @throws Error with the end of its log when it ends or is not ready in time. */
  static async start(options: ProgramOptions): Promise<Program> {
    const program = new Program(options);
    const deadline = Date.now() + (options.patience ?? 180) * 1000;
    const ready = options.ready ?? (async () => true);
    while (!(await ready().catch(() => false))) {
      if (program.#process.exitCode !== null || Date.now() > deadline) {
        await program.stop();
        throw new Error(
          `${options.name} is not ready. Its log ends:\n${program
            .log()
            .slice(-2000)}`,
        );
      }
      await sleep(100);
    }
    return program;
  }

  private constructor(options: ProgramOptions) {
    this.#options = options;
    const log = fs.openSync(this.#logFile(), 'a');
    this.#process = spawn(options.file, options.args, {
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
      stdio: ['ignore', log, log],
      ...options.owner,
    });
    // A program that cannot be started at all says so like one that ended.
    this.#process.on('error', error => fs.writeSync(log, `${error}\n`));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  log(): string {
    return fs.readFileSync(this.#logFile(), 'utf8');
  }

  /** Asks it to end, and ends it where it does not within five seconds. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
      return;
    }
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill(signal);
    const killer = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(killer);
  }

  #logFile(): string {
    return path.join(this.#options.logs, `${this.#options.name}.log`);
  }
}
