'use strict';
/* `npm run setup`: everything a fresh machine needs, once. */
const { fail, requireGit } = require('./requirements');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { digest, unlessDone } = require('./stamp');
const { ROOT, toolchain } = require('./toolchain');

/** Installs the workspaces' dependencies and returns the environment to run in. */
function setup() {
  requireGit();
  const tools = toolchain();
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    fs
      .readdirSync(path.join(ROOT, folder))
      .map(name => path.join(ROOT, folder, name, 'package.json')),
  );
  const wanted = digest([
    path.join(ROOT, 'package.json'),
    path.join(ROOT, 'yarn.lock'),
    ...manifests,
  ]);
  unlessDone(
    path.join(ROOT, 'node_modules/.prefix-caching-setup'),
    wanted,
    () => install(tools),
  );
  return tools;
}

function install({ node, yarn, env }) {
  console.log('Installing dependencies (about two minutes the first time) …');
  // In CI the lock file is what was tested; at home a changed package.json may change it.
  const mode = process.env.CI ? ['--immutable'] : [];
  const { status, stdout } = spawnSync(node, [yarn, 'install', ...mode], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  process.stderr.write(stdout.split('\n').slice(-40).join('\n'));
  if (
    /better-sqlite3.*couldn't be built|better-sqlite3.*must be built/.test(
      stdout,
    ) &&
    !hasCompiler()
  ) {
    fail(
      'better-sqlite3 has to be compiled here and there is no C++ compiler: install one (on Debian: apt-get install g++ make python3) and try again.',
    );
  }
  fail('Installing dependencies failed; what Yarn said is above.');
}

function hasCompiler() {
  return ['g++', 'clang++', 'c++'].some(
    name => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

module.exports = { setup };

if (require.main === module) {
  setup();
  console.log('Set up. `npm start` serves the portal, `npm test` tests it.');
}
