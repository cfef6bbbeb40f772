'use strict';
/* The portal's front end, built once for what it is made of. */
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { fail } = require('./requirements');
const { digest, unlessDone } = require('./stamp');
const { ROOT } = require('./toolchain');

/** Builds packages/app unless what it is made of is unchanged. */
function buildFrontEnd({ node, env }) {
  const parts = [
    'app-config.yaml',
    'yarn.lock',
    'packages/app',
    'packages/prefix-caching-core/src',
    'plugins/prefix-caching',
    'plugins/prefix-caching-common/src',
  ].map(part => path.join(ROOT, part));
  const app = path.join(ROOT, 'packages/app');
  unlessDone(
    path.join(app, 'dist/.prefix-caching-build'),
    digest(parts),
    () => {
      console.log('Building the front end (about half a minute) …');
      const { status, stdout, stderr } = spawnSync(
        node,
        [
          path.join(ROOT, 'node_modules/.bin/backstage-cli'),
          'package',
          'build',
          '--config',
          path.join(ROOT, 'app-config.yaml'),
        ],
        { cwd: app, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      );
      if (status !== 0) {
        process.stderr.write(`${stdout}${stderr}`);
        fail('Building the front end failed; what the build said is above.');
      }
    },
  );
}

module.exports = { buildFrontEnd };
