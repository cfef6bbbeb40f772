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
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { accepts } from './accepts';
import { Program } from './Program';

const PORT = 5433;
const USER = 'bed';

/** A real PostgreSQL on loopback, which does not run as root. */
export class Postgres {
  readonly #program: Program;

  /** @param initdb - PostgreSQL's own, beside which its server lies */
  static async start(initdb: string, folder: string): Promise<Postgres> {
    fs.mkdirSync(folder, { recursive: true });
    const owner = {
      uid: idOf('-u'),
      gid: idOf('-g'),
    };
    fs.chownSync(folder, owner.uid, owner.gid);
    fs.chmodSync(path.dirname(folder), 0o755);
    const data = path.join(folder, 'data');
    execFileSync(
      initdb,
      ['--pgdata', data, '--username', USER, '--auth', 'trust', '--no-sync'],
      { stdio: 'pipe', ...owner },
    );
    const program = await Program.start({
      name: 'postgres',
      file: path.join(path.dirname(initdb), 'postgres'),
      args: [
        ...['-D', data],
        ...['-p', String(PORT)],
        ...['-h', '127.0.0.1'],
        ...['-k', folder],
        ...['-c', 'fsync=off'],
      ],
      owner,
      logs: folder,
      ready: () => accepts({ address: '127.0.0.1', port: PORT }),
    });
    return new Postgres(program);
  }

  private constructor(program: Program) {
    this.#program = program;
  }

  /** How Knex connects to a database of its own. */
  connection(database: string) {
    return { host: '127.0.0.1', port: PORT, user: USER, database };
  }

  async stop(): Promise<void> {
    await this.#program.stop('SIGINT');
  }
}

/** Debian makes this account together with the server. */
function idOf(what: '-u' | '-g'): number {
  return Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
}
