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

import type { ObservedEndpoint } from '../observation';
import { sharesOf } from './shares';
import {
  enginePod,
  engineSamples,
  NOT_READY,
  observe,
  routerSamples,
} from './testing/cluster';

const FIRST = 'chat-kserve-0';
const SECOND = 'chat-kserve-1';

const picked = (picker: string, before: number, after: number) =>
  routerSamples(
    picker,
    { picksByEndpoint: { [FIRST]: before } },
    { picksByEndpoint: { [FIRST]: after } },
  );
const finished = (pod: string, requests: number) =>
  engineSamples(pod, { requests: 10 }, { requests: 10 + requests });
const read = (pod: string, promptTokens: number) =>
  engineSamples(pod, { promptTokens: 10 }, { promptTokens: 10 + promptTokens });
const of = (...endpoints: ObservedEndpoint[]) =>
  sharesOf(observe({}, { endpoints }));
const shares = (unit: string, first: number, second: number) => ({
  unit,
  total: first + second,
  byPod: new Map([
    [FIRST, first],
    [SECOND, second],
  ]),
});
const NEVER_READ: ObservedEndpoint = { role: 'router', pod: 'chat-epp-1' };

describe('how requests fell on the replicas', () => {
  it("is told by the pickers' picks, all pickers together", () => {
    expect(
      of(
        picked('chat-epp-0', 5, 8),
        picked('chat-epp-1', 1, 3),
        finished(FIRST, 50),
        finished(SECOND, 50),
      ),
    ).toEqual(shares('picks', 5, 0));
  });

  it('is told by the engines where a picker counts no picks', () => {
    expect(
      of(
        routerSamples('chat-epp-0', {}, {}),
        finished(FIRST, 3),
        finished(SECOND, 4),
      ),
    ).toEqual(shares('requests', 3, 4));
  });

  it('is told by the engines where no pick was added', () => {
    expect(
      of(picked('chat-epp-0', 5, 5), finished(FIRST, 3), finished(SECOND, 4)),
    ).toEqual(shares('requests', 3, 4));
  });

  it.each([
    ['never', NEVER_READ],
    ['once', routerSamples('chat-epp-1', undefined, { requests: 5 })],
    ['not lately', { ...NEVER_READ, router: {} }],
  ])('is told of the others where one picker was read %s', (_, picker) => {
    expect(of(picker, picked('chat-epp-0', 5, 8))).toEqual(
      shares('picks', 3, 0),
    );
  });

  it('is told in tokens where engines count no requests', () => {
    expect(of(read(FIRST, 700), read(SECOND, 300))).toEqual(
      shares('prompt tokens', 700, 300),
    );
  });

  it.each<[string, ObservedEndpoint]>([
    ['never', { role: 'engine', pod: SECOND }],
    ['once', engineSamples(SECOND, undefined, { requests: 5 })],
    ['not lately', { role: 'engine', pod: SECOND, engine: {} }],
  ])('is not told where one engine was read %s', (_, engine) => {
    expect(of(finished(FIRST, 3), engine)).toBeUndefined();
  });

  it('is not told where nothing was read', () => {
    expect(of()).toBeUndefined();
  });

  it('leaves out a replica that is not ready and got nothing', () => {
    expect(
      sharesOf(
        observe(
          { engine1: enginePod('chat', 1, { status: NOT_READY }) },
          { endpoints: [picked('chat-epp-0', 5, 8)] },
        ),
      )?.byPod,
    ).toEqual(new Map([[FIRST, 3]]));
  });
});
