'use strict';
// Mutation testing of the rules of the domain: is every line of a check there for a test?
//   node scripts/mutate.js                         all of checks/ and scoring/, a quarter of an hour; lists the survivors in docs
//   node scripts/mutate.js 'src/checks/engine*.ts' some of it
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { writeSurvivors } = require('./mutation/survivors');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

/** Real objects; without them some mutants survive that die of them. */
const conformance = path.resolve(ROOT, '../shared/conformance');

const patterns = process.argv.slice(2);
const core = path.join(ROOT, 'packages/prefix-caching-core');
const tools = setup();
const { status } = spawnSync(
  'stryker',
  [
    'run',
    path.join(__dirname, 'mutation/stryker.config.mjs'),
    ...(patterns.length > 0
      ? [
          '--mutate',
          [
            ...patterns,
            '!**/*.test.ts',
            '!**/index.ts',
            '!**/documentCommands.ts',
          ].join(','),
        ]
      : []),
  ],
  {
    cwd: core,
    stdio: 'inherit',
    env: { PREFIX_CACHING_CONFORMANCE: conformance, ...tools.env },
  },
);
if (status === 0 && patterns.length === 0) {
  writeSurvivors(
    path.join(core, '.stryker/report.json'),
    path.join(ROOT, 'docs/mutation-survivors.md'),
  );
}
process.exit(status ?? 1);
