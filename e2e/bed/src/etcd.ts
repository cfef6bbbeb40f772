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

/** Where the API server's etcd answers, in the bed's own network. */
export const ETCD_URL = 'http://127.0.0.1:2379';

/** Forgets all of etcd's history but the present, as the API server does in time. */
export async function compact(): Promise<void> {
  const range = await post('kv/range', { key: base64('compact_rev_key') });
  const { revision } = (range as { header: { revision: string } }).header;
  await post('kv/compaction', { revision, physical: true });
}

async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${ETCD_URL}/v3/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`etcd ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
