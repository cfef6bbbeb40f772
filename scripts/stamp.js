'use strict';
/* Remembers what a step was done for, so that it is done again only when that has changed. */
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const SKIP = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'bench',
]);

function* filesOf(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isFile()) {
    yield entry;
    return;
  }
  for (const name of fs.readdirSync(entry).sort()) {
    if (!SKIP.has(name)) yield* filesOf(path.join(entry, name));
  }
}

/** A digest of the contents of files and folders. */
function digest(entries) {
  const hash = createHash('sha256');
  for (const entry of entries) {
    for (const file of filesOf(entry)) {
      hash.update(file).update(fs.readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Runs `step` unless `file` holds `value` already; the stamp is written only when it succeeds. */
function unlessDone(file, value, step) {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === value) return;
  step();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, value);
}

module.exports = { digest, unlessDone };
