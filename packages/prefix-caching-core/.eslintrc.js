const path = require('node:path');

/*
 * Which room may import which (docs/architecture.md). Imports go downwards only; a room not listed
 * for another is closed to it. src/rooms.test.ts proves that a breach fails.
 */
const ROOMS = {
  kubernetes: [],
  metrics: [],
  'picker-config': [],
  scoring: ['./picker-config/types.ts'],
  accelerators: [],
  models: ['./accelerators'],
  platforms: ['./kubernetes'],
  deployment: [
    './platforms',
    './accelerators',
    './models',
    './picker-config',
    './kubernetes',
  ],
  observation: ['./kubernetes', './metrics', './accelerators'],
  probe: ['./observation'],
  checks: [
    './observation',
    './kubernetes',
    './metrics',
    './picker-config',
    './scoring',
    // What checks compare is observed: of a profile they may know the version bounds, nothing else.
    './platforms/detectPlatform.ts',
    './platforms/versions.ts',
  ],
};

const SHARED = ['./verdicts.ts', './referenceDocument.ts'];

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    // Without the extensions the resolver finds nothing and the rule passes everything.
    'import/resolver': { node: { extensions: ['.js', '.ts', '.tsx'] } },
  },
  rules: {
    'import/no-restricted-paths': [
      'error',
      {
        basePath: __dirname,
        zones: Object.entries(ROOMS).map(([room, open]) => ({
          target: `./src/${room}`,
          from: './src',
          except: [`./${room}`, ...open, ...SHARED],
          message: `The room ${room}/ may import ${
            open.map(entry => path.basename(entry, '.ts')).join(', ') ||
            'no other room'
          }: see docs/architecture.md.`,
        })),
      },
    ],
  },
});
