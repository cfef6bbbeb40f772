'use strict';
/*
 * `npm start` serves the portal with its sandbox; `npm run dev` does so with hot reload.
 * `--config <file>`, as often as wanted, adds configuration to the portal's own.
 */
const { buildFrontEnd } = require('./frontEnd');
const { fail } = require('./requirements');
const fs = require('node:fs');
const path = require('node:path');
const { ProcessGroup, STATE, takenPort } = require('./portal');
const { untilReady } = require('./readiness');
const { setup } = require('./setup');
const { ROOT } = require('./toolchain');

const BASE_URL = 'http://localhost:7007';
const TRANSFORM = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

async function main() {
  const watch = process.argv.includes('--watch');
  const started = process.hrtime.bigint();
  const taken = await takenPort();
  if (taken) fail(taken);

  const tools = setup();
  if (!watch) buildFrontEnd(tools);

  const stopping = new AbortController();
  const group = new ProcessGroup({
    ...tools,
    onExit: ({ name, code, log }) => {
      if (stopping.signal.aborted) return;
      tail(log);
      stop(
        1,
        `The ${name} ended by itself (exit code ${code}); its last lines are above, all of them in ${path.relative(
          ROOT,
          log,
        )}.`,
      );
    },
  });
  const stop = async (code, sentence) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    if (sentence) process.stderr.write(`${sentence}\n`);
    await group.stop();
    process.exit(code);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(name, () => stop(0));
  }

  group.start('sandbox', [...TRANSFORM, 'packages/sandbox/src/main.ts']);
  const configs = [
    'app-config.yaml',
    watch && 'app-config.dev.yaml',
    'app-config.local.yaml',
    ...furtherConfigs(),
  ]
    .filter(Boolean)
    .map(file => path.resolve(ROOT, file))
    .filter(file => fs.existsSync(file))
    .flatMap(file => ['--config', file]);
  if (watch) {
    group.start('app', [bin('backstage-cli'), 'package', 'start', ...configs], {
      cwd: path.join(ROOT, 'packages/app'),
    });
  }
  group.start(
    'portal',
    watch
      ? [bin('backstage-cli'), 'package', 'start', ...configs]
      : [...TRANSFORM, 'src/index.ts', ...configs],
    {
      cwd: path.join(ROOT, 'packages/backend'),
      env: { NODE_ENV: watch ? 'development' : 'production' },
    },
  );

  try {
    await untilReady(BASE_URL, {
      deadlineMs: 180_000,
      signal: stopping.signal,
    });
  } catch (error) {
    tail(path.join(STATE, 'portal.log'));
    await stop(1, error.message);
  }
  if (stopping.signal.aborted) return;
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  announce(watch ? 'http://localhost:3000' : BASE_URL, seconds);
}

function furtherConfigs() {
  return process.argv.filter((_, at) => process.argv[at - 1] === '--config');
}

function announce(url, seconds) {
  console.log(`
Portal ready in ${seconds.toFixed(1)} s at ${url} (enter as guest)

  a healthy pair, GPU and TPU   ${url}/catalog/default/component/qwen-3b-chat/prefix-caching
  broken, and all green         ${url}/catalog/default/component/llama-8b-summarize/prefix-caching
  write a deployment            ${url}/create/templates/default/prefix-caching-deployment
  the sandbox's repositories    http://localhost:7009

Logs are in .portal/. Nothing is kept: every start begins anew. Ctrl-C stops it.`);
}

function bin(name) {
  return path.join(ROOT, 'node_modules/.bin', name);
}

function tail(log) {
  if (!fs.existsSync(log)) return;
  process.stderr.write(
    `${fs.readFileSync(log, 'utf8').split('\n').slice(-25).join('\n')}\n`,
  );
}

main().catch(error => fail(error.stack));
