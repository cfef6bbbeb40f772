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

const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');
const { parse } = require('yaml');

const schemaDir = path.resolve(__dirname, '../src/schema');

/**
 * What is generated from src/schema/openapi.yaml: file name → content.
 *
 * @returns {Promise<Record<string, string>>}
 */
async function generateSchema() {
  const { default: openapiTS, astToString } = await import(
    'openapi-typescript'
  );
  const source = fs.readFileSync(path.join(schemaDir, 'openapi.yaml'), 'utf8');
  const types = astToString(await openapiTS(source));
  const spec = JSON.stringify(parse(source, { merge: true }));
  const header = `${licence()}
// Generated from openapi.yaml by \`yarn generate\`. Do not edit.
`;
  return {
    'openapi.generated.ts': await format(`${header}\n${types}`),
    'spec.generated.ts': await format(
      `${header}\nexport const spec = ${spec} as const;\n`,
    ),
  };
}

function licence() {
  const own = fs.readFileSync(__filename, 'utf8');
  return `${own.slice(0, own.indexOf('*/') + 2)}\n`;
}

async function format(text) {
  return prettier.format(text, {
    ...require('@backstage/cli/config/prettier'),
    parser: 'typescript',
  });
}

module.exports = { generateSchema, schemaDir };

if (require.main === module) {
  generateSchema().then(files => {
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(schemaDir, name), content);
    }
  });
}
