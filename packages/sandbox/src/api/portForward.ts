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

import { createServer, type Server } from 'node:http';
import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { readBody } from '../http';
import type { KubeObject } from './objects';
import type { PodEndpoints } from './podEndpoints';

/** The WebSocket subprotocol of `pods/<name>/portforward`. */
export const PORT_FORWARD_PROTOCOL = 'v4.channel.k8s.io';

/**
 * Serves one port-forward connection. For the n-th port, channel 2n carries
 * data and 2n+1 errors; both open with the port as two little-endian bytes.
 */
export function servePortForward(
  socket: WebSocket,
  pod: KubeObject,
  ports: number[],
  endpoints: PodEndpoints,
): void {
  const streams = ports.map((port, index) => {
    const opening = Buffer.alloc(2);
    opening.writeUInt16LE(port);
    for (const channel of [2 * index, 2 * index + 1]) {
      socket.send(Buffer.concat([Buffer.from([channel]), opening]));
    }
    return connect(socket, 2 * index, podServer(pod, port, endpoints));
  });
  socket.on('message', (data: Buffer) => {
    const stream = data[0] % 2 === 0 ? streams[data[0] / 2] : undefined;
    if (data.length > 1) stream?.push(data.subarray(1));
  });
  socket.on('close', () => streams.forEach(stream => stream.destroy()));
  socket.on('error', () => socket.terminate());
}

/** Hands the channel to the pod's HTTP server as if it were a TCP connection. */
function connect(socket: WebSocket, channel: number, server: Server): Duplex {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      socket.send(Buffer.concat([Buffer.from([channel]), chunk]), () => done());
    },
    final(done) {
      done();
      socket.close();
    },
  });
  stream.on('error', () => socket.terminate());
  server.emit('connection', stream);
  return stream;
}

/** An HTTP server that never listens: connections are handed to it. */
function podServer(
  pod: KubeObject,
  port: number,
  endpoints: PodEndpoints,
): Server {
  return createServer(async (request, response) => {
    const answer = endpoints.handle(pod, port, {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      body: await readBody(request),
    });
    if (!answer) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
}
