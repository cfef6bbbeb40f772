/* Checks what a machine must have. Old syntax on purpose: an old Node must be able to read it. */
'use strict';

var execFileSync = require('child_process').execFileSync;

function fail(sentence) {
  process.stderr.write(sentence + '\n');
  process.exit(1);
}

function requireNode(minimum) {
  var major = Number(process.versions.node.split('.')[0]);
  if (major < minimum) {
    fail(
      'This needs Node ' +
        minimum +
        ' or newer to start (it fetches the Node it runs on by itself); this is Node ' +
        process.versions.node +
        '. Install a newer Node and try again.',
    );
  }
}

function requireGit() {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
  } catch (error) {
    fail(
      'git was not found: the sandbox serves its repositories with it. Install git and try again.',
    );
  }
}

requireNode(20);

module.exports = { fail: fail, requireGit: requireGit };
