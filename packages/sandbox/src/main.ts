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

import { resolve } from 'node:path';
import { startSandbox } from './sandbox';

const EXAMPLES = resolve(
  require.resolve('../package.json'),
  '../../../examples',
);

async function main(): Promise<void> {
  const starting = startSandbox({
    apiPort: readPort('SANDBOX_API_PORT', 7008),
    gitPort: readPort('SANDBOX_GIT_PORT', 7009),
    examplesDir: EXAMPLES,
  });
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    starting
      .then(sandbox => sandbox.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const sandbox = await starting;
  process.stdout.write(
    `sandbox ready: Kubernetes API ${sandbox.api.url}, git ${sandbox.git.url}\n`,
  );
}

function readPort(variable: string, fallback: number): number {
  const text = process.env[variable];
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(
      `${variable} must be a port from 0 to 65535, but it is ${JSON.stringify(
        text,
      )}`,
    );
  }
  return port;
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`sandbox: ${message}\n`);
  process.exit(1);
});
