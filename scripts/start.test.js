'use strict';
/* What a person meets at the command line: run by `npm test` as the step "commands". */
const assert = require('node:assert/strict');
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');

const SCRIPTS = __dirname;

function run(args, env = {}) {
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  return { status, stderr };
}

function assertOneSentence({ status, stderr }, pattern) {
  assert.equal(status, 1);
  assert.match(stderr, pattern);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
}

test('an old Node is refused with one sentence', () => {
  for (const script of ['start', 'setup', 'test']) {
    assertOneSentence(
      run([
        '-e',
        `Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } }); require(${JSON.stringify(
          path.join(SCRIPTS, script),
        )})`,
      ]),
      /needs Node 20 or newer.*this is Node 18\.20\.0/,
    );
  }
});

test('what an old Node has to read, it can', () => {
  const text = fs.readFileSync(path.join(SCRIPTS, 'requirements.js'), 'utf8');
  assert.doesNotMatch(text, /=>|\bconst\b|\blet\b|\?\.|\?\?|`/);
});

test('a missing git is said with one sentence', () => {
  const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'no-git-'));
  try {
    assertOneSentence(
      run([path.join(SCRIPTS, 'setup.js')], { PATH: empty }),
      /git was not found.*Install git/,
    );
  } finally {
    fs.rmSync(empty, { recursive: true });
  }
});

test('a taken port is said with one sentence that names it', async () => {
  const server = net.createServer().listen(7009, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  try {
    // In a process of its own: this one has to go on answering.
    const child = spawn(process.execPath, [path.join(SCRIPTS, 'start.js')], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let stderr = '';
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    const status = await new Promise(resolve => child.once('exit', resolve));
    assertOneSentence({ status, stderr }, /Port 7009.*git host.*is taken/);
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
});

test('the portal says when it is ready, and Ctrl-C leaves nothing behind', async () => {
  const child = spawn(process.execPath, [path.join(SCRIPTS, 'start.js')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', chunk => {
      output += chunk;
      if (output.includes('Ctrl-C stops it')) resolve();
    });
    child.stderr.on('data', chunk => {
      output += chunk;
    });
    child.once('exit', () => reject(new Error(output)));
  });
  await ready;
  assert.match(output, /Portal ready in \d+\.\d s at http:\/\/localhost:7007/);
  const children = descendants(child.pid);
  assert.ok(children.length >= 2);

  const exited = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGINT');
  assert.equal(await exited, 0);

  for (const pid of children) {
    assert.throws(() => process.kill(pid, 0), `process ${pid} is still there`);
  }
  for (const port of [7007, 7008, 7009]) {
    await assert.rejects(connect(port), `port ${port} still answers`);
  }
});

function connect(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: 'localhost' }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

function descendants(pid) {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/).map(Number));
  const of = parent =>
    rows
      .filter(([, ppid]) => ppid === parent)
      .flatMap(([child]) => [child, ...of(child)]);
  return of(pid);
}
