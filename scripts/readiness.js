'use strict';
/* "Ready" means that a visitor finds the template and the demo entities, not that a port answers. */

const WANTED = [
  'template:default/prefix-caching-deployment',
  'component:default/qwen-3b-chat',
  'component:default/llama-8b-summarize',
  'component:default/mistral-7b-search',
  'component:default/qwen-8b-batch',
];

/** Waits until the catalog holds what the README promises; throws what is missing at the deadline. */
async function untilReady(baseUrl, { deadlineMs, signal }) {
  const deadline = Date.now() + deadlineMs;
  let missing = ['the portal does not answer yet'];
  while (Date.now() < deadline && !signal.aborted) {
    missing = await whatIsMissing(baseUrl).catch(error => [error.message]);
    if (missing.length === 0) return;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  if (!signal.aborted) {
    throw new Error(
      `The portal was not ready after ${deadlineMs / 1000} s: ${missing.join(
        ', ',
      )}.`,
    );
  }
}

async function whatIsMissing(baseUrl) {
  const signIn = await json(`${baseUrl}/api/auth/guest/refresh`, {});
  const found = await json(`${baseUrl}/api/catalog/entities/by-refs`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${signIn.backstageIdentity.token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ entityRefs: WANTED, fields: ['kind'] }),
  });
  return WANTED.filter((_, index) => !found.items[index]).map(
    ref => `${ref} is not in the catalog`,
  );
}

async function json(url, init) {
  const response = await fetch(url, {
    ...init,
    signal: AbortSignal.timeout(5000),
    headers: { 'X-Requested-With': 'XMLHttpRequest', ...init.headers },
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
}

module.exports = { untilReady };
