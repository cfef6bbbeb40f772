'use strict';
/* `npm test`: every test there is, in the order in which a mistake is cheapest to find. */
const { fail } = require('./requirements');
const { spawnSync } = require('node:child_process');
const { findBrowser } = require('./browser');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

const STEPS = [
  ['format', ['prettier', '--check', '--loglevel', 'warn', '.']],
  ['types', ['tsc']],
  ['lint', ['backstage-cli', 'repo', 'lint', '--max-warnings', '0']],
  [
    'reports',
    [
      'backstage-repo-tools',
      'api-reports',
      // What is published; the portal and its sandbox have no API to keep.
      'packages/prefix-caching-core',
      'plugins/*',
      '--ci',
      '--sql-reports',
      '--validate-release-tags',
      // As Backstage does: members speak for themselves, and workspaces are read from source.
      '--omit-messages',
      'ae-undocumented,ae-wrong-input-file-type',
    ],
  ],
  ['unit', ['backstage-cli', 'repo', 'test', '--maxWorkers', '2']],
  ['commands', ['node', '--test', 'scripts/start.test.js']],
  ['browser', ['playwright', 'test']],
];

const tools = setup();
const browser = findBrowser();
if (!browser) {
  fail(
    'No browser was found for the browser tests: set CHROMIUM_PATH, or install Chromium (on Debian: apt-get install chromium; elsewhere: npx playwright install chromium).',
  );
}

const only = process.argv.slice(2);
const failed = [];
let passed = 0;
for (const [name, [command, ...args]] of STEPS) {
  if (only.length > 0 && !only.includes(name)) continue;
  const started = Date.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...tools.env,
      CI: 'true',
      CHROMIUM_PATH: browser,
      // The Kubernetes client is ESM only; `repo test` does not read the packages' own scripts.
      NODE_OPTIONS: `${
        process.env.NODE_OPTIONS ?? ''
      } --experimental-vm-modules --no-warnings`,
    },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`,
  );
  if (status === 0) passed += 1;
  else failed.push(name);
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\nsteps: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
