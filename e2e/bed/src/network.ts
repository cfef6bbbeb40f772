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
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * The bed's own network: one bridge in a network namespace that nothing leaves.
 *
 * The API server's proxy refuses loopback addresses, so the node has another,
 * and each pod has one of its own, as in a cluster.
 */
export const NODE_ADDRESS = '10.77.0.1';
const BRIDGE = 'bed0';
const NAMESPACES = '/run/netns';

/** Sets the bridge up; the process must be in namespaces made for the bed. */
export function createBridge(): void {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', BRIDGE, 'type', 'bridge');
  ip('addr', 'add', `${NODE_ADDRESS}/24`, 'dev', BRIDGE);
  ip('link', 'set', BRIDGE, 'up');
  // The names of pods' networks are mounts; outside the bed nobody sees them.
  fs.mkdirSync(NAMESPACES, { recursive: true });
  run('mount', '-t', 'tmpfs', 'tmpfs', NAMESPACES);
}

/** Gives a pod a network with one address on the bridge. */
export function createPodNetwork(pod: string, address: string): void {
  const link = `pod${address.split('.').pop()}`;
  const inside = ['netns', 'exec', pod, 'ip'];
  ip('netns', 'add', pod);
  ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pod);
  ip('link', 'set', link, 'master', BRIDGE, 'up');
  ip(...inside, 'link', 'set', 'lo', 'up');
  ip(...inside, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
  ip(...inside, 'link', 'set', 'eth0', 'up');
}

/** The command that runs a program in a pod's network. */
export function inPodNetwork(pod: string, command: string[]): string[] {
  return ['ip', 'netns', 'exec', pod, ...command];
}

function ip(...args: string[]): void {
  run('ip', ...args);
}

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${stderr.trim()}`);
  }
}
