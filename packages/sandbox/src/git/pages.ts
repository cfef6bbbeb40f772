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

import { listTree, readFile, resolveRef } from './content';
import { diffsOf, type FileDiff } from './diffs';
import { missing } from './gitError';
import { findMergeRequest } from './mergeRequests';
import {
  DEFAULT_BRANCH,
  pathOf,
  type Repositories,
  type Repository,
} from './repositories';

/** The plain HTML page at a path, so that links from the portal lead somewhere. */
export async function page(
  repositories: Repositories,
  pathname: string,
): Promise<string> {
  if (pathname === '/') return overview(repositories);
  const match = /^\/([^/]+\/[^/]+?)(?:\.git)?(?:\/-\/(.+))?\/?$/.exec(
    decodeURIComponent(pathname),
  );
  const repository = match && repositories.find(match[1]);
  if (!match || !repository) throw missing('Page');
  const parts = (match[2] ?? `tree/${DEFAULT_BRANCH}`).split('/');
  const [kind, ...rest] = parts;
  if (kind === 'merge_requests') {
    return mergeRequestPage(repositories, repository, rest[0]);
  }
  const { ref, path } = await splitRef(repository, rest);
  switch (kind) {
    case 'tree':
      return tree(repository, ref, path);
    case 'blob':
    case 'raw':
      return blob(repository, ref, path);
    default:
      throw missing('Page');
  }
}

/** Where a branch ends and a path begins: a branch's name may hold slashes too. */
async function splitRef(repository: Repository, parts: string[]) {
  for (let length = 1; length <= parts.length; length++) {
    const ref = parts.slice(0, length).join('/');
    if (await resolveRef(repository, ref)) {
      return { ref, path: parts.slice(length).join('/') };
    }
  }
  return { ref: parts[0], path: parts.slice(1).join('/') };
}

function overview(repositories: Repositories): string {
  const items = repositories
    .all()
    .map(repository => link(`/${pathOf(repository)}`, pathOf(repository)));
  const empty =
    '<p>No repository yet. A template that publishes creates one.</p>';
  return html('Sandbox git host', items.length ? list(items) : empty);
}

async function tree(repository: Repository, ref: string, path: string) {
  const commit = await resolveRef(repository, ref);
  if (!commit) {
    return html(pathOf(repository), '<p>This repository is empty.</p>');
  }
  const entries = await listTree(repository, commit, { path });
  if (path && entries.length === 0) throw missing('Folder');
  const items = entries.map(entry => {
    const target = `/${pathOf(repository)}/-/${entry.type}/${ref}/${
      entry.path
    }`;
    return link(target, entry.type === 'tree' ? `${entry.name}/` : entry.name);
  });
  return html(`${pathOf(repository)} ${path}`, list(items));
}

async function blob(repository: Repository, ref: string, path: string) {
  const { content } = await readFile(repository, ref, path);
  return html(
    `${pathOf(repository)} / ${path}`,
    `<p>${link(`/${pathOf(repository)}`, 'All files')}</p><pre>${escape(
      content.toString('utf8'),
    )}</pre>`,
  );
}

async function mergeRequestPage(
  repositories: Repositories,
  repository: Repository,
  iid: string,
): Promise<string> {
  const request = findMergeRequest(repositories, repository, iid);
  const source = `refs/heads/${request.source}`;
  const files = (await resolveRef(repository, source))
    ? link(`/${pathOf(repository)}/-/tree/${request.source}`, request.source)
    : escape(request.source);
  const merge =
    request.state === 'opened'
      ? '<form method="post"><button>Merge</button></form>'
      : '';
  return html(
    `!${request.iid} ${request.title}`,
    `<p>${files} into ${escape(request.target)}: ${
      request.state
    }</p><pre>${escape(request.description)}</pre>${merge}${changes(
      await diffsOf(request),
    )}`,
  );
}

function changes(diffs: FileDiff[]): string {
  if (diffs.length === 0) return '<p>No file is changed.</p>';
  return diffs
    .map(
      ({ path, kind, text }) =>
        `<h2>${escape(path)} (${kind})</h2><pre>${escape(text)}</pre>`,
    )
    .join('');
}

function html(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(
    title,
  )}</title><style>body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}pre{overflow:auto;padding:1rem;border:1px solid #999}</style></head><body><main><h1>${escape(
    title,
  )}</h1>${body}</main></body></html>`;
}

function list(items: string[]): string {
  return `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}

function link(target: string, label: string): string {
  return `<a href="${escape(encodeURI(target))}">${escape(label)}</a>`;
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
