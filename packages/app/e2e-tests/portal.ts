/*
 * Copyright 2026 The Prefix Caching Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import { expect, Page } from '@playwright/test';

const SANDBOX = 'http://127.0.0.1:7008';

/** Enters the portal as its guest. */
export async function signIn(page: Page) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    page.getByRole('link', { name: 'Create' }).first(),
  ).toBeVisible();
}

/** Has the page that is opened next let its guest in, as one who has entered before: a load less. */
export async function staySignedIn(page: Page) {
  await page.addInitScript(() =>
    localStorage.setItem('@backstage/core:SignInPage:provider', 'guest'),
  );
}

/** The address of a component's tab. */
export function tabOf(name: string) {
  return `/catalog/default/component/${name}/prefix-caching`;
}

/** The overall verdict's card, and its sentence: the first thing on the tab that is announced. */
export function verdictOf(page: Page) {
  return page.getByRole('status').first();
}

/** Changes an object through the sandbox's Kubernetes API, as `kubectl patch` would. */
export function patch(path: string, body: unknown) {
  return ask('PATCH', path, body);
}

/** Deletes an object, as `kubectl delete` would; what owns it may create it anew. */
export function remove(path: string) {
  return ask('DELETE', path);
}

/** Creates an object in a collection, as `kubectl create` would. */
export function create(path: string, body: unknown) {
  return ask('POST', path, body);
}

/** An object as it is written into a file: without what the API server and controllers add. */
export async function readManifest(path: string) {
  const { apiVersion, kind, metadata, spec } = await ask('GET', path);
  const { name, namespace, labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, labels, annotations },
    spec,
  };
}

/** The entries of a ConfigMap. */
export async function readConfigMap(
  path: string,
): Promise<Record<string, string>> {
  return (await ask('GET', path)).data;
}

/** What the sandbox's Kubernetes API answers its administrator. */
async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${SANDBOX}${path}`, {
    method,
    headers: {
      Authorization: 'Bearer sandbox-admin',
      'Content-Type':
        method === 'PATCH'
          ? 'application/merge-patch+json'
          : 'application/json',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.text();
  expect(response.ok, answer).toBe(true);
  return JSON.parse(answer);
}

/** Asks for a verification, rather than waiting for the next one. */
export async function verifyNow(page: Page) {
  const button = page.getByRole('button', { name: 'Verify now' });
  await button.click();
  await expect(button).toBeEnabled({ timeout: 30_000 });
}

/** KServe's own conditions of a service: type and status. */
export async function conditionsOf(
  namespace: string,
  name: string,
): Promise<{ type: string; status: string }[]> {
  const { status } = await ask(
    'GET',
    `/apis/serving.kserve.io/v1alpha2/namespaces/${namespace}/llminferenceservices/${name}`,
  );
  return status.conditions;
}

/** The HTTP status of one completion through the gateway. */
export async function statusOfOneRequest(namespace: string, name: string) {
  const response = await fetch(
    `${SANDBOX}/gateway/${namespace}/${name}/v1/completions`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: name, prompt: 'Hello', max_tokens: 1 }),
    },
  );
  return response.status;
}

/** A guest's token for the portal's HTTP API, got as docs/scaffolder-api.md says. */
export async function guestToken(baseUrl: string) {
  const response = await fetch(`${baseUrl}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = (await response.json()) as {
    backstageIdentity: { token: string };
  };
  return backstageIdentity.token;
}
