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

import fs from 'node:fs';
import { prepareParts } from './src/parts';

/**
 * Gets what the bed runs, before it leaves the network behind, and writes what
 * there is into the file that it is told.
 */
const [file] = process.argv.slice(2);
const parts = prepareParts();
for (const part of Object.values(parts)) {
  if ('missing' in part) {
    console.log(`${part.name} is missing: ${part.missing}`);
  }
}
if (file) fs.writeFileSync(file, JSON.stringify(parts));
