/*
 * The sandbox plays KServe's part. Would it borrow the product's own account of what KServe does,
 * a mistake in that account could never show: it may import nothing of the product.
 */
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedImportPatterns: [
    'prefix-caching-*',
    'prefix-caching-*/**',
    'backstage-plugin-*prefix-caching*',
    '**/plugins/**',
    '**/packages/prefix-caching-*/**',
  ],
});
