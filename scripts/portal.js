'use strict';
/* The portal's processes: started together, stopped together. */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { ROOT } = require('./toolchain');

const STATE = path.join(ROOT, '.portal');
const PORTS = [
  [7007, 'the portal'],
  [7008, "the sandbox's Kubernetes API"],
  [7009, "the sandbox's git host"],
];

/** The first taken port as a sentence, or undefined. */
async function takenPort(ports = PORTS) {
  for (const [port, use] of ports) {
    for (const host of ['127.0.0.1', '::1']) {
      if (await answers(port, host)) {
        return `Port ${port}, wanted for ${use}, is taken by another process. Stop that process (is another portal running?) and try again.`;
      }
    }
  }
  return undefined;
}

function answers(port, host) {
  return new Promise(resolve => {
    const socket = net.connect({ port, host });
    const done = result => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1000, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

/** Several processes as one: when one ends, all end. */
class ProcessGroup {
  #children = [];
  #ended;

  constructor({ node, env, onExit }) {
    this.node = node;
    this.env = env;
    this.onExit = onExit;
    fs.mkdirSync(STATE, { recursive: true });
  }

  /** Starts a script with Node; its output goes to `.portal/<name>.log`. */
  start(name, args, options = {}) {
    const log = path.join(STATE, `${name}.log`);
    const out = fs.openSync(log, 'w');
    const child = spawn(
      this.node,
      ['--require', path.join(__dirname, 'exit-with-parent.js'), ...args],
      {
        cwd: options.cwd ?? ROOT,
        env: { ...this.env, ...options.env },
        stdio: ['ignore', out, out, 'ipc'],
        // A Ctrl-C reaches this script alone, which then stops the others in order.
        detached: true,
      },
    );
    fs.closeSync(out);
    this.#children.push(child);
    child.once('exit', code => {
      if (!this.#ended) this.onExit({ name, code, log });
    });
    return log;
  }

  /** Asks every process to end, then insists. */
  async stop() {
    this.#ended = true;
    await Promise.all(
      this.#children.map(
        child =>
          new Promise(resolve => {
            if (child.exitCode !== null || child.signalCode !== null) {
              resolve();
              return;
            }
            child.once('exit', resolve);
            signal(child, 'SIGTERM');
            setTimeout(() => signal(child, 'SIGKILL'), 4000).unref();
          }),
      ),
    );
  }
}

/** The child and all it started. */
function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

module.exports = { STATE, ProcessGroup, takenPort };
