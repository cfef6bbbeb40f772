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

import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS } from './scripts/browser';

/**
 * The browser tests walk through the portal as `npm start` serves it, one after the other: they
 * share one sandbox.
 */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  // Pictures are taken when asked for: `npm run screenshots`.
  testMatch: process.env.SCREENSHOTS ? 'screenshots.test.ts' : '*.test.ts',
  testIgnore: process.env.SCREENSHOTS ? [] : 'screenshots.test.ts',
  timeout: 240_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: 'e2e-test-report' }],
  ],
  // PORTAL_RUNNING=1 tests the portal that is already running.
  webServer: process.env.PORTAL_RUNNING
    ? undefined
    : {
        command: 'node scripts/start.js',
        wait: { stdout: /Portal ready/ },
        timeout: 300_000,
        stdout: 'pipe',
        stderr: 'pipe',
        gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
        env: { NODE_OPTIONS: '' },
      },
  use: {
    baseURL: 'http://localhost:7007',
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    // Traces make walks a third longer: `playwright test --trace on` makes one of the walk at hand.
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: BROWSER_FLAGS,
    },
  },
});
