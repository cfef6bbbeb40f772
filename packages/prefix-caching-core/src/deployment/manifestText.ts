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

import { Document, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { ParsedNode } from 'yaml';

/** Why a value is there, by its path. */
export type Reason = [path: (string | number)[], text: string];

function annotate(root: unknown, [path, text]: Reason): void {
  let node: unknown = root;
  const last = path[path.length - 1];
  for (const step of path.slice(0, -1)) {
    node =
      isMap(node) || isSeq(node)
        ? (node.get(step, true) as ParsedNode | undefined)
        : undefined;
  }
  const comment = text
    .split('\n')
    .map(line => ` ${line}`)
    .join('\n');
  if (isMap(node)) {
    const pair = node.items.find(
      item => isPair(item) && isScalar(item.key) && item.key.value === last,
    );
    if (pair && isScalar(pair.key)) {
      pair.key.commentBefore = comment;
    }
  } else if (isSeq(node) && typeof last === 'number') {
    const item = node.items[last];
    if (isScalar(item) || isMap(item)) {
      item.commentBefore = comment;
    }
  }
}

/**
 * One YAML document with a comment before each value that has a reason.
 *
 * Written by the YAML 1.1 rules that kubectl and Argo CD read by: `on`, `1:30`
 * and `0x10` are quoted when they are text. Lines are never folded.
 */
export function manifestText(value: unknown, reasons: Reason[] = []): string {
  const document = new Document(value, {
    schema: 'yaml-1.1',
    merge: false,
    aliasDuplicateObjects: false,
  });
  for (const reason of reasons) {
    annotate(document.contents, reason);
  }
  return document.toString({ lineWidth: 0 });
}
