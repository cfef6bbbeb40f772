'use strict';
// Runs what is measured and not tested, each in a process of its own so that no
// benchmark pays for another's heap:
//   node scripts/measure.js bench [name…]   <package>/bench/<name>.bench.ts
//   node scripts/measure.js fuzz  [name…]   <package>/fuzz/<name>.fuzz.ts
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

const [kind, ...only] = process.argv.slice(2);

function files() {
  return ['packages', 'plugins'].flatMap(group =>
    fs.readdirSync(path.join(ROOT, group)).flatMap(name => {
      const folder = path.join(ROOT, group, name, kind);
      return fs.existsSync(folder)
        ? fs
            .readdirSync(folder)
            .filter(file => file.endsWith(`.${kind}.ts`))
            .map(file => path.join(folder, file))
        : [];
    }),
  );
}

function nameOf(file) {
  return path.basename(file, `.${kind}.ts`);
}

const all = files();
const unknown = only.filter(name => !all.some(file => nameOf(file) === name));
if (unknown.length > 0) {
  console.error(
    `There is no ${kind} called ${unknown.join(', ')}; there are: ${all
      .map(nameOf)
      .join(', ')}.`,
  );
  process.exit(2);
}

const tools = setup();
const failed = [];
for (const file of all) {
  if (only.length > 0 && !only.includes(nameOf(file))) continue;
  console.log(`\n── ${nameOf(file)}`);
  const { status } = spawnSync(
    tools.node,
    [
      '--expose-gc',
      '--no-warnings',
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      file,
    ],
    { cwd: ROOT, stdio: 'inherit', env: tools.env },
  );
  if (status !== 0) failed.push(nameOf(file));
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
