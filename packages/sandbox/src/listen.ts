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

import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that listens on loopback and can be closed with all its connections. */
export interface Listening {
  port: number;
  url: string;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, and on ::1 where the machine has it, so that `localhost`
 * works whichever way it resolves. Throws one clear sentence for a taken port.
 */
export async function listen(
  createServer: () => Server,
  port: number,
  purpose: string,
): Promise<Listening> {
  const first = createServer();
  await bind(first, port, '127.0.0.1', purpose);
  const actual = (first.address() as AddressInfo).port;
  const servers = [first];
  const second = createServer();
  try {
    await bind(second, actual, '::1', purpose);
    servers.push(second);
  } catch {
    second.close();
  }
  const sockets = new Set<Socket>();
  for (const server of servers) {
    // Longer than clients keep an idle connection, so that none meets a closed one.
    server.keepAliveTimeout = 65_000;
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
  }
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    async close() {
      const closed = servers.map(
        server =>
          new Promise<void>(resolve => {
            server.close(() => resolve());
          }),
      );
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function bind(server: Server, port: number, host: string, purpose: string) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} for the sandbox's ${purpose} is taken. End what listens there, or choose another port.`,
            )
          : error,
      ),
    );
    server.listen(port, host, () => resolve());
  });
}
