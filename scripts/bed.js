'use strict';
/*
 * `npm run test:bed`: what the plugin does against real components, without containers.
 * `npm run test:bed -- 'an active probe'` does only the parts that are named.
 */
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { findBrowser } = require('./browser');
const { buildFrontEnd } = require('./frontEnd');
const { fail } = require('./requirements');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

// The bed lives in namespaces of its own, so that nothing of it can be reached
// from outside, and nothing of it outlives the run.
const BED = [
  ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
];
/** After which something hangs; on an idle machine it takes a tenth of that. */
const LIMIT_MS = 40 * 60_000;

const { status } = spawnSync('unshare', [...BED, 'ip', 'link']);
if (status !== 0) {
  fail(
    'The bed needs Linux, root, and the programs unshare (util-linux) and ip (iproute2): it makes namespaces of its own.',
  );
}

const tools = setup();
const node = [
  '--no-warnings',
  '--experimental-vm-modules',
  '--require',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
];
const options = { cwd: ROOT, stdio: 'inherit', env: tools.env };
const folder = path.join(ROOT, 'e2e/bed');
const parts = path.join(
  fs.mkdtempSync(path.join(os.tmpdir(), 'bed-')),
  'parts.json',
);

// The portal that a browser of the bed looks at.
if (findBrowser(tools.env)) buildFrontEnd(tools);
// Building needs the network; the tests have none.
const built = spawnSync(
  tools.node,
  [...node, path.join(folder, 'prepare.ts'), parts],
  options,
);
if (built.status !== 0) process.exit(built.status ?? 1);
const bed = spawn(
  'unshare',
  [
    ...BED,
    tools.node,
    ...node,
    '--test-reporter=spec',
    '--test-force-exit',
    ...process.argv.slice(2).map(name => `--test-name-pattern=${name}`),
    path.join(folder, 'main.ts'),
  ],
  {
    ...options,
    env: { ...tools.env, BED_PARTS: parts },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  },
);
// unshare itself ends of nothing less, and takes all of the bed with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => bed.kill('SIGKILL'));
}
bed.once('error', error => console.error(error.message));
bed.once('close', (code, signal) => {
  if (signal) console.error(`The bed was ended by ${signal}`);
  fs.rmSync(path.dirname(parts), { recursive: true, force: true });
  process.exit(code ?? 1);
});
