'use strict';
// Mutation testing of the rules of the domain: is every line of a check there for a test?
//   node scripts/mutate.js                         all of checks/ and scoring/, half an hour
//   node scripts/mutate.js 'src/checks/engine*.ts' some of it
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

/** Real objects; without them some mutants survive that die of them. */
const conformance = path.resolve(ROOT, '../shared/conformance');

const patterns = process.argv.slice(2);
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
    cwd: path.join(ROOT, 'packages/prefix-caching-core'),
    stdio: 'inherit',
    env: { PREFIX_CACHING_CONFORMANCE: conformance, ...tools.env },
  },
);
process.exit(status ?? 1);
