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

import { worstVerdict } from 'prefix-caching-core';
import { describeVerifications } from './describeVerifications';
import { readRequest, USAGE } from './readRequest';
import { verifyFolder } from './verifyFolder';
import type { FolderReport } from './verifyFolder';

/** Exit statuses; scripts rely on them. */
export const STATUS = { fine: 0, fails: 1, unusable: 2, undecided: 3 } as const;

/** What the command is given by its process. */
export interface Surroundings {
  arguments: readonly string[];
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  colours: boolean;
}

function statusOf({ verifications, problems }: FolderReport): number {
  if (problems.length > 0) return STATUS.unusable;
  switch (worstVerdict(verifications.map(({ verdict }) => verdict))) {
    case 'fail':
      return STATUS.fails;
    case 'inconclusive':
      return STATUS.undecided;
    default:
      return STATUS.fine;
  }
}

/** Runs the command and says with which status its process ends. */
export function main(surroundings: Surroundings): number {
  const { stdout, stderr, colours } = surroundings;
  const request = readRequest(surroundings.arguments);
  if (request.what === 'help') {
    stdout.write(USAGE);
    return STATUS.fine;
  }
  if (request.what === 'wrong') {
    stderr.write(`${request.message}\n\n${USAGE}`);
    return STATUS.unusable;
  }
  let report: FolderReport;
  try {
    report = verifyFolder(request.folder, request.expectations);
  } catch (error) {
    stderr.write(`${(error as Error).message}\n`);
    return STATUS.unusable;
  }
  const { verifications, notes, problems } = report;
  if (request.json) {
    stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else if (verifications.length > 0) {
    stdout.write(`${describeVerifications(verifications, colours)}\n`);
  }
  if (!request.json) {
    for (const note of notes) stderr.write(`note: ${note}\n`);
  }
  for (const problem of problems) stderr.write(`not read: ${problem}\n`);
  return statusOf(report);
}
