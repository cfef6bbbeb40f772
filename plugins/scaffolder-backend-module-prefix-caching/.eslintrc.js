module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // One test runs the template against the real back end.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedTargetPackages: ['backstage-plugin-prefix-caching-backend'] },
    ],
  },
});
