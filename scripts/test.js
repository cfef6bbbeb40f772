'use strict';
/* `npm test`: every test there is, in the order in which a mistake is cheapest to find. */
const { fail } = require('./requirements');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { text } = require('node:stream/consumers');
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

/** Steps of one thread, which therefore go side by side: each lane from its first to its last. */
const LANES = [
  ['format', 'lint'],
  ['types', 'reports'],
];

const tools = setup();
const browser = findBrowser();
if (!browser) {
  fail(
    'No browser was found for the browser tests: set CHROMIUM_PATH, or install Chromium (on Debian: apt-get install chromium; elsewhere: npx playwright install chromium).',
  );
}

const env = {
  ...tools.env,
  CI: 'true',
  CHROMIUM_PATH: browser,
  // The Kubernetes client is ESM only; `repo test` does not read the packages' own scripts.
  NODE_OPTIONS: `${
    process.env.NODE_OPTIONS ?? ''
  } --experimental-vm-modules --no-warnings`,
};
const failed = [];
let passed = 0;

/** Runs one step; `aside` keeps what it says until it ends, so that two do not speak at once. */
async function run([name, [command, ...args]], aside) {
  const started = Date.now();
  if (!aside) console.log(`\n── ${name}`);
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env,
  });
  const said = aside ? [text(child.stdout), text(child.stderr)] : [];
  const [status] = await once(child, 'close');
  if (aside) {
    console.log(`\n── ${name}`);
    for (const words of await Promise.all(said)) process.stdout.write(words);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`,
  );
  if (status === 0) passed += 1;
  else failed.push(name);
}

async function main() {
  const only = process.argv.slice(2);
  const wanted = STEPS.filter(
    ([name]) => only.length === 0 || only.includes(name),
  );
  const inLanes = LANES.flat();
  await Promise.all(
    LANES.map(async lane => {
      for (const step of wanted) {
        if (lane.includes(step[0])) await run(step, wanted.length > 1);
      }
    }),
  );
  for (const step of wanted) {
    if (!inLanes.includes(step[0])) await run(step, false);
  }
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  console.log(`\nsteps: ${passed} passed, ${failed.length} failed`);
  process.exit(failed.length === 0 ? 0 : 1);
}

main();
