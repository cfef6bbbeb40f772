'use strict';
/*
 * The Node and Yarn the portal runs on: the machine's own where they fit, else fetched from the
 * npm registry into `.toolchain/`, which git ignores. See docs/adr/0002-toolchain.md.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { fail } = require('./requirements');

const ROOT = path.resolve(__dirname, '..');
const FOLDER = path.join(ROOT, '.toolchain');
const NODE_VERSION = '22.23.3';
const YARN_VERSION = require('../package.json').packageManager.split('@')[1];
const SUPPORTED = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** The folder of a Node 22 with its headers; native modules are built against those. */
function nodeFolder() {
  const own = path.resolve(path.dirname(process.execPath), '..');
  const fits =
    process.versions.node.startsWith('22.') &&
    fs.existsSync(path.join(own, 'include/node/node.h'));
  return fits ? own : fetchNode();
}

function fetchNode() {
  const platform = `${process.platform}-${process.arch}`;
  if (!SUPPORTED.includes(platform)) {
    fail(
      `There is no ready Node 22 for ${platform}: install Node 22 with its headers and try again.`,
    );
  }
  return fetchPackage(`node-${platform}`, NODE_VERSION);
}

/** The folder of an npm package in `.toolchain/`, installed when it is not there in this version. */
function fetchPackage(name, version) {
  const folder = path.join(FOLDER, 'node_modules', name);
  const manifest = path.join(folder, 'package.json');
  if (
    fs.existsSync(manifest) &&
    JSON.parse(fs.readFileSync(manifest, 'utf8')).version === version
  ) {
    return folder;
  }
  console.log(`Fetching ${name} ${version} …`);
  fs.mkdirSync(FOLDER, { recursive: true });
  const own = path.join(FOLDER, 'package.json');
  if (!fs.existsSync(own)) {
    fs.writeFileSync(own, '{ "private": true }\n');
  }
  const { status, stderr } = spawnSync(
    'npm',
    [
      'install',
      '--save-exact',
      '--no-audit',
      '--no-fund',
      `${name}@${version}`,
    ],
    { cwd: FOLDER, encoding: 'utf8' },
  );
  if (status !== 0) {
    fail(
      `Could not fetch ${name} ${version} with npm: ${lastLine(
        stderr,
      )} Check the network and \`npm config get registry\`.`,
    );
  }
  return folder;
}

function lastLine(text) {
  return (text ?? '').trim().split('\n').pop() ?? '';
}

/** The environment every other command runs in. */
function toolchain() {
  const node = nodeFolder();
  const yarn = path.join(
    fetchPackage('@yarnpkg/cli-dist', YARN_VERSION),
    'bin/yarn.js',
  );
  const bin = path.join(FOLDER, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  const shim = path.join(bin, 'yarn');
  fs.writeFileSync(shim, `#!/bin/sh\nexec node "${yarn}" "$@"\n`, {
    mode: 0o755,
  });
  const env = {
    ...process.env,
    PATH: [
      bin,
      path.join(node, 'bin'),
      path.join(ROOT, 'node_modules/.bin'),
      process.env.PATH,
    ].join(path.delimiter),
    npm_config_nodedir: node,
    YARN_NPM_REGISTRY_SERVER:
      process.env.YARN_NPM_REGISTRY_SERVER ?? registry(),
  };
  return { node: path.join(node, 'bin/node'), yarn, env };
}

/** Yarn does not read npm's registry setting: a company's mirror is passed on. */
function registry() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return (stdout ?? '').trim().replace(/\/$/, '');
}

module.exports = { ROOT, toolchain };
