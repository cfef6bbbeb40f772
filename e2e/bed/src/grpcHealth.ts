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
import http2 from 'node:http2';

const SERVING = 1;

/**
 * Asks a server's health as the kubelet's gRPC probes do.
 *
 * @throws Error where it does not answer
 */
export function isServing(address: string, service: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const session = http2.connect(`http://${address}`);
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('close', () => {
      session.close();
      resolve(statusOf(Buffer.concat(chunks)) === SERVING);
    });
    stream.end(framed(service));
  });
}

/** A HealthCheckRequest, whose one field is the name, in gRPC's frame. */
function framed(service: string): Buffer {
  const name = Buffer.from(service);
  const message = Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The one field of a HealthCheckResponse; none where the call failed. */
function statusOf(answer: Buffer): number | undefined {
  return answer.length >= 7 && answer[5] === 0x08 ? answer[6] : undefined;
}
