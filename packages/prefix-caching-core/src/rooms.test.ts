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

import { createRequire } from 'module';
import path from 'path';

interface Linter {
  lintText(
    code: string,
    options: { filePath: string },
  ): Promise<{ messages: { ruleId: string | null; message: string }[] }[]>;
}

/** The ESLint that `backstage-cli package lint` runs, which is the one that has to hold the walls. */
const { ESLint } = createRequire(
  require.resolve('@backstage/cli/package.json'),
)('eslint') as { ESLint: new (options: { cwd: string }) => Linter };

// ESLint loads its plugins on the first call.
jest.setTimeout(180_000);

const packageFolder = path.resolve(__dirname, '..');

async function messagesFor(file: string, code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: packageFolder });
  const [{ messages }] = await eslint.lintText(code, {
    filePath: path.join(packageFolder, 'src', file),
  });
  return messages
    .filter(message => message.ruleId === 'import/no-restricted-paths')
    .map(message => message.message);
}

describe('the rooms of the domain', () => {
  it.each([
    ['kubernetes/breach.ts', '../checks'],
    ['metrics/breach.ts', '../kubernetes'],
    ['scoring/breach.ts', '../picker-config'],
    ['platforms/breach.ts', '../deployment'],
    ['observation/breach.ts', '../platforms'],
    ['checks/breach.ts', '../deployment'],
    ['checks/breach.ts', '../platforms'],
  ])('%s may not import %s', async (file, imported) => {
    const messages = await messagesFor(
      file,
      `import * as room from '${imported}';\nexport const open = room;\n`,
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('docs/architecture.md');
  });

  it.each([
    ['checks/fine.ts', '../observation'],
    ['deployment/fine.ts', '../platforms'],
    ['models/fine.ts', '../accelerators'],
  ])('%s may import %s', async (file, imported) => {
    const messages = await messagesFor(
      file,
      `import * as room from '${imported}';\nexport const open = room;\n`,
    );
    expect(messages).toEqual([]);
  });
});
