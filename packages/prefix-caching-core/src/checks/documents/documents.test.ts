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
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import path from 'path';
import { CHECKS } from '../catalogue';
import { CHECK_GUIDES } from '../guides';
import { KNOWN_ISSUES } from '../knownIssues';
import { checkPage } from './checkPage';
import { checksPage } from './checksPage';
import { knownIssuesPage } from './knownIssuesPage';

const docs = path.resolve(__dirname, '../../../../../docs');
const PAGES: [file: string, text: string][] = [
  ['checks.md', checksPage()],
  ['known-issues.md', knownIssuesPage()],
  ...CHECKS.map((check): [string, string] => [
    `checks/${check.id}.md`,
    checkPage(check),
  ]),
];

describe('the pages about checks', () => {
  beforeAll(() => {
    if (!process.env.UPDATE_DOCS) return;
    rmSync(path.join(docs, 'checks'), { recursive: true, force: true });
    mkdirSync(path.join(docs, 'checks'));
    for (const [file, text] of PAGES) {
      writeFileSync(path.join(docs, file), text);
    }
  });

  it.each(PAGES)(
    'docs/%s says what is; run this test with UPDATE_DOCS=1 to rewrite it',
    (file, text) => {
      expect(readFileSync(path.join(docs, file), 'utf8')).toBe(text);
    },
  );

  it('has one page per check and no other', () => {
    expect(readdirSync(path.join(docs, 'checks')).sort()).toEqual(
      CHECKS.map(({ id }) => `${id}.md`).sort(),
    );
  });

  it('is reached from the site', () => {
    const site = readFileSync(path.resolve(docs, '../mkdocs.yml'), 'utf8');
    for (const [file] of PAGES) {
      expect(site).toContain(file);
    }
  });

  it('has a guide for each check and for nothing else', () => {
    expect(Object.keys(CHECK_GUIDES).sort()).toEqual(
      CHECKS.map(({ id }) => id).sort(),
    );
  });

  it('names checks that exist, and a reason where no check shows an issue', () => {
    const ids = CHECKS.map(({ id }) => id);
    for (const { checks, unseen } of KNOWN_ISSUES) {
      expect(ids).toEqual(expect.arrayContaining([...checks]));
      expect(unseen === undefined).toBe(checks.length > 0);
    }
  });

  it.each(PAGES)('docs/%s names no object of anybody', (_, text) => {
    expect(text).not.toMatch(
      /SERVICENAME|SERVICENAMESPACE|GATEWAY(NAME|NAMESPACE)|undefined/,
    );
  });
});
