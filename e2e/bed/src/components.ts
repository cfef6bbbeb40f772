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

import path from 'node:path';

/** A program of the bed that is built with Go. */
export interface GoComponent {
  name: string;
  version: string;
  /** The Go module in this repository that builds it. */
  folder: string;
}

const HERE = path.resolve(__dirname, '..');

/**
 * What the bed is made of, each pinned. kube-apiserver cannot be installed by
 * its name, since it wants its staging modules replaced: see apiserver/go.mod.
 */
export const GO_COMPONENTS = {
  apiServer: {
    name: 'kube-apiserver',
    version: 'v1.34.4',
    folder: path.join(HERE, 'apiserver'),
  },
} satisfies Record<string, GoComponent>;
