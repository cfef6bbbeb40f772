const OPEN = 'prefix-caching-core/scoring and prefix-caching-core/verdicts';

/* The browser gets what it shows, not the rules: core as a whole would bring a YAML parser along. */
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  tsRules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [
          'prefix-caching-core',
          'backstage-plugin-prefix-caching-common/core',
        ].map(name => ({
          name,
          allowTypeImports: true,
          message: `Import types only; values come from ${OPEN}.`,
        })),
      },
    ],
  },
});
