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

// Writes the copy of the template that this package ships, without the sandbox's
// git host: node scripts/copy-template.js

const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const NAME = 'prefix-caching-deployment/template.yaml';
const source = path.resolve(__dirname, '../../../templates', NAME);
const copy = path.resolve(__dirname, '../templates', NAME);

mkdirSync(path.dirname(copy), { recursive: true });
writeFileSync(
  copy,
  readFileSync(source, 'utf8').replace(
    'allowedHosts: [localhost:7009, ',
    'allowedHosts: [',
  ),
);
