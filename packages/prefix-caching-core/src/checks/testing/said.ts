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

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judgement, KubectlCommand } from '../types';

/*
 * What each check says in each case of its table, whole: the verdict, what was
 * seen, the evidence, what to do, who is to do it, and how to see it by hand.
 *
 * The tables say what a case must decide; these files are what a person gets
 * to read, one beside the other, so that a change of it is seen in review.
 * `UPDATE_SAID=1` writes them anew.
 */
const FOLDER = join(__dirname, 'said');

type Said = Judgement & { commands: readonly KubectlCommand[] };

function line(word: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${word.padEnd(8)}${text}`];
}

function render(said: Said): string {
  return [
    ...line(
      said.verdict === 'inconclusive' ? 'unknown' : said.verdict,
      said.summary,
    ),
    ...line('seen', said.actual),
    ...line('expect', said.expected),
    ...(said.evidence ?? []).flatMap(({ subject, value, sensitive }) =>
      line(sensitive ? 'secret' : 'from', `${subject}: ${value}`),
    ),
    ...line('do', said.remedy),
    ...line('who', said.responsible),
    ...line('cause', said.causedBy),
    ...said.commands.flatMap(({ purpose, command }) => [
      ...line('show', purpose),
      ...line('', command),
    ]),
  ].join('\n');
}

/** Title → what is said, of one check. */
type Page = Map<string, string>;

const pages = new Map<string, Page>();

function pageOf(check: string): Page {
  const known = pages.get(check);
  if (known) return known;
  const file = join(FOLDER, `${check}.txt`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const page: Page = new Map(
    text
      .split(/^# /m)
      .slice(1)
      .map(section => {
        const end = section.indexOf('\n');
        return [section.slice(0, end), section.slice(end + 1).trimEnd()];
      }),
  );
  pages.set(check, page);
  return page;
}

function write(check: string, page: Page): void {
  const sections = [...page].map(([title, text]) => `# ${title}\n${text}\n`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${check}.txt`), sections.join('\n'));
}

/** Fails where a check says something else in a case than its file of `said/` has. */
export function expectSaid(check: string, title: string, said: Said): void {
  const text = render(said);
  const page = pageOf(check);
  if (process.env.UPDATE_SAID) write(check, page.set(title, text));
  const wanted = page.get(title);
  if (wanted === undefined) {
    throw new Error(
      `said/${check}.txt has no case "${title}": run this test with UPDATE_SAID=1, and read what it wrote.`,
    );
  }
  expect(text).toBe(wanted);
}
