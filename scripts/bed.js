'use strict';
/* `npm run test:bed`: what the plugin does against real components, without containers. */
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { fail } = require('./requirements');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

// The bed lives in a network namespace of its own, so that nothing of it can be reached from outside.
const { status } = spawnSync('unshare', ['--net', 'ip', 'link']);
if (status !== 0) {
  fail(
    'The bed needs Linux, root, and the programs unshare (util-linux) and ip (iproute2): it makes a network namespace of its own.',
  );
}

const tools = setup();
const node = [
  '--no-warnings',
  '--require',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
];
const options = { cwd: ROOT, stdio: 'inherit', env: tools.env };
const folder = path.join(ROOT, 'e2e/bed');

// Building needs the network; the tests have none.
const built = spawnSync(
  tools.node,
  [...node, path.join(folder, 'prepare.ts')],
  options,
);
if (built.status !== 0) process.exit(built.status ?? 1);
const ran = spawnSync(
  'unshare',
  [
    '--net',
    tools.node,
    ...node,
    '--test-reporter=spec',
    path.join(folder, 'main.ts'),
  ],
  options,
);
process.exit(ran.status ?? 1);
